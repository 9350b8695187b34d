/** Asks Python which cells must run before another one can. */

import type { LostEnd } from "./kernel-state.ts";
import type { Plan, PlanRequest } from "./protocol.ts";

/** What this decision needs to know of a cell. */
export interface OrderedCell {
  readonly cellId: string;
  readonly source: string;
}

/** Python knows which names a cell needs and defines, and what has run. */
export interface Planner {
  plan(request: PlanRequest): Promise<Plan | LostEnd>;
}

/** What happens before a cell runs. */
export interface RunOrder<Cell> {
  /** The cells that must run first, in order. */
  first: Cell[];
  /** By the ids of cells: what stands for the results of a fresh run from the top, here and down to the target. */
  versions: Record<string, string>;
}

/**
 * The cells to run before `target`: those above that it needs and that haven't run as they stand, or whose results
 * have been changed since.
 *
 * `cells` are the page's, from top to bottom. Gives a `LostEnd` if Python was lost before it could answer.
 */
export async function orderRun<Cell extends OrderedCell>(
  planner: Planner,
  cells: readonly Cell[],
  target: Cell,
): Promise<RunOrder<Cell> | LostEnd> {
  const sources = cells.map((cell): [string, string] => [cell.cellId, cell.source]);
  const plan = await planner.plan({ cells: sources, wanted: target.cellId });
  if ("status" in plan) return plan;
  return { first: cells.filter((cell) => plan.first.includes(cell.cellId)), versions: plan.versions };
}
