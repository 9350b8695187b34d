/** Ends a run: first by asking Python, and by replacing it if it doesn't obey. */

import type { PythonWorker } from "./python-worker.ts";

/** Milliseconds that Python has to obey: one at work hears of the wish only through shared memory. */
const GRACE_SHARED = 600;
const GRACE = 300;
/** What isn't a reader's program takes no longer, unless something is very wrong. */
const GRACE_OTHER = 3000;

/** What is done with a Python that doesn't obey. */
export interface Replacing {
  /** It will probably come to that. */
  prepare(): void;
  replace(): void;
}

export class Stopping {
  /** The timer after which a Python that doesn't obey is replaced. */
  #deadline = 0;

  /** Begins, unless it has begun; `tell` asks Python by message. `isRun`: what is to end is a reader's program. */
  begin(worker: PythonWorker, isRun: boolean, tell: () => void, replacing: Replacing): void {
    if (this.#deadline !== 0) return;
    if (isRun) worker.interrupt();
    tell();
    if (isRun && worker.canInterrupt) {
      this.#deadline = window.setTimeout(() => this.#insist(worker, replacing), GRACE_SHARED);
    } else {
      if (isRun) replacing.prepare();
      this.#deadline = window.setTimeout(() => replacing.replace(), isRun ? GRACE : GRACE_OTHER);
    }
  }

  /** What was to end has ended. */
  drop(): void {
    clearTimeout(this.#deadline);
    this.#deadline = 0;
  }

  /** One that has taken notice is at work on it, or its program went on all the same: it gets a second chance. */
  #insist(worker: PythonWorker, replacing: Replacing): void {
    if (!worker.hasNoticed) return replacing.replace();
    replacing.prepare();
    worker.interrupt();
    this.#deadline = window.setTimeout(() => replacing.replace(), GRACE_SHARED);
  }
}
