/** What the page asks of Python: one request is being answered, the others wait, each comes to one end. */

import type { LostEnd, OutputReader } from "./kernel-state.ts";
import type { Evaluation, Plan, RunResult, ToWorker } from "./protocol.ts";

export type Reply = RunResult | Evaluation | Plan | string[];

/** Of the two, one is called, once: `onResult` or `onLost`. */
export interface Request {
  message: (id: number) => ToWorker;
  /** Where a run's outputs go. */
  reader?: OutputReader;
  onResult: (reply: Reply) => void;
  onLost: (end: LostEnd) => void;
}

export class Requests {
  #waiting: Request[] = [];
  #current: Request | null = null;
  #id = 0;

  /** The request being answered. */
  get current(): Request | null {
    return this.#current;
  }

  /** Its number; or that of the last one, if none is being answered. */
  get id(): number {
    return this.#id;
  }

  add(request: Request): void {
    this.#waiting.push(request);
  }

  /** Begins with the next; null if none waits. */
  begin(): Request | null {
    const request = this.#waiting.shift();
    if (!request) return null;
    this.#current = request;
    this.#id += 1;
    return request;
  }

  finish(reply: Reply): void {
    const request = this.#current;
    this.#current = null;
    request?.onResult(reply);
  }

  /** There will be no answer to the present request. */
  loseCurrent(end: LostEnd): void {
    const request = this.#current;
    this.#current = null;
    request?.onLost(end);
  }

  /** Nothing that waits will be begun. */
  loseWaiting(end: LostEnd): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) request.onLost(end);
  }
}
