/** Decides which cells must run before another one can. */

import type { LostEnd } from "./kernel-state.ts";
import type { PlanRequest } from "./protocol.ts";

/** What this decision needs to know of a cell. */
export interface OrderedCell {
  readonly cellId: string;
  readonly source: string;
  /** Whether the cell has run, in the text that it shows now, in the Python that is there now. */
  readonly hasRun: boolean;
}

/** Python knows which names a cell needs and defines. */
export interface Planner {
  plan(request: PlanRequest): Promise<string[] | LostEnd>;
}

/**
 * The cells to run before `target`, in order: those above that it needs and that haven't run yet.
 *
 * `cells` are the page's, from top to bottom. Gives a `LostEnd` if Python was lost before it could answer.
 */
export async function cellsToRunFirst<Cell extends OrderedCell>(
  planner: Planner,
  cells: readonly Cell[],
  target: Cell,
): Promise<Cell[] | LostEnd> {
  const above = cells.slice(0, cells.indexOf(target));
  // Most runs are of a cell whose surroundings have run already: those needn't wait for an answer.
  if (above.every((cell) => cell.hasRun)) return [];
  const sources = [...above, target].map((cell): [string, string] => [cell.cellId, cell.source]);
  const needed = await planner.plan({ cells: sources, wanted: target.cellId });
  if (!Array.isArray(needed)) return needed;
  return above.filter((cell) => needed.includes(cell.cellId) && !cell.hasRun);
}
