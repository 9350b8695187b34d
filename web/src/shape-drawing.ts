/** Draws arrays as labelled rectangles, in proportion as far as they stay legible, to show which sizes don't fit. */

import type { Drawing, Rectangle } from "./protocol.ts";

/** Rectangles in a row, with the operator between each two; on a narrow page they wrap. */
export function drawShapes({ rectangles, operator, words }: Drawing): HTMLElement {
  const host = document.createElement("div");
  host.className = "shapes";
  host.setAttribute("role", "img");
  host.setAttribute("aria-label", words);
  const longest = Math.max(1, ...rectangles.flatMap(({ rows, columns }) => [rows ?? 1, columns ?? 1]));
  rectangles.forEach((rectangle, index) => {
    if (index > 0) host.append(makeText("shape-operator", operator));
    host.append(makeShape(rectangle, longest));
  });
  return host;
}

/** In CSS pixels: the longest side and the shortest one, and room for the sizes, which stand above and to the left. */
const LONG = 108;
const SHORT = 26;
const ROOM_ABOVE = 24;
const DIGIT = 8;
const PADDING = 5;
/** The most rows or columns that are drawn one by one. */
const MOST_CELLS = 8;

function makeShape(rectangle: Rectangle, longest: number): HTMLElement {
  const shape = document.createElement("div");
  shape.className = "shape";
  const label = document.createElement("code");
  label.className = "shape-label";
  label.textContent = rectangle.label;
  shape.append(drawRectangle(rectangle, longest), label, makeText("shape-note", rectangle.note));
  return shape;
}

function drawRectangle({ rows, columns, mismatch }: Rectangle, longest: number): SVGElement {
  const width = measure(columns, longest);
  const height = measure(rows, longest);
  const left = rows === null ? 6 : String(rows).length * DIGIT + 2 * PADDING + 6;
  const above = columns === null ? 2 : ROOM_ABOVE;
  // As much room to the right, so that the label below stands in the middle.
  const side = columns === null ? 0 : (String(columns).length * DIGIT + 2 * PADDING - width) / 2;
  const right = Math.max(left, side);
  const svg = make("svg", { width: left + width + right, height: above + height + 2, "aria-hidden": "true" });
  svg.append(make("rect", { class: "shape-box", x: left, y: above, width, height }));
  svg.append(make("path", { class: "shape-grid", d: drawGrid(rows, columns, left, above, width, height) }));
  if (mismatch === "columns")
    svg.append(make("path", { class: "shape-mismatch", d: `M${left} ${above}h${width}` }));
  if (mismatch === "rows")
    svg.append(make("path", { class: "shape-mismatch", d: `M${left} ${above}v${height}` }));
  if (columns !== null)
    svg.append(...writeSize(columns, left + width / 2, above - 13, mismatch === "columns"));
  if (rows !== null) {
    const middle = (left - 6) / 2;
    svg.append(...writeSize(rows, middle, above + height / 2, mismatch === "rows"));
  }
  return svg;
}

function measure(size: number | null, longest: number): number {
  return size === null ? SHORT : Math.max(SHORT, Math.round((size / longest) * LONG));
}

function drawGrid(
  rows: number | null,
  columns: number | null,
  left: number,
  above: number,
  width: number,
  height: number,
): string {
  const steps = (size: number | null): number[] =>
    size === null || size > MOST_CELLS
      ? []
      : Array.from({ length: Math.max(0, size - 1) }, (_, i) => (i + 1) / size);
  return [
    ...steps(columns).map((part) => `M${left + part * width} ${above}v${height}`),
    ...steps(rows).map((part) => `M${left} ${above + part * height}h${width}`),
  ].join("");
}

/** A size that is in the way stands in a box: not by colour alone. */
function writeSize(size: number, x: number, y: number, inTheWay: boolean): SVGElement[] {
  const text = make("text", { x, y: y + 4.5, class: inTheWay ? "shape-size shape-wrong" : "shape-size" });
  text.textContent = String(size);
  if (!inTheWay) return [text];
  const width = String(size).length * DIGIT + 2 * PADDING;
  return [make("rect", { class: "shape-badge", x: x - width / 2, y: y - 9, width, height: 18, rx: 4 }), text];
}

function make(tag: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

function makeText(className: string, text: string): HTMLElement {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
