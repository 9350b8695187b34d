/** Completion in the editor: from the live names when Python can answer, else from the names in the cell's text. */

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
  moveCompletionSelection,
} from "@codemirror/autocomplete";
import { localCompletionSource } from "@codemirror/lang-python";
import { type EditorState, type Extension, Prec } from "@codemirror/state";
import { type Command, keymap } from "@codemirror/view";
import { placeInfo } from "./editor-info-place.ts";
import { type AskAtCaret, askAboutName, askCompletions } from "./editor-questions.ts";
import { makeSignature } from "./signature-view.ts";
import type { CompletionItem, Completions, Inspection } from "./protocol.ts";

/** Characters of a name from which on the list comes by itself. */
const FROM_LENGTH = 2;

/** Ctrl+Space, and by itself after a dot and within a name. */
export function completion(ask: AskAtCaret): Extension {
  const list = autocompletion({
    override: [(context) => complete(context, ask)],
    maxRenderedOptions: 80,
    positionInfo: (_view, list, option, info, space) => placeInfo(list, option, info, space),
    icons: false,
    // By their beginnings only: a name of the reader's own must not turn into something alike when Enter is pressed.
    filterStrict: true,
  });
  return [arrowKeys(), list];
}

/** CodeMirror ignores keys for a moment after the list has come; an arrow would then move the caret and close it. */
function arrowKeys(): Extension {
  const move = (forward: boolean): Command => {
    const choose = moveCompletionSelection(forward);
    return (view) => choose(view) || completionStatus(view.state) === "active";
  };
  return Prec.highest(
    keymap.of([
      { key: "ArrowDown", run: move(true) },
      { key: "ArrowUp", run: move(false) },
    ]),
  );
}

async function complete(context: CompletionContext, ask: AskAtCaret): Promise<CompletionResult | null> {
  const { explicit, pos, state } = context;
  const typed = context.matchBefore(/[\p{L}\p{N}_]*/u)?.text ?? "";
  const afterDot = state.sliceDoc(0, pos - typed.length).endsWith(".");
  if (!explicit && !afterDot && (typed.length < FROM_LENGTH || /^\p{N}/u.test(typed))) return null;
  const found = await askCompletions(state, pos, ask);
  if (context.aborted) return null;
  if (found === null) return localCompletionSource(context);
  return found.items.length === 0 ? null : makeResult(found, state, pos, explicit, ask);
}

function makeResult(
  { prefix, items }: Completions,
  state: EditorState,
  position: number,
  explicit: boolean,
  ask: AskAtCaret,
): CompletionResult | null {
  const labels = new Set(items.map((item) => item.label));
  // Who has typed a whole name goes on: Enter must end the line then, and not choose.
  if (!explicit && labels.has(prefix)) return null;
  const from = position - prefix.length;
  return {
    from,
    options: items.map((item) =>
      makeOption(item, () => askAboutName(state, from, position, item.label, ask)),
    ),
    validFor: (text) =>
      /^[\p{L}\p{N}_]*$/u.test(text) &&
      underscores(text) === underscores(prefix) &&
      (explicit || !labels.has(text)),
  };
}

/** Names with underscores are listed only once one has been typed. */
function underscores(text: string): number {
  return text.startsWith("__") ? 2 : text.startsWith("_") ? 1 : 0;
}

function makeOption(item: CompletionItem, inspect: () => Promise<Inspection | null>): Completion {
  return {
    label: item.label,
    type: item.kind,
    detail: item.detail || (item.kind === "variable" || item.kind === "property" ? "" : item.kind),
    boost: item.rank * 10,
    info: async () => {
      const found = await inspect();
      return found && makeInfo(found);
    },
  };
}

/** The first paragraph beside the list; all of it is for the help below the cell. */
function makeInfo(found: Inspection): HTMLElement | null {
  const info = document.createElement("div");
  info.className = "cm-info";
  if (found.parameters) info.append(makeSignature(found));
  for (const text of [found.type, found.value, found.summary]) {
    if (text) info.append(Object.assign(document.createElement("p"), { textContent: text }));
  }
  return info.childNodes.length > 0 ? info : null;
}
