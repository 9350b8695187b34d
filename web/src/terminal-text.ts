/** Text as a terminal would show it: a carriage return starts the line over, a backspace steps back, colours are left out. */

/** What a terminal reads as commands: colours and cursor movements (CSI), titles and links (OSC). */
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g;
const CUT_ESCAPE = /\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?$/;
const CONTROLS = /[\r\b\x1b]/;

/** How much text is laid out as one. Appending to a long text lays all of it out again, at every frame. */
const CHUNK_LINES = 200;
const CHUNK_CHARACTERS = 20_000;

/** Text at the end of an element that is written piece by piece. */
export class TerminalText {
  readonly #element: HTMLElement;
  #node = document.createTextNode("");
  #room = CHUNK_LINES;
  /** The unfinished last line as it is shown, and where in it the next character goes. */
  #line = "";
  #column = 0;
  /** The beginning of an escape sequence whose end is still to come. */
  #held = "";

  constructor(element: HTMLElement) {
    this.#element = element;
    element.append(this.#node);
  }

  write(piece: string): void {
    const text = this.#held + piece;
    this.#held = "";
    if (CONTROLS.test(text) || this.#column !== this.#line.length) return this.#interpret(text);
    this.#append(text);
    const newline = text.lastIndexOf("\n");
    this.#line = newline < 0 ? this.#line + text : text.slice(newline + 1);
    this.#column = this.#line.length;
  }

  #interpret(text: string): void {
    this.#held = CUT_ESCAPE.exec(text)?.[0] ?? "";
    const lines: string[] = [];
    const shown = Math.min(this.#line.length, this.#node.length);
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
    this.#node.deleteData(this.#node.length - shown, shown);
    this.#append([...lines, this.#line].join("\n"));
  }

  #append(text: string): void {
    for (let start = 0; start < text.length;) {
      if (this.#room === 0 || this.#node.length >= CHUNK_CHARACTERS) this.#beginChunk();
      const end = this.#endOfChunk(text, start);
      this.#node.appendData(text.slice(start, end));
      start = end;
    }
  }

  /** Takes from `#room` the lines that fit. */
  #endOfChunk(text: string, start: number): number {
    const most = Math.min(text.length, start + CHUNK_CHARACTERS - this.#node.length);
    for (let newline = text.indexOf("\n", start); newline >= 0 && newline < most;) {
      this.#room -= 1;
      if (this.#room === 0) return newline + 1;
      newline = text.indexOf("\n", newline + 1);
    }
    return most;
  }

  /** A block of its own, which isn't laid out while it isn't seen. */
  #beginChunk(): void {
    const chunk = document.createElement("span");
    chunk.style.display = "block";
    chunk.style.contentVisibility = "auto";
    chunk.style.containIntrinsicBlockSize = `auto ${CHUNK_LINES}lh`;
    this.#node = document.createTextNode("");
    this.#room = CHUNK_LINES;
    chunk.append(this.#node);
    this.#element.append(chunk);
  }
}

/** Text that is there as a whole, without its colours. */
export function withoutEscapes(text: string): string {
  return text.replace(ESCAPES, "");
}
