/** Outputs on their way to the page, a frame's worth at a time, so that a flood leaves it responsive. */

import type { Output } from "./protocol.ts";

/** What one frame may show: milliseconds of work, and characters, which cost their time later, in layout. */
const FRAME_TIME = 8;
const FRAME_TEXT = 20_000;

export class OutputQueue {
  readonly #show: (output: Output) => void;
  #waiting: Output[] = [];
  #frame = 0;

  constructor(show: (output: Output) => void) {
    this.#show = show;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Shows an output at the next frame, or at a later one. */
  add(output: Output): void {
    this.#waiting.push(output);
    this.#frame ||= requestAnimationFrame(() => this.#showFrame());
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
    const end = performance.now() + FRAME_TIME;
    let room = FRAME_TEXT;
    while (!this.isEmpty && room > 0 && performance.now() < end) room -= this.#showFirst(room);
    this.#frame = this.isEmpty ? 0 : requestAnimationFrame(() => this.#showFrame());
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
