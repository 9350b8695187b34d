/** How much a page shows of one run's outputs, so that a flood can't make it unusable; what is left out is counted. */

import type { Output } from "./protocol.ts";

const MOST_CHARACTERS = 1_000_000;
const MOST_LINES = 10_000;
const MOST_DISPLAYS = 50;

export class OutputLimit {
  #characters = 0;
  #lines = 0;
  #displays = 0;
  #lostLines = 0;
  #lostCharacters = 0;
  #lostDisplays = 0;

  /** The output, or what of it still fits; null when nothing does. An error always fits. */
  admit(output: Output): Output | null {
    if (output.output_type === "error") return output;
    if (output.output_type === "stream") {
      const text = this.#admitText(output.text);
      return text === "" ? null : { ...output, text };
    }
    if (this.#displays < MOST_DISPLAYS) {
      this.#displays += 1;
      return output;
    }
    this.#lostDisplays += 1;
    return null;
  }

  /** A sentence about what was left out; empty when all is shown. */
  get notice(): string {
    const lost: string[] = [];
    if (this.#lostLines > 0) lost.push(count(this.#lostLines, "more line"));
    else if (this.#lostCharacters > 0) lost.push(count(this.#lostCharacters, "more character"));
    if (this.#lostDisplays > 0) lost.push(count(this.#lostDisplays, "more result"));
    return lost.length === 0 ? "" : `Left out: ${lost.join(" and ")}.`;
  }

  #admitText(text: string): string {
    const room = Math.min(text.length, MOST_CHARACTERS - this.#characters);
    let end = this.#lines < MOST_LINES ? room : 0;
    for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) {
      this.#lines += 1;
      if (this.#lines === MOST_LINES) end = at + 1;
    }
    this.#characters += end;
    this.#lostCharacters += text.length - end;
    this.#lostLines += newlinesIn(text.slice(end));
    return text.slice(0, end);
  }
}

function newlinesIn(text: string): number {
  let found = 0;
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) found += 1;
  return found;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
