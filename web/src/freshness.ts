/** Knows which cells show outputs that are out of date, and says so: in them, and in the cell whose run made them so. */

import type { KernelClient } from "./kernel-client.ts";
import type { ShownOutputs } from "./protocol.ts";

export interface FreshnessCell {
  readonly cellId: string;
  readonly name: string;
  /** Whether there is anything to see of it; what nobody sees needs no bringing up to date. */
  readonly isShown: boolean;
  /** What its outputs were made from. */
  readonly shownOutputs: Omit<ShownOutputs, "id">;
  /** Whether its outputs are out of date. */
  showStale(stale: boolean): void;
  /** Its run made these cells out of date, by their names; none any more if there are none. */
  showChanged(names: string[], update: () => void): void;
}

export class Freshness<Cell extends FreshnessCell> {
  readonly #kernel: KernelClient;
  readonly #cells: readonly Cell[];
  readonly #run: (cell: Cell) => void;
  /** The cells that are out of date, each with the one whose run made it so. */
  #stale = new Map<Cell, Cell>();
  /** The cell that ran last because the reader wanted it. */
  #latest: Cell | null = null;

  /** `cells` are the page's, from top to bottom; `run` is called for those to be brought up to date. */
  constructor(kernel: KernelClient, cells: readonly Cell[], run: (cell: Cell) => void) {
    this.#kernel = kernel;
    this.#cells = cells;
    this.#run = run;
  }

  /** A cell has run because the reader wanted it. */
  ran(cell: Cell): void {
    this.#latest = cell;
  }

  /** Finds out anew and shows it; to be called when there is nothing left to run. */
  async check(): Promise<void> {
    const cause = this.#latest;
    // Without Python there is nothing to ask, and asking would start it.
    if (!cause || this.#kernel.state.name !== "ready") return;
    const cells = this.#cells.map((cell) => ({ id: cell.cellId, ...cell.shownOutputs }));
    const stale = await this.#kernel.findStale(cells);
    if (!Array.isArray(stale) || cause !== this.#latest) return;
    const found = this.#cells.filter((cell) => cell.isShown && stale.includes(cell.cellId));
    this.#stale = new Map(found.map((cell) => [cell, this.#stale.get(cell) ?? cause]));
    for (const cell of this.#cells) {
      cell.showStale(this.#stale.has(cell));
      cell.showChanged(
        this.#changedBy(cell).map((changed) => changed.name),
        () => this.#changedBy(cell).forEach(this.#run),
      );
    }
  }

  #changedBy(cause: Cell): Cell[] {
    return this.#cells.filter((cell) => this.#stale.get(cell) === cause);
  }
}
