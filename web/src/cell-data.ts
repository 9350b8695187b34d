/** What a page tells of a cell, beside the code and outputs that are to be seen. */

import type { Preset } from "./presets.ts";

/** The JSON that the page keeps in a cell. */
export interface CellData {
  id: string;
  /** Stands for `source`. */
  hash: string;
  source: string;
  presets: Preset[];
}

/** Reads what the page's template wrote into the cell. */
export function readCellData(cell: Element): CellData {
  return JSON.parse(cell.querySelector(":scope > script")!.textContent!) as CellData;
}
