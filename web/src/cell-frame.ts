/** The bones of a live cell: its shadow root, with the static code and outputs moved in, and a place for each part. */

import { cellSheet } from "./cell-style.ts";

export interface CellFrame {
  code: HTMLElement;
  toolbar: HTMLElement;
  loading: HTMLElement;
  notice: HTMLElement;
  presets: HTMLElement;
  /** Which cells ran for this one's sake; below the buttons, so that these don't move when pressed. */
  ranFirst: HTMLElement;
  /** What is known of a name in the code, on request. */
  help: HTMLElement;
  outputs: HTMLElement;
  /** What the program asks; below what it has put out. */
  question: HTMLElement;
  /** Id, within the shadow root, of the text that says how to leave the editor. */
  hint: string;
}

/** Builds the shadow root of the cell called `name` around what the page came with. */
export function buildFrame(host: HTMLElement, name: string): CellFrame {
  const code = host.querySelector<HTMLElement>(":scope > .cell-code") ?? makeCode();
  const outputs = host.querySelector<HTMLElement>(":scope > .outputs") ?? makeBlock("outputs");
  leaveCaptionsOutside(host, outputs);
  const frame: CellFrame = {
    code,
    toolbar: makeBlock("cell-toolbar", { role: "toolbar", "aria-label": `Cell ${name}` }),
    loading: makeBlock("cell-loading", { hidden: "" }),
    notice: makeBlock("cell-notice", { hidden: "" }),
    presets: makeBlock("cell-presets", { role: "group", "aria-label": "Try it yourself" }),
    ranFirst: makeBlock("ran-first", { role: "status" }),
    help: makeBlock("cell-help", { hidden: "" }),
    outputs,
    question: makeBlock("cell-question", { hidden: "" }),
    hint: "hint",
  };
  const hint = makeBlock("hint", { id: frame.hint, hidden: "" });
  hint.textContent =
    "Shift+Enter runs this cell. Ctrl+Space completes, F1 explains the name at the caret. Escape, then Tab, leaves the editor.";
  const section = document.createElement("section");
  section.className = "cell";
  section.setAttribute("part", "cell");
  section.setAttribute("aria-label", `Code cell ${name}`);
  section.append(
    code,
    hint,
    frame.toolbar,
    frame.help,
    frame.presets,
    frame.loading,
    frame.notice,
    frame.ranFirst,
    outputs,
    frame.question,
  );
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [cellSheet];
  root.append(section);
  return frame;
}

/** A caption is prose with formulas: it stays where the page's styles reach it, and is shown through a slot. */
function leaveCaptionsOutside(host: HTMLElement, outputs: HTMLElement): void {
  outputs.querySelectorAll("figcaption").forEach((caption, index) => {
    const outside = document.createElement("span");
    outside.slot = `caption-${index + 1}`;
    outside.append(...caption.childNodes);
    const slot = document.createElement("slot");
    slot.name = outside.slot;
    caption.append(slot);
    host.append(outside);
  });
}

function makeCode(): HTMLElement {
  const code = makeBlock("cell-code");
  const pre = document.createElement("pre");
  pre.className = "code";
  code.append(pre);
  return code;
}

function makeBlock(className: string, attributes: Record<string, string> = {}): HTMLElement {
  const block = document.createElement("div");
  block.className = className;
  for (const [name, value] of Object.entries(attributes)) block.setAttribute(name, value);
  return block;
}
