/** Text as a terminal would show it: a carriage return starts the line over, a backspace steps back, colours are left out. */

/** What a terminal reads as commands: colours and cursor movements (CSI), titles and links (OSC). */
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g;
const CUT_ESCAPE = /\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?$/;
const CONTROLS = /[\r\b\x1b]/;

/** A text node that is written to piece by piece. */
export class TerminalText {
  readonly node = document.createTextNode("");
  /** The unfinished last line as it is shown, and where in it the next character goes. */
  #line = "";
  #column = 0;
  /** The beginning of an escape sequence whose end is still to come. */
  #held = "";

  write(piece: string): void {
    const text = this.#held + piece;
    this.#held = "";
    if (!CONTROLS.test(text) && this.#column === this.#line.length) this.#append(text);
    else this.#interpret(text);
  }

  #append(text: string): void {
    this.node.appendData(text);
    const newline = text.lastIndexOf("\n");
    this.#line = newline < 0 ? this.#line + text : text.slice(newline + 1);
    this.#column = this.#line.length;
  }

  #interpret(text: string): void {
    this.#held = CUT_ESCAPE.exec(text)?.[0] ?? "";
    const shown = this.#line.length;
    const lines: string[] = [];
    let line = this.#line.split("");
    let column = this.#column;
    for (const character of text
      .slice(0, text.length - this.#held.length)
      .replace(ESCAPES, "")
      .split("")) {
      if (character === "\n") {
        lines.push(line.join(""));
        line = [];
        column = 0;
      } else if (character === "\r") column = 0;
      else if (character === "\b") column = Math.max(0, column - 1);
      else line[column++] = character;
    }
    this.#line = line.join("");
    this.#column = column;
    this.node.replaceData(this.node.length - shown, shown, [...lines, this.#line].join("\n"));
  }
}

/** Text that is there as a whole, without its colours. */
export function withoutEscapes(text: string): string {
  return text.replace(ESCAPES, "");
}
