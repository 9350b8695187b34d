/** The one word that says what a cell is doing, for styles and for tests: the attribute `state`. */

import type { KernelState } from "./kernel-state.ts";

export type CellState = "static" | "loading" | "ready" | "running" | "done" | "error" | "stopped";

/** How a run came to its end. */
export type Ending = "done" | "error" | "stopped";

/** `active`: a run of the cell waits or goes on; `ended`: how its last run in the present Python ended, if there was one. */
export function cellState(kernel: KernelState, active: boolean, ended: Ending | null): CellState {
  const loaded = kernel.name === "ready" || kernel.name === "running";
  if (active) return loaded ? "running" : "loading";
  if (ended) return ended;
  if (loaded) return "ready";
  return kernel.name === "loading" ? "loading" : "static";
}
