/** A table of names with their types, shapes and values, as screen readers expect one. */

import type { VariableRow } from "./protocol.ts";

const COLUMNS: [heading: string, key: keyof VariableRow][] = [
  ["Name", "name"],
  ["Type", "type"],
  ["Shape", "shape"],
  ["Value", "value"],
];

/** Columns that are empty in every row are left out. */
export function makeVariablesTable(caption: string, rows: VariableRow[]): HTMLTableElement {
  const columns = COLUMNS.filter(([, key]) => rows.some((row) => row[key] !== ""));
  const table = document.createElement("table");
  table.className = "variables-table";
  table.createCaption().textContent = caption;
  const head = table.createTHead().insertRow();
  for (const [heading, key] of columns) head.append(makeHeading("col", heading, key));
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const [, key] of columns) {
      if (key === "name") line.append(makeHeading("row", row.name, key));
      else Object.assign(line.insertCell(), { textContent: row[key], className: `variable-${key}` });
    }
  }
  return table;
}

function makeHeading(scope: "col" | "row", text: string, key: string): HTMLTableCellElement {
  const heading = document.createElement("th");
  heading.scope = scope;
  heading.textContent = text;
  heading.className = `variable-${key}`;
  return heading;
}
