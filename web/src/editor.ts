/** The editor: CodeMirror, put together for short Python programs. It is loaded when a cell is first touched. */

import { closeBrackets, closeBracketsKeymap, closeCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { completion } from "./editor-completion.ts";
import { type ErrorMark, lineMarks, markChangedLines, markErrorLine } from "./editor-marks.ts";
import { type AskAtCaret, inspectCaret } from "./editor-questions.ts";
import { replacingSelections } from "./editor-replacing.ts";
import { closeSignature, signatureHelp } from "./editor-signature.ts";
import { editorTheme } from "./editor-theme.ts";
import { tooltipTheme } from "./editor-tooltips.ts";
import type { Inspection } from "./protocol.ts";

export interface EditorOptions {
  source: string;
  /** The document or shadow root that the editor will stand in. */
  root: Document | ShadowRoot;
  label: string;
  /** Id of the element that says how to leave the editor. */
  describedBy: string;
  ask: AskAtCaret;
  /** The reader wants to know what stands at the caret. */
  onHelp: () => void;
  onChange: (source: string) => void;
}

/** A point in the window, as events have it. */
export interface Point {
  x: number;
  y: number;
}

export class Editor {
  readonly #view: EditorView;

  readonly #ask: AskAtCaret;
  readonly #history = new Compartment();

  constructor({ source, root, label, describedBy, ask, onHelp, onChange }: EditorOptions) {
    this.#ask = ask;
    const extensions = [
      completion(ask),
      signatureHelp(ask),
      helpKeys(onHelp),
      this.#history.of(history()),
      editing(),
      leavingByKeyboard(),
      lineMarks(),
      editorTheme,
      tooltipTheme,
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": describedBy }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ];
    this.#view = new EditorView({ state: EditorState.create({ doc: source, extensions }), root });
  }

  get dom(): HTMLElement {
    return this.#view.dom;
  }

  get source(): string {
    return this.#view.state.doc.toString();
  }

  /** Replaces the text as one step that can be undone, and marks the lines that it changed. */
  replace(source: string, changedLines: readonly number[]): void {
    this.#view.dispatch({
      changes: differingRange(this.source, source),
      effects: [markChangedLines.of(changedLines), markErrorLine.of(null)],
      annotations: isolateHistory.of("full"),
      userEvent: "input.replace",
    });
  }

  /** It is of no further use. */
  close(): void {
    this.#view.destroy();
  }

  /** There is nothing to undo any more. */
  forgetHistory(): void {
    this.#view.dispatch({ effects: this.#history.reconfigure([]) });
    this.#view.dispatch({ effects: this.#history.reconfigure(history()) });
  }

  /** Marks the line of an error; null takes the mark away. */
  markError(mark: ErrorMark | null): void {
    this.#view.dispatch({ effects: markErrorLine.of(mark) });
  }

  /** What is known of the name at the caret. */
  inspect(): Promise<Inspection | null> {
    return inspectCaret(this.#view.state, this.#ask);
  }

  /** Takes away what hangs over the code: completions, signatures. */
  closeHints(): void {
    closeCompletion(this.#view);
    closeSignature(this.#view);
  }

  /** Takes the focus, with the caret where it was. */
  focus(): void {
    this.#view.focus();
  }

  /** Takes the focus, with the caret on a line, counted from 1. */
  focusLine(line: number): void {
    const { doc } = this.#view.state;
    const { from } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    this.#view.focus();
    this.#view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
  }

  /** Takes the focus, with the text between two points selected. */
  focusBetween(start: Point, end: Point): void {
    const anchor = this.#view.posAtCoords(start, false);
    const head = this.#view.posAtCoords(end, false);
    this.#view.setTabFocusMode(false);
    this.#view.focus();
    this.#view.dispatch({ selection: { anchor, head } });
  }
}

function editing(): Extension {
  return [
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    python(),
    syntaxHighlighting(classHighlighter),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    replacingSelections(),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
  ];
}

/** Before CodeMirror's own use of Mod-i. */
function helpKeys(onHelp: () => void): Extension {
  const run = (): boolean => {
    onHelp();
    return true;
  };
  return Prec.high(
    keymap.of([
      { key: "F1", run, preventDefault: true },
      { key: "Mod-i", run, preventDefault: true },
    ]),
  );
}

/** Long enough to be for ever; a number, unlike `true`, ends with the next key that isn't Tab. */
const UNTIL_NEXT_KEY = 1e9;

/**
 * Tab indents, but traps nobody: after Escape it leaves the editor, and so it does when the editor was reached by
 * keyboard and nothing has been typed.
 */
function leavingByKeyboard(): Extension {
  const letTabLeave = (view: EditorView): boolean => {
    view.setTabFocusMode(UNTIL_NEXT_KEY);
    return true;
  };
  let pressed = false;
  return [
    keymap.of([{ key: "Escape", run: letTabLeave }]),
    EditorView.domEventHandlers({
      pointerdown: (_event, view) => {
        pressed = true;
        view.setTabFocusMode(false);
        return false;
      },
      focus: (_event, view) => {
        if (!pressed) letTabLeave(view);
        pressed = false;
        return false;
      },
    }),
  ];
}

/** The one change that makes `after` of `before`, without the text that both begin or end with. */
function differingRange(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
