/** Outputs on their way to the page, at most a frame's worth in a frame, so that a flood leaves it responsive. */

import type { Output } from "./protocol.ts";

/** What one frame may show: milliseconds of work, and characters, which cost their time later, in layout. */
const FRAME_TIME = 8;
const FRAME_TEXT = 20_000;

export class OutputQueue {
  readonly #show: (output: Output) => void;
  #waiting: Output[] = [];
  /** What is left of this frame, and the next one if it has been asked for. */
  #time = 0;
  #room = 0;
  #frame = 0;

  constructor(show: (output: Output) => void) {
    this.#show = show;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Shows an output at once if the frame has room, for a picture has yet to be decoded; else at a later one. */
  add(output: Output): void {
    this.#waiting.push(output);
    if (this.#frame) this.#showSome();
    else this.#showFrame();
  }

  /** Forgets what waits. */
  clear(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#waiting = [];
  }

  /** Resolves once nothing waits any more; what fits into a frame is shown before this returns. */
  async drain(): Promise<void> {
    this.#showFrame();
    while (!this.isEmpty) {
      // A page in the background has no frames, and nobody to wait for.
      if (!document.hidden) await new Promise(requestAnimationFrame);
      this.#showFrame();
    }
  }

  #showFrame(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.isEmpty) return;
    this.#frame = requestAnimationFrame(() => this.#showFrame());
    this.#time = FRAME_TIME;
    this.#room = FRAME_TEXT;
    this.#showSome();
  }

  #showSome(): void {
    while (!this.isEmpty && this.#room > 0 && this.#time > 0) {
      const begin = performance.now();
      this.#room -= this.#showFirst(this.#room);
      this.#time -= performance.now() - begin;
    }
  }

  /** Shows the first output or, of a text that is longer, this many characters; returns how many there were. */
  #showFirst(most: number): number {
    const first = this.#waiting[0]!;
    if (first.output_type === "stream" && first.text.length > most) {
      this.#waiting[0] = { ...first, text: first.text.slice(most) };
      this.#show({ ...first, text: first.text.slice(0, most) });
      return most;
    }
    this.#waiting.shift();
    this.#show(first);
    return first.output_type === "stream" ? first.text.length : 0;
  }
}
