/** Within the brackets of a call, what the function takes: above the line, with the caret's parameter marked. */

import { StateEffect, StateField, type Extension, type TransactionSpec } from "@codemirror/state";
import { EditorView, keymap, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { type AskAtCaret, askAboutCall } from "./editor-questions.ts";
import type { Inspection } from "./protocol.ts";
import { makeSignature } from "./signature-view.ts";

/** Milliseconds without a key after which Python is asked. */
const PAUSE = 60;

const showCall = StateEffect.define<Inspection | null>();

/** Comes with what is typed; goes with Escape, with the focus and when the caret leaves the brackets. */
export function signatureHelp(ask: AskAtCaret): Extension {
  return [
    shown,
    ViewPlugin.define((view) => new Follower(view, ask)),
    // Says no, so that the same Escape also lets Tab leave.
    keymap.of([{ key: "Escape", run: closeAndGoOn }]),
  ];
}

/** Takes the signature away. */
export function closeSignature(view: EditorView): void {
  if (view.state.field(shown).call) view.dispatch({ effects: showCall.of(null) });
}

function closeAndGoOn(view: EditorView): boolean {
  closeSignature(view);
  return false;
}

interface Shown {
  call: Inspection | null;
  tooltip: Tooltip | null;
}

const shown = StateField.define<Shown>({
  create: () => ({ call: null, tooltip: null }),
  update: (before, transaction) => {
    for (const effect of transaction.effects) {
      if (!effect.is(showCall)) continue;
      const call = effect.value;
      return { call, tooltip: call && makeTooltip(transaction.newSelection.main.head, call) };
    }
    if (!before.tooltip || !transaction.docChanged) return before;
    return { ...before, tooltip: { ...before.tooltip, pos: transaction.changes.mapPos(before.tooltip.pos) } };
  },
  provide: (field) => showTooltip.from(field, ({ tooltip }) => tooltip),
});

function makeTooltip(position: number, call: Inspection): Tooltip {
  return {
    pos: position,
    above: true,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "cm-signature";
      dom.append(makeSignature(call));
      return { dom };
    },
  };
}

class Follower {
  readonly #view: EditorView;
  readonly #ask: AskAtCaret;
  #timer = 0;
  /** The call whose signature was sent away, so that the next key doesn't bring it back. */
  #dismissed: string | null = null;

  constructor(view: EditorView, ask: AskAtCaret) {
    this.#view = view;
    this.#ask = ask;
  }

  update(update: ViewUpdate): void {
    const was = update.startState.field(shown).call;
    const open = update.state.field(shown).call !== null;
    if (was && !open) this.#dismissed = was.name;
    if (update.focusChanged && !update.view.hasFocus) return this.#later(() => this.#set(null));
    const typed = update.transactions.some((each) => each.isUserEvent("input"));
    if (typed || (open && (update.docChanged || update.selectionSet)))
      this.#later(() => void this.#refresh());
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #later(act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(act, PAUSE);
  }

  async #refresh(): Promise<void> {
    const { state } = this.#view;
    const call = await askAboutCall(state, this.#ask);
    // What was typed meanwhile asks again.
    if (state !== this.#view.state && !state.doc.eq(this.#view.state.doc)) return;
    if (call?.name !== this.#dismissed) this.#dismissed = null;
    else if (call) return;
    this.#set(this.#view.hasFocus ? call : null);
  }

  #set(call: Inspection | null): void {
    const before = this.#view.state.field(shown).call;
    if (!call && !before) return;
    const spec: TransactionSpec = { effects: [showCall.of(call)] };
    const said = call && sayParameter(call, before);
    this.#view.dispatch(spec, ...(said ? [{ effects: EditorView.announce.of(said) }] : []));
    if (!call) this.#dismissed = null;
  }
}

/** To those who hear the page: the call when it opens, then each parameter that it comes to. */
function sayParameter(call: Inspection, before: Inspection | null): string | null {
  const parameter = call.current === null ? "" : (call.parameters?.[call.current] ?? "");
  if (before?.name !== call.name) return parameter ? `${call.name}, parameter ${parameter}` : call.name;
  return before.current === call.current || !parameter ? null : parameter;
}
