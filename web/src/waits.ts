/** What Python waits for in its worker: the reader's answers and the passing of time; Stop ends both. */

import type { InputPrompt, InputReply } from "./protocol.ts";
import type { SharedLine } from "./shared-line.ts";

/** Asks the page; `waits` says how the answer is to come: by a message or through shared memory. */
export type Ask = (question: InputPrompt, waits: "message" | "memory") => void;

type WaitEnd = "done" | "stopped";

export class Waits {
  readonly #line: SharedLine | null;
  readonly #ask: Ask;
  /** The question that the page shows; others wait for it. */
  #asked: ((answer: InputReply) => void) | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #sleeps = new Set<(end: WaitEnd) => void>();

  constructor(line: SharedLine | null, ask: Ask) {
    this.#line = line;
    this.#ask = ask;
  }

  /** Whether the worker may stand still and still hear the page. */
  get sharesMemory(): boolean {
    return this.#line !== null;
  }

  /** Asks, one question after the other. */
  ask(question: InputPrompt): Promise<InputReply> {
    const answer = this.#turn.then(
      () =>
        new Promise<InputReply>((resolve) => {
          this.#asked = resolve;
          this.#ask(question, "message");
        }),
    );
    this.#turn = answer;
    return answer;
  }

  /** Asks, and stands still until the answer is there. Only with shared memory. */
  askNow(question: InputPrompt): InputReply {
    this.#line!.expect();
    this.#ask(question, "memory");
    return this.#line!.await();
  }

  sleep(seconds: number): Promise<WaitEnd> {
    return new Promise((resolve) => {
      const end = (how: WaitEnd): void => {
        clearTimeout(timer);
        this.#sleeps.delete(end);
        resolve(how);
      };
      const timer = setTimeout(() => end("done"), Math.min(seconds * 1000, LONGEST_TIMEOUT));
      this.#sleeps.add(end);
    });
  }

  /** Stands still for so long. Only with shared memory. */
  sleepNow(seconds: number): WaitEnd {
    return this.#line!.sleep(seconds * 1000) ? "done" : "stopped";
  }

  /** The page has the answer to the question that was asked by a message. */
  answer(answer: InputReply): void {
    const asked = this.#asked;
    this.#asked = null;
    asked?.(answer);
  }

  /** Ends every wait, because the reader wants the cell to stop; false if there is none. */
  stop(): boolean {
    if (!this.#asked && this.#sleeps.size === 0) return false;
    this.answer({ end: "stopped" });
    for (const end of [...this.#sleeps]) end("stopped");
    return true;
  }
}

/** A longer timeout ends at once: browsers count it in 32 bits. Nobody waits for so many days. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;
