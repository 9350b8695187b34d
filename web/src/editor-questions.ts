/** What the editor asks Python about the caret's place. */

import type { EditorState } from "@codemirror/state";
import type { Answers, CaretPlace, Completions, Inspection, Question } from "./protocol.ts";

type Named<About> = Extract<Question, { about: About }>;

/** A question without the cells above, which the editor doesn't know. */
export type CaretQuestion = Omit<Named<"completions">, "above"> | Omit<Named<"inspection">, "above">;

/** Gives null at once while Python is busy or not there. */
export type AskAtCaret = (question: CaretQuestion) => Promise<Completions | Inspection | null>;

export async function askCompletions(
  state: EditorState,
  position: number,
  ask: AskAtCaret,
): Promise<Answers["completions"] | null> {
  return (await ask({ about: "completions", ...cut(state, position) })) as Completions | null;
}

/** What is known of `name` if it stood between two places of the text. */
export async function askAboutName(
  state: EditorState,
  from: number,
  to: number,
  name: string,
  ask: AskAtCaret,
): Promise<Inspection | null> {
  const before = state.sliceDoc(0, from) + name;
  const question = { about: "inspection", subject: "name", before, after: state.sliceDoc(to) } as const;
  return (await ask(question)) as Inspection | null;
}

/** What is known of the call in whose brackets the caret stands. */
export async function askAboutCall(state: EditorState, ask: AskAtCaret): Promise<Inspection | null> {
  const place = cut(state, state.selection.main.head);
  return (await ask({ about: "inspection", subject: "call", ...place })) as Inspection | null;
}

/** What is known of the name at the caret. */
export function inspectCaret(state: EditorState, ask: AskAtCaret): Promise<Inspection | null> {
  const { head } = state.selection.main;
  return askAboutName(state, head, head, "", ask);
}

function cut(state: EditorState, position: number): Pick<CaretPlace, "before" | "after"> {
  return { before: state.sliceDoc(0, position), after: state.sliceDoc(position) };
}
