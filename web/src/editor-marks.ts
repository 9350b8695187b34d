/** Marked lines in the editor: those that a preset changed, and the one at which an error arose. */

import {
  type Extension,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type Text,
  type Transaction,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** The line of an error, counted from 1, and what it says. */
export interface ErrorMark {
  line: number;
  message: string;
  /** What the names on the line stood for, in one line; empty if that isn't known. */
  values: string;
}

/** Marks these lines, counted from 1, as changed, and no others. */
export const markChangedLines = StateEffect.define<readonly number[]>();

/** Marks one line as that of an error; null takes the mark away. */
export const markErrorLine = StateEffect.define<ErrorMark | null>();

export function lineMarks(): Extension {
  return [changedLines, errorLine, EditorView.contentAttributes.of(describeError)];
}

const changed = Decoration.line({ class: "cm-changed-line" });

const changedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    for (const effect of transaction.effects) {
      if (effect.is(markChangedLines)) return decorateLines(transaction.newDoc, effect.value, changed);
    }
    return keepUntouched(marks, transaction);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const errorLine = StateField.define<{ message: string; marks: DecorationSet }>({
  create: () => NO_ERROR,
  update: (error, transaction) => {
    for (const effect of transaction.effects) {
      if (!effect.is(markErrorLine)) continue;
      if (effect.value === null) return NO_ERROR;
      const { line, message, values } = effect.value;
      const whole = values === "" ? message : `${message} There, ${values}.`;
      return { message: whole, marks: decorateLines(transaction.newDoc, [line], markFailed(whole, values)) };
    }
    if (!transaction.docChanged) return error;
    const marks = keepUntouched(error.marks, transaction);
    return marks.size === 0 ? NO_ERROR : { ...error, marks };
  },
  provide: (field) => EditorView.decorations.from(field, (error) => error.marks),
});

const NO_ERROR = { message: "", marks: Decoration.none };

/** Tells those who don't see the mark that there is an error, and where. */
function describeError({ state }: EditorView): Record<string, string> | null {
  const { message } = state.field(errorLine);
  return message === "" ? null : { "aria-invalid": "true", "aria-description": message };
}

/** The values stand behind the line, shown by the theme: they are no part of the text, and never copied with it. */
function markFailed(message: string, values: string): Decoration {
  const attributes: Record<string, string> = { title: message };
  if (values !== "") attributes["data-values"] = shorten(values);
  return Decoration.line({ class: "cm-error-line", attributes });
}

const MOST_CHARACTERS = 80;

function shorten(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
}

function decorateLines(text: Text, lines: readonly number[], mark: Decoration): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    if (line < 1 || line > text.lines) continue;
    const { from } = text.line(line);
    builder.add(from, from, mark);
  }
  return builder.finish();
}

/** A mark moves along with its line, until that line itself is edited. */
function keepUntouched(marks: DecorationSet, transaction: Transaction): DecorationSet {
  if (!transaction.docChanged) return marks;
  const text = transaction.startState.doc;
  const untouched = marks.update({
    filter: (from) => !transaction.changes.touchesRange(from, text.lineAt(from).to),
  });
  return untouched.map(transaction.changes);
}
