/** What the runs of a cell show themselves in, and what they know of where they take place. */

import type { CodeView } from "./code-view.ts";
import type { Controls } from "./controls.ts";
import type { KernelClient } from "./kernel-client.ts";
import type { LoadingView } from "./loading-view.ts";
import type { Rebuilder } from "./lost-notice.ts";
import type { NoticeView } from "./notice.ts";
import type { OutputView } from "./outputs.ts";
import type { InputView } from "./input-view.ts";

/** The parts of a cell in which its runs show. */
export interface RunParts {
  code: CodeView;
  controls: Controls;
  loading: LoadingView;
  notices: NoticeView;
  outputs: OutputView;
  questions: InputView;
  /** Where the cells are named that ran for this one's sake. */
  ranFirst: HTMLElement;
}

/** Whose runs they are, and where they take place. */
export interface RunContext {
  cell: string;
  lessonSource: string;
  /** The text that a run takes, which may be another than the one that is shown: see foreign-code.ts. */
  source: () => string;
  kernel: KernelClient;
  rebuilder: Rebuilder;
}

/** One run of the cell. */
export interface Run {
  source: string;
  /** Of the Python in which it took place. */
  generation: number;
  /** For another cell's sake, so that there is nothing to tell the reader here. */
  quiet: boolean;
  /** Whether Python has come to its end. */
  ended: boolean;
  /** Whether the reader broke it off, so that what it defines may be missing. */
  stopped: boolean;
}

/** What the cell's outputs come from; see `ShownOutputs`. */
export interface Shown {
  shown: string;
  version: string | null;
}
