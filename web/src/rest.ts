/** What Python is told while nobody asks anything of it. */

import { isDear } from "./device.ts";
import type { PlanRequest } from "./protocol.ts";
import type { PythonWorker } from "./python-worker.ts";

/** Milliseconds; a reader who has just read a figure may run the next cell at once. */
const QUIET = 1000;

export class Rest {
  #delay = 0;

  /** Nothing is asked for now: Python may do ahead what it will be asked for, and soon fetch what it may need. */
  begin(worker: PythonWorker, probable: PlanRequest | null): void {
    this.end();
    worker.post({ type: "rest", probable });
    if (!isDear()) this.#delay = window.setTimeout(() => worker.post({ type: "fetch" }), QUIET);
  }

  /** Something is asked, or this Python is gone. */
  end(): void {
    clearTimeout(this.#delay);
  }
}
