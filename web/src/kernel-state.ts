/** What a page can know of its Python: its state, how a run ended, what comes out of one. */

import type {
  InputReply,
  LoadProgress,
  Names,
  Omitted,
  Output,
  Problem,
  InputPrompt,
  RunResult,
} from "./protocol.ts";

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
  /** Python was replaced while this ran or waited, and with it these names are lost; perhaps by `another` page. */
  | { status: "restarted"; lost: Names; by: "self" | "another" }
  /** It was called off before it began. */
  | { status: "cancelled" }
  | { status: "unloaded"; problem: Problem }
  | { status: "died"; problem: Problem; lost: Names };

/** Python was replaced for another page's sake before this run's turn came: what it needs has to run once more. */
export interface Displaced {
  status: "displaced";
}

/** Where a run's outputs go. */
export interface OutputReader {
  onOutput(output: Output): void;
  /** So much, all in all, was too much to show. */
  onOmitted(omitted: Omitted): void;
  /** The run asks; `answer` is to be called once. */
  onAsked(question: InputPrompt, answer: (answer: InputReply) => void): void;
  /** The run begins once more: its outputs come again from the first. */
  onBegunAgain(): void;
}
