/** Memory that the page and its worker share where the browser allows: it reaches a Python that is busy or stands still. */

import type { InputReply } from "./protocol.ts";

/** Says to Python, by way of Pyodide, that the reader wants an end: the number of SIGINT. */
const INTERRUPT = 2;

/** Places in the memory, as 32-bit numbers; the answer's text follows, in UTF-8. */
const SIGNAL = 0;
const ANSWER = 1;
const LENGTH = 2;
const TEXT_START = 16;

/** No answer yet; a text; no more input; the cell is to stop. */
const NONE = 0;
const TEXT = 1;
const END = 2;
const STOPPED = 3;

/** Characters of an answer, as JavaScript counts them: in UTF-8 each takes 3 bytes at most. */
export const LONGEST_ANSWER = 16_000;

/** Makes the memory, or null where pages may share none: they must be cross-origin isolated. */
export function makeSharedMemory(): SharedArrayBuffer | null {
  return globalThis.crossOriginIsolated ? new SharedArrayBuffer(TEXT_START + 3 * LONGEST_ANSWER) : null;
}

/** One end of the line. */
export class SharedLine {
  readonly #numbers: Int32Array;
  readonly #text: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.#numbers = new Int32Array(memory, 0, TEXT_START / 4);
    this.#text = new Uint8Array(memory, TEXT_START);
  }

  /** What Pyodide looks at between steps of Python: its first number is the signal. */
  get signals(): Int32Array {
    return this.#numbers;
  }

  /** The page: stop what Python does, a question or a sleep included. */
  interrupt(): void {
    Atomics.store(this.#numbers, SIGNAL, INTERRUPT);
    Atomics.notify(this.#numbers, SIGNAL);
    this.answer({ end: "stopped" });
  }

  /** The page: whether the worker hasn't taken notice of an interrupt yet. */
  get isInterrupting(): boolean {
    return Atomics.load(this.#numbers, SIGNAL) !== 0;
  }

  /** The page: the answer to the question for which the worker stands still. */
  answer(answer: InputReply): void {
    if (answer.end === "text") {
      const bytes = new TextEncoder().encode(answer.text.slice(0, LONGEST_ANSWER));
      this.#text.set(bytes);
      Atomics.store(this.#numbers, LENGTH, bytes.length);
    }
    Atomics.store(this.#numbers, ANSWER, { text: TEXT, input: END, stopped: STOPPED }[answer.end]);
    Atomics.notify(this.#numbers, ANSWER);
  }

  /** The worker: forgets a signal that came too late, or that is obeyed in another way. */
  clear(): void {
    Atomics.store(this.#numbers, SIGNAL, 0);
  }

  /** The worker: expects an answer from now on; `await` must follow. */
  expect(): void {
    Atomics.store(this.#numbers, ANSWER, NONE);
  }

  /** The worker: stands still until the answer has come. */
  await(): InputReply {
    Atomics.wait(this.#numbers, ANSWER, NONE);
    const kind = Atomics.load(this.#numbers, ANSWER);
    if (kind === END) return { end: "input" };
    if (kind === STOPPED) {
      this.clear();
      return { end: "stopped" };
    }
    // Shared memory can't be decoded where it lies.
    const bytes = this.#text.slice(0, Atomics.load(this.#numbers, LENGTH));
    return { end: "text", text: new TextDecoder().decode(bytes) };
  }

  /** The worker: stands still for so long; false if it was interrupted. */
  sleep(milliseconds: number): boolean {
    if (Atomics.wait(this.#numbers, SIGNAL, 0, milliseconds) === "timed-out") return true;
    this.clear();
    return false;
  }
}
