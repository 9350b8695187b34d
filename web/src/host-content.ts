/** What stands in a `<gradus-cell>` of somebody else's page before it comes alive. */

import { type CellData, readCellData } from "./cell-data.ts";
import { lazyImport } from "./lazy-import.ts";

/** Makes the page's own code the content of a cell called `id`. */
export function fillFromBlock(cell: HTMLElement, id: string): CellData {
  const written = cell.querySelector("pre code") ?? cell.querySelector("pre, code") ?? cell;
  const source = (written.textContent ?? "").replace(/^\s*\n/, "").replace(/\s+$/, "");
  const code = document.createElement("div");
  code.className = "cell-code";
  const pre = document.createElement("pre");
  pre.className = "code";
  pre.textContent = source;
  code.append(pre);
  cell.replaceChildren(code);
  void highlightLater(pre, source);
  return { id, hash: hashText(source), source, presets: [] };
}

/** Makes the code and outputs of a lesson's cell the content of `cell`. */
export function fillFromLesson(cell: HTMLElement, lesson: Document, id: string): CellData {
  const written = lesson.getElementById(`cell-${id}`)!;
  const parts = written.querySelectorAll(":scope > .cell-code, :scope > .outputs");
  cell.replaceChildren(...[...parts].map((part) => document.importNode(part, true)));
  return readCellData(written);
}

/** Says above what the page came with why it doesn't run. */
export function sayProblem(cell: HTMLElement, problem: string): void {
  const text = document.createElement("p");
  text.setAttribute("role", "status");
  text.textContent = problem;
  cell.prepend(text);
  cell.setAttribute("state", "error");
}

/** The page's colours were for the page's markup; ours come when they are there. */
async function highlightLater(pre: HTMLElement, source: string): Promise<void> {
  try {
    const { highlight } = await loadHighlighter();
    if (pre.isConnected && pre.textContent === source) pre.replaceChildren(highlight(source));
  } catch (error) {
    console.debug(error);
  }
}

const loadHighlighter = lazyImport(() => import("./highlight.ts"));

/** FNV-1a, 32 bits: enough to see that a text isn't the one that was edited. */
function hashText(text: string): string {
  let hash = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(text)) hash = Math.imul(hash ^ unit, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
