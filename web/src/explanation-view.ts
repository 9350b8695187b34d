/** Shows what a reader is told about a run in plain words: what happened, what to try, the values at hand. */

import { nameOf } from "./cell-name.ts";
import type { ErrorOutput, Explanation } from "./protocol.ts";
import { drawShapes } from "./shape-drawing.ts";

/** Shows an explanation; in its texts, what stands between backticks is code. */
export function viewExplanation(explanation: Explanation): HTMLElement {
  const { title, hints, values, drawing, location, about } = explanation;
  const view = makeBlock("div", "output output-explanation");
  view.dataset["about"] = about;
  view.setAttribute("role", "group");
  view.setAttribute("aria-label", about === "error" ? "What happened" : "What this run shows");
  view.append(makeText("p", "explanation-title", title));
  if (drawing) view.append(drawShapes(drawing));
  if (hints.length > 0) {
    const list = makeBlock("ul", "explanation-hints");
    list.append(...hints.map((hint) => makeText("li", "", hint)));
    view.append(list);
  }
  if (values.length > 0) view.append(makeTable(values, location));
  return view;
}

/** The values on the failing line in one line of text, `x = 0; y = [1, 2]`. */
export function sayValues({ values }: Explanation): string {
  return values.map(({ name, text }) => `${name} = ${text}`).join("; ");
}

/** Folds a traceback that is long beside its explanation; what Python calls the error stays to be seen. */
export function foldTraceback(view: Element, { ename, evalue }: ErrorOutput): void {
  const text = view.querySelector("pre");
  if (!text || (text.textContent ?? "").split("\n").length <= SHORT) return;
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "Traceback";
  text.replaceWith(details);
  details.append(summary, text);
  const last = document.createElement("pre");
  last.textContent = evalue === "" ? ename : `${ename}: ${evalue.split("\n", 1)[0]}`;
  details.before(last);
}

/** Lines of a traceback that are shown as they are: one frame of the reader's, or two. */
const SHORT = 8;

function makeTable(values: Explanation["values"], place: Explanation["location"]): HTMLElement {
  const table = makeBlock("table", "explanation-values");
  const caption = document.createElement("caption");
  caption.textContent = place ? `On line ${place.line} of ${nameOf(place.cell)}` : "Values";
  const body = document.createElement("tbody");
  for (const { name, text } of values) {
    const row = document.createElement("tr");
    const head = makeText("th", "", asCode(name));
    head.setAttribute("scope", "row");
    row.append(head, makeText("td", "", asCode(text)));
    body.append(row);
  }
  table.append(caption, body);
  return table;
}

function asCode(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}

/** Every other part between backticks is code. */
function makeText(tag: string, className: string, text: string): HTMLElement {
  const element = makeBlock(tag, className);
  text.split("`").forEach((part, index) => {
    if (part === "") return;
    const code = index % 2 === 1 ? document.createElement("code") : null;
    if (code) code.textContent = part;
    element.append(code ?? part);
  });
  return element;
}

function makeBlock(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return element;
}
