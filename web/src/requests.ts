/** What a page asks of Python: one request is being answered, the others wait, each comes to one end. */

import type { Displaced, LostEnd, OutputReader } from "./kernel-state.ts";
import type { Evaluation, Plan, RunResult } from "./protocol.ts";
import type { Request } from "./seat.ts";

export type Reply = RunResult | Evaluation | Plan | string[];

/** Of the two, one is called, once: `onReply` or `onLost`. */
export interface Wish {
  makeRequest: (id: number) => Request;
  /** Where a run's outputs go. */
  reader?: OutputReader;
  /** Nobody waits for it: it isn't begun once something else is wanted. */
  ahead?: boolean;
  onReply: (reply: Reply) => void;
  onLost: (end: LostEnd | Displaced) => void;
}

export class Requests {
  #waiting: Wish[] = [];
  #current: Wish | null = null;
  #id = 0;

  /** The one that has been asked. */
  get current(): Wish | null {
    return this.#current;
  }

  /** Its number; or that of the last one, if none is being answered. */
  get id(): number {
    return this.#id;
  }

  get isEmpty(): boolean {
    return !this.#current && this.#waiting.length === 0;
  }

  add(wish: Wish): void {
    const late = this.#waiting.filter(({ ahead }) => ahead);
    this.#waiting = [...this.#waiting.filter(({ ahead }) => !ahead), wish];
    for (const { onLost } of late) onLost({ status: "cancelled" });
  }

  /** The next one's request; null if none waits. */
  begin(): Request | null {
    const wish = this.#waiting.shift();
    if (!wish) return null;
    this.#current = wish;
    this.#id += 1;
    return wish.makeRequest(this.#id);
  }

  finish(reply: Reply): void {
    this.#takeCurrent()?.onReply(reply);
  }

  /** There will be no answer to the present request. */
  loseCurrent(end: LostEnd): void {
    this.#takeCurrent()?.onLost(end);
  }

  /** Nothing that waits will be begun. */
  loseWaiting(end: LostEnd): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wish of waiting) wish.onLost(end);
  }

  /** The present request waits again, for another Python; runs don't, because that has run nothing that they need. */
  moveAway(): void {
    const current = this.#takeCurrent();
    const all = current ? [current, ...this.#waiting] : this.#waiting;
    this.#waiting = all.filter(({ reader }) => !reader);
    for (const wish of all) if (wish.reader) wish.onLost({ status: "displaced" });
  }

  #takeCurrent(): Wish | null {
    const current = this.#current;
    this.#current = null;
    return current;
  }
}
