/** The code of a cell: the static text that the page came with, until it is touched and an editor takes its place. */

import type { AskAtCaret } from "./editor-questions.ts";
import { loadEditor } from "./editor-loading.ts";
import type { Editor, Point } from "./editor.ts";
import type { ErrorMark } from "./editor-marks.ts";
import { nextTurn } from "./in-turn.ts";
import type { Inspection } from "./protocol.ts";

export interface CodeOptions {
  source: string;
  label: string;
  /** Id of the element that says how to leave the editor. */
  describedBy: string;
  ask: AskAtCaret;
  /** The reader wants to know what stands at the caret. */
  onHelp: () => void;
  onChange: () => void;
  /** The editor could not be loaded. */
  onProblem: () => void;
}

export class CodeView {
  readonly #host: HTMLElement;
  readonly #options: CodeOptions;
  readonly #pre: HTMLElement;
  #source: string;
  #changedLines: readonly number[] = [];
  #error: ErrorMark | null = null;
  #editor: Editor | null = null;
  /** Whether the text took another's place for good before the editor was there. */
  #exchanged = false;
  #loading: Promise<Editor> | null = null;

  /** `host` contains the static `<pre>`. */
  constructor(host: HTMLElement, options: CodeOptions) {
    this.#host = host;
    this.#options = options;
    this.#source = options.source;
    this.#pre = host.querySelector("pre")!;
    this.#invite();
  }

  get source(): string {
    return this.#editor?.source ?? this.#source;
  }

  /** Replaces the text, as one step that can be undone, and marks the lines that it changed. */
  replace(source: string, changedLines: readonly number[] = []): void {
    this.#changedLines = changedLines;
    this.#error = null;
    if (this.#editor) return this.#editor.replace(source, changedLines);
    if (source !== this.#source) this.#pre.textContent = source;
    this.#source = source;
    this.#options.onChange();
    void this.#open();
  }

  /** Puts another text in the place of this one for good: undo doesn't lead back. */
  exchange(source: string): void {
    this.#exchanged = true;
    this.replace(source);
    this.#editor?.forgetHistory();
  }

  /** Marks the line of an error; null takes the mark away. */
  markError(mark: ErrorMark | null): void {
    this.#error = mark;
    if (this.#editor) this.#editor.markError(mark);
    else if (mark) void this.#open();
  }

  /** Takes the focus, as if reached by keyboard. */
  async focus(): Promise<void> {
    if (this.#editor) return this.#editor.focus();
    // The editor takes the focus over when it comes, unless the reader has gone on by then.
    this.#pre.focus();
    await this.#open();
  }

  async focusLine(line: number): Promise<void> {
    (await this.#open())?.focusLine(line);
  }

  /** What is known of the name at the caret; null if nothing, or while there is no caret. */
  async inspect(): Promise<Inspection | null> {
    return (await this.#editor?.inspect()) ?? null;
  }

  /** Takes away what hangs over the code: completions, signatures. */
  closeHints(): void {
    this.#editor?.closeHints();
  }

  #invite(): void {
    const { label, describedBy } = this.#options;
    const attributes = { role: "textbox", tabindex: "0", "aria-multiline": "true", "aria-label": label };
    for (const [name, value] of Object.entries(attributes)) this.#pre.setAttribute(name, value);
    this.#pre.setAttribute("aria-describedby", describedBy);
    let pressed = false;
    // By the time of a click the editor is often there.
    this.#pre.addEventListener("pointerenter", () => void loadEditor().catch(() => undefined));
    this.#pre.addEventListener("pointerdown", (down) => {
      pressed = true;
      const release = (up: PointerEvent): void => {
        pressed = false;
        removeEventListener("pointerup", release);
        removeEventListener("pointercancel", release);
        // A cancelled touch was a scroll.
        if (up.type === "pointerup" && down.button === 0) void this.#openBetween(down, up);
      };
      addEventListener("pointerup", release);
      addEventListener("pointercancel", release);
    });
    this.#pre.addEventListener("focus", () => {
      if (!pressed) void this.#open();
    });
  }

  /** The same text at the same place: what was pressed in the static code is selected in the editor. */
  async #openBetween(start: Point, end: Point): Promise<void> {
    const before = this.#pre.getBoundingClientRect();
    const scrolled = this.#pre.scrollLeft;
    const editor = await this.#open();
    if (!editor) return;
    const after = this.#host.getBoundingClientRect();
    editor.dom.querySelector(".cm-scroller")!.scrollLeft = scrolled;
    const move = ({ x, y }: Point): Point => ({ x: x + after.x - before.x, y: y + after.y - before.y });
    editor.focusBetween(move(start), move(end));
  }

  /** The editor in the static code's place; null when it could not be loaded. */
  async #open(): Promise<Editor | null> {
    if (this.#editor) return this.#editor;
    this.#loading ??= this.#load();
    try {
      return await this.#loading;
    } catch (error) {
      console.debug(error);
      this.#loading = null;
      this.#options.onProblem();
      return null;
    }
  }

  async #load(): Promise<Editor> {
    const { Editor } = await loadEditor();
    // Its code has just been run for the first time, which took a while.
    await nextTurn();
    const { source, ...options } = this.#options;
    // With the original text first, so that what replaced it can be undone.
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    const editor = new Editor({ source, root, ...options });
    if (this.#source !== source) editor.replace(this.#source, this.#changedLines);
    if (this.#exchanged) editor.forgetHistory();
    if (this.#error) editor.markError(this.#error);
    const focused = this.#pre.matches(":focus");
    this.#pre.replaceWith(editor.dom);
    this.#editor = editor;
    if (focused) editor.focus();
    return editor;
  }
}
