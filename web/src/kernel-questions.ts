/** Questions to Python that are on their way: they wait in no queue, and a Python that is lost answers none. */

import type { Answer, Question, ToWorker } from "./protocol.ts";

export class OpenQuestions {
  readonly #open = new Map<number, (answer: Answer | null) => void>();
  #lastId = 0;

  /** Posts the question; the promise never rejects. */
  put(question: Question, post: (message: ToWorker) => void): Promise<Answer | null> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#open.set(id, resolve);
      post({ type: "ask", id, question });
    });
  }

  settle(id: number, answer: Answer | null): void {
    this.#open.get(id)?.(answer);
    this.#open.delete(id);
  }

  /** Nobody will answer any more. */
  drop(): void {
    for (const resolve of this.#open.values()) resolve(null);
    this.#open.clear();
  }
}
