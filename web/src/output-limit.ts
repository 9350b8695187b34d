/** How much of one run's outputs goes to the page: a flood is stopped at its source, and what is left out is counted. */

import { EXPLANATION, type Omitted, type Output } from "./protocol.ts";

const MOST_CHARACTERS = 1_000_000;
const MOST_LINES = 10_000;
const MOST_RESULTS = 50;
/** Stretches of text of one stream: a program that writes to two by turns makes an element for each line. */
const MOST_STRETCHES = 500;

export class OutputLimit {
  readonly omitted: Omitted = { lines: 0, characters: 0, results: 0 };
  #characters = 0;
  #lines = 0;
  #results = 0;
  #stretches = 0;
  #stream = "";

  /** The output, or what of it still fits; null when nothing does. An error and its explanation always fit. */
  admit(output: Output): Output | null {
    if (output.output_type === "error") return output;
    if (output.output_type === "display_data" && EXPLANATION in output.data) return output;
    if (output.output_type === "stream") {
      if (output.name !== this.#stream) this.#stretches += 1;
      this.#stream = output.name;
      const text = this.#admitText(output.text);
      return text === "" ? null : { ...output, text };
    }
    this.#stream = "";
    if (this.#results < MOST_RESULTS) {
      this.#results += 1;
      return output;
    }
    this.omitted.results += 1;
    return null;
  }

  #admitText(text: string): string {
    const room = Math.min(text.length, MOST_CHARACTERS - this.#characters);
    let end = this.#lines < MOST_LINES && this.#stretches <= MOST_STRETCHES ? room : 0;
    for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) {
      this.#lines += 1;
      if (this.#lines === MOST_LINES) end = at + 1;
    }
    this.#characters += end;
    this.omitted.characters += text.length - end;
    this.omitted.lines += newlinesIn(text.slice(end));
    return text.slice(0, end);
  }
}

function newlinesIn(text: string): number {
  let found = 0;
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) found += 1;
  return found;
}
