/** Ends a run: first by asking Python, and by replacing it if it doesn't obey. */

import type { PythonWorker } from "./python-worker.ts";

/** Milliseconds that Python has to obey: one at work hears of the wish only through shared memory. */
const GRACE_SHARED = 600;
const GRACE = 300;
/** What isn't a reader's program takes no longer, unless something is very wrong. */
const GRACE_OTHER = 3000;

export class Stopping {
  /** The timer after which a Python that doesn't obey is replaced. */
  #deadline = 0;

  /** Begins, unless it has begun; `tell` asks Python by message. `isRun`: what is to end is a reader's program. */
  begin(worker: PythonWorker, isRun: boolean, tell: () => void, replace: () => void): void {
    if (this.#deadline !== 0) return;
    if (isRun) worker.interrupt();
    tell();
    const interrupted = isRun && worker.canInterrupt;
    const grace = interrupted ? GRACE_SHARED : isRun ? GRACE : GRACE_OTHER;
    const end = (): void => (interrupted ? this.#insist(worker, replace) : replace());
    this.#deadline = window.setTimeout(end, grace);
  }

  /** What was to end has ended. */
  drop(): void {
    clearTimeout(this.#deadline);
    this.#deadline = 0;
  }

  /** One that has taken notice is at work on it, or its program went on all the same: it gets a second chance. */
  #insist(worker: PythonWorker, replace: () => void): void {
    if (!worker.hasNoticed) return replace();
    worker.interrupt();
    this.#deadline = window.setTimeout(replace, GRACE_SHARED);
  }
}
