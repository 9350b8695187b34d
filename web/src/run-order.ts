/** Decides which cells must run before another one can. */

/** What this decision needs to know of a cell. */
export interface OrderedCell {
  /** Whether the cell has run, in the text that it shows now, in the Python that is there now. */
  readonly hasRun: boolean;
}

/**
 * The cells to run before `target`, in order: all those above it that haven't run yet.
 *
 * `cells` are the page's, from top to bottom. A cell may need any that stands above it, so all of them count.
 */
export function cellsToRunFirst<Cell extends OrderedCell>(cells: readonly Cell[], target: Cell): Cell[] {
  const above = cells.slice(0, cells.indexOf(target));
  return above.filter((cell) => !cell.hasRun);
}
