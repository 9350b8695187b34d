/** After Python was lost: which cells had run in it, and running them again. */

import type { Displaced, RunEnd } from "./kernel-state.ts";

/** How the running again goes: the cell that runs, how it came to its end, or where it broke off. */
export type Rebuilding =
  { step: "running"; name: string } | { step: "done" } | { step: "failed"; name: string };

/** Counts the Pythons there have been. */
interface Generations {
  readonly generation: number;
}

/** Remembers which cells ran, and in which order, in the present Python and in the one before. */
export class RunLog<Cell> {
  readonly #kernel: Generations;
  #generation = 0;
  #ran: Cell[] = [];
  #lost: Cell[] = [];

  constructor(kernel: Generations) {
    this.#kernel = kernel;
  }

  /** The cell ran to its end in the present Python. */
  note(cell: Cell): void {
    this.#follow();
    this.#ran = [...this.#ran.filter((other) => other !== cell), cell];
    this.#lost = this.#lost.filter((other) => other !== cell);
  }

  /** The cells that ran in an earlier Python and not since, each where its last run was among the others. */
  get lost(): readonly Cell[] {
    this.#follow();
    return this.#lost;
  }

  #follow(): void {
    if (this.#generation === this.#kernel.generation) return;
    this.#generation = this.#kernel.generation;
    this.#lost = [...this.#lost.filter((cell) => !this.#ran.includes(cell)), ...this.#ran];
    this.#ran = [];
  }
}

/** Runs the cells one after the other, until one fails or `isStopped` says so. */
export async function rebuild<Cell extends { readonly name: string }>(
  cells: readonly Cell[],
  run: (cell: Cell) => Promise<RunEnd | Displaced>,
  report: (progress: Rebuilding) => void,
  isStopped: () => boolean,
): Promise<void> {
  for (const cell of cells) {
    report({ step: "running", name: cell.name });
    const end = await run(cell);
    if (end.status !== "ok" || isStopped()) return report({ step: "failed", name: cell.name });
  }
  report({ step: "done" });
}
