/** What a page can know of its Python: its state, how a run ended, what comes out of one. */

import type { LoadProgress, Omitted, Output, Problem, RunResult } from "./protocol.ts";

export type KernelState =
  | { name: "off" }
  | { name: "loading"; progress: LoadProgress | null }
  | { name: "ready" }
  | { name: "running" }
  /** Python could not be loaded; `start` or the next run tries again. */
  | { name: "failed"; problem: Problem };

/** How a run ended: by itself, or because there was no Python to finish it. */
export type RunEnd = RunResult | LostEnd;

export type LostEnd =
  /** Python was replaced while this ran or waited. */
  | { status: "restarted" }
  /** It was called off before it began. */
  | { status: "cancelled" }
  | { status: "unloaded"; problem: Problem }
  | { status: "died"; problem: Problem };

/** Where a run's outputs go. */
export interface OutputReader {
  onOutput(output: Output): void;
  /** So much, all in all, was too much to show. */
  onOmitted(omitted: Omitted): void;
}
