/** Outputs as they come from a worker in which anybody's program runs: what has another shape is not shown. */

import { type Drawing, EXPLANATION, type Explanation, type Output, type Rectangle } from "./protocol.ts";

/** The output, if it is one; else one that says so. */
export function checkOutput(value: unknown): Output {
  return isOutput(value) ? value : UNFIT;
}

const UNFIT: Output = {
  output_type: "display_data",
  data: { "text/plain": "A result that can't be shown here" },
  metadata: {},
};

function isOutput(value: unknown): value is Output {
  if (!isObject(value)) return false;
  switch (value["output_type"]) {
    case "stream":
      return (value["name"] === "stdout" || value["name"] === "stderr") && isText(value["text"]);
    case "error":
      return isText(value["ename"]) && isText(value["evalue"]) && isListOf(value["traceback"], isText);
    case "display_data":
    case "execute_result":
      return isObject(value["data"]) && isObject(value["metadata"]) && explainsWell(value["data"]);
    default:
      return false;
  }
}

function explainsWell(data: Record<string, unknown>): boolean {
  return !(EXPLANATION in data) || isExplanation(data[EXPLANATION]);
}

function isExplanation(value: unknown): value is Explanation {
  if (!isObject(value)) return false;
  const { title, hints, values, drawing, location, about } = value;
  return (
    isText(title) &&
    isListOf(hints, isText) &&
    isListOf(values, (each) => isObject(each) && isText(each["name"]) && isText(each["text"])) &&
    (drawing === null || isDrawing(drawing)) &&
    (location === null ||
      (isObject(location) && isText(location["cell"]) && Number.isInteger(location["line"]))) &&
    (about === "error" || about === "result")
  );
}

function isDrawing(value: unknown): value is Drawing {
  if (!isObject(value)) return false;
  const { rectangles, operator, text, words } = value;
  return isListOf(rectangles, isRectangle) && isText(operator) && isText(text) && isText(words);
}

function isRectangle(value: unknown): value is Rectangle {
  if (!isObject(value)) return false;
  const { label, rows, columns, note, mismatch } = value;
  const sides = [rows, columns].every((side) => side === null || Number.isFinite(side));
  const fits = mismatch === null || mismatch === "rows" || mismatch === "columns";
  return isText(label) && isText(note) && sides && fits;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isListOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits);
}
