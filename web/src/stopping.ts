/** Ends a run: first by asking Python, and by replacing it if it doesn't obey. */

import type { PythonWorker } from "./python-worker.ts";

/** Milliseconds that Python has to obey: one at work hears of the wish only through shared memory. */
const GRACE_SHARED = 600;
const GRACE = 300;
/** What Python does beside a reader's program takes no longer, unless something is very wrong. */
const GRACE_OTHER = 3000;

export class Stopping {
  /** The timer after which a Python that doesn't obey is replaced. */
  #deadline = 0;
  #replace = (): void => {};
  /** The reader's program has ended, whatever Python still does with it. */
  #over = false;

  /** Begins, unless it has begun; `tell` asks Python by message. `isRun`: what is to end is a reader's program. */
  begin(worker: PythonWorker, isRun: boolean, tell: () => void, replace: () => void): void {
    if (this.#deadline !== 0) return;
    this.#replace = replace;
    if (!isRun || this.#over) return this.#expectEnd(GRACE_OTHER);
    worker.interrupt();
    tell();
    if (worker.canInterrupt) this.#expectEnd(GRACE_SHARED, () => this.#insist(worker));
    else this.#expectEnd(GRACE);
  }

  /** The reader's program has come to its end: to describe it, on a slow device, takes longer than to obey. */
  endProgram(): void {
    this.#over = true;
    if (this.#deadline !== 0) this.#expectEnd(GRACE_OTHER);
  }

  /** What was to end has ended. */
  drop(): void {
    clearTimeout(this.#deadline);
    this.#deadline = 0;
    this.#over = false;
  }

  /** One that has taken notice is at work on it, or its program went on all the same: it gets a second chance. */
  #insist(worker: PythonWorker): void {
    if (!worker.hasNoticed) return this.#replace();
    worker.interrupt();
    this.#expectEnd(GRACE_SHARED);
  }

  #expectEnd(grace: number, otherwise = this.#replace): void {
    clearTimeout(this.#deadline);
    this.#deadline = window.setTimeout(otherwise, grace);
  }
}
