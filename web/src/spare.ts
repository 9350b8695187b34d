/** A second Python beside the one that runs: it waits, and takes that one's place at once where it has to be replaced. */

import { hasMemory } from "./device.ts";
import type { FromWorker, KeptStart, PlanRequest } from "./protocol.ts";
import type { PythonWorker, WorkerListener } from "./python-worker.ts";

/** Milliseconds: a run that goes on for so long may be one that its reader wants to end. */
const LONG_RUN = 1000;
/** Milliseconds for which nobody has seen the page. */
const LONG_ABSENCE = 60_000;

/** What a spare needs of the Python that it is for. */
export interface SpareOwner {
  /** A worker that starts from what an earlier one has left; null if nothing is left. */
  start(): PythonWorker | null;
  /** What the next worker can start from. */
  keep(kept: KeptStart): void;
  /** What Python reads while it waits. */
  cells(): PlanRequest | null;
}

/**
 * It holds about 130 MB, so there is one at most; none where the device has little memory; and it is let go when its
 * page is left or hasn't been seen for a minute. It is kept when the run that it was made for ends by itself.
 */
export class Spare {
  readonly #owner: SpareOwner;
  #worker: PythonWorker | null = null;
  #ready = false;
  #delay = 0;
  #absence = 0;
  #watching = new AbortController();

  constructor(owner: SpareOwner) {
    this.#owner = owner;
  }

  /** A run begins, or goes on: should it last, a spare is made ready. */
  expectEnd(): void {
    clearTimeout(this.#delay);
    this.#delay = window.setTimeout(() => this.#prepare(), LONG_RUN);
  }

  /** The run is over, or waits for its reader. */
  expectNothing(): void {
    clearTimeout(this.#delay);
  }

  /** Gives it away: from now on it tells the new listener. Null if there is none. */
  take(listener: WorkerListener): { worker: PythonWorker; isReady: boolean } | null {
    const [worker, isReady] = [this.#worker, this.#ready];
    this.#forget();
    if (!worker) return null;
    worker.follow(listener);
    return { worker, isReady };
  }

  drop(): void {
    this.#worker?.end();
    this.#forget();
  }

  #prepare(): void {
    if (this.#worker || document.hidden || !hasMemory()) return;
    this.#worker = this.#owner.start();
    if (!this.#worker) return;
    this.#worker.follow({
      onMessage: (message) => this.#receive(message),
      onBroken: (cause) => this.#fail(cause),
    });
    this.#watchPage();
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case "ready":
        this.#ready = true;
        return this.#worker!.post({ type: "rest", probable: this.#owner.cells() });
      case "kept":
        return this.#owner.keep(message.kept);
      case "failed":
      case "died":
        return this.#fail(message.problem.cause);
      default:
      // Nobody waits for it, and nobody has asked it anything.
    }
  }

  /** Without a word to the reader: the next Python starts as it would without a spare. */
  #fail(cause: string): void {
    console.info(`The Python in reserve is gone: ${cause}`);
    this.drop();
  }

  #forget(): void {
    clearTimeout(this.#absence);
    this.#watching.abort();
    this.#worker = null;
    this.#ready = false;
  }

  #watchPage(): void {
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    const follow = (): void => {
      clearTimeout(this.#absence);
      if (document.hidden) this.#absence = window.setTimeout(() => this.drop(), LONG_ABSENCE);
    };
    document.addEventListener("visibilitychange", follow, { signal });
    // The browser may put the page aside as it is, to come back to.
    window.addEventListener("pagehide", () => this.drop(), { signal });
  }
}
