/** Questions to Python that are on their way: they wait in no queue, and a Python that is lost answers none. */

import type { Answer } from "./protocol.ts";

export class OpenQuestions {
  readonly #open = new Map<number, (answer: Answer | null) => void>();
  #lastId = 0;

  /** Asks by a number of the question's own; `ask` gives false where nobody can be asked. The promise never rejects. */
  put(ask: (id: number) => boolean): Promise<Answer | null> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#open.set(id, resolve);
      if (!ask(id)) this.settle(id, null);
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
