/** The runs of one cell, from the reader's wish to the last output, told through the parts that show them. */

import { type CellState, cellState } from "./cell-state.ts";
import type { CodeView } from "./code-view.ts";
import type { Controls } from "./controls.ts";
import { sayValues } from "./explanation-view.ts";
import type { KernelClient } from "./kernel-client.ts";
import type { KernelState, LostEnd, RunEnd } from "./kernel-state.ts";
import type { LoadingView } from "./loading-view.ts";
import type { NoticeView } from "./notice.ts";
import type { OutputView } from "./outputs.ts";
import type { Explanation, Omitted, Output, RunResult, SourceLocation } from "./protocol.ts";
import { deepestIn, summarizeRun } from "./run-summary.ts";

/** The parts of a cell in which its runs show. */
export interface RunParts {
  code: CodeView;
  controls: Controls;
  loading: LoadingView;
  notices: NoticeView;
  outputs: OutputView;
  /** Where the cells are named that ran for this one's sake. */
  ranFirst: HTMLElement;
}

/** One run of the cell. */
interface Run {
  source: string;
  /** Of the Python in which it took place. */
  generation: number;
  /** For another cell's sake, so that there is nothing to tell the reader here. */
  quiet: boolean;
  /** Whether Python has come to its end. */
  ended: boolean;
}

export class CellRun {
  readonly #cell: string;
  readonly #lessonSource: string;
  readonly #kernel: KernelClient;
  readonly #parts: RunParts;
  readonly #onState: (state: CellState) => void;
  /** A run waits its turn; one may go on meanwhile, of an earlier text. */
  #queued = false;
  #running = false;
  /** The name of the cell that runs first, for this one's sake. */
  #runsFirst: string | null = null;
  /** The run that goes on, or the last one. */
  #run: Run | null = null;
  /** The number of the last run that ended. */
  #counted: { count: number; generation: number } | null = null;
  #ended: { state: "done" | "error"; generation: number } | null = null;

  constructor(
    cell: string,
    lessonSource: string,
    kernel: KernelClient,
    parts: RunParts,
    onState: (state: CellState) => void,
  ) {
    this.#cell = cell;
    this.#lessonSource = lessonSource;
    this.#kernel = kernel;
    this.#parts = parts;
    this.#onState = onState;
    kernel.onChange((state) => this.#follow(state));
    this.#follow(kernel.state);
  }

  /** Whether the cell has run, in the text that it shows, in the Python that is there now. */
  get isCurrent(): boolean {
    const run = this.#run;
    return run !== null && run.ended && run.source === this.#parts.code.source && this.#isPresent(run);
  }

  queue(): void {
    this.#queued = true;
    this.#parts.ranFirst.textContent = "";
    this.#parts.notices.show("lost", null);
    this.#follow(this.#kernel.state);
  }

  /** The run that waited is called off. */
  unqueue(): void {
    this.#queued = false;
    if (!this.#running) this.#parts.controls.say("");
    this.#follow(this.#kernel.state);
  }

  waitFor(name: string): void {
    this.#runsFirst = name;
    this.#follow(this.#kernel.state);
  }

  start(quiet: boolean): void {
    const { code, outputs } = this.#parts;
    if (!quiet) this.#queued = false;
    this.#running = true;
    this.#runsFirst = null;
    this.#run = { source: code.source, generation: this.#kernel.generation, quiet, ended: false };
    code.markError(null);
    outputs.begin(code.source === this.#lessonSource);
    this.#follow(this.#kernel.state);
  }

  add(output: Output): void {
    this.#parts.outputs.add(output);
  }

  omit(omitted: Omitted): void {
    this.#parts.outputs.omit(omitted);
  }

  async end(end: RunEnd, ranFirst: string[]): Promise<void> {
    if ("locations" in end) await this.#finish(end, ranFirst);
    else this.#lose(end);
    this.#follow(this.#kernel.state);
  }

  /** Another cell's run failed in code of this one. */
  blame({ line }: SourceLocation): void {
    if (!this.isCurrent) return;
    this.#parts.code.markError({ line, message: `The error arose here, on line ${line}.`, values: "" });
  }

  async #finish(result: RunResult, names: string[]): Promise<void> {
    const { code, controls, outputs, ranFirst } = this.#parts;
    const run = this.#run!;
    run.ended = true;
    const summary = await outputs.finish();
    // It may have been started anew while the pictures were being decoded.
    if (run !== this.#run) return;
    this.#counted = { count: result.execution_count, generation: run.generation };
    this.#settle(result.status === "ok" ? "done" : "error");
    controls.say(run.quiet ? "" : summarizeRun(this.#cell, result, summary));
    ranFirst.textContent = names.length > 0 ? `Ran first: ${names.join(", ")}.` : "";
    const place = deepestIn(this.#cell, result.locations);
    if (!place || code.source !== run.source) return;
    const { ename, evalue } = summary.error ?? { ename: "Error", evalue: "" };
    const values = this.#valuesOn(place, summary.explanation);
    code.markError({ line: place.line, message: `${ename} on line ${place.line}: ${evalue}`, values });
    controls.offer(`Go to line ${place.line}`, () => void code.focusLine(place.line));
  }

  /** What the names on a line of this cell stood for, if that is the line that the explanation is about. */
  #valuesOn({ line }: SourceLocation, explanation: Explanation | null): string {
    const place = explanation?.location;
    return explanation && place?.cell === this.#cell && place.line === line ? sayValues(explanation) : "";
  }

  #lose(end: LostEnd): void {
    const { controls, loading, notices, outputs } = this.#parts;
    const quiet = this.#run?.quiet ?? false;
    this.#queued = false;
    this.#settle(end.status === "restarted" || end.status === "cancelled" ? null : "error");
    controls.say("");
    switch (end.status) {
      case "cancelled":
        return outputs.breakOff();
      case "restarted":
        if (!quiet) controls.say("Stopped.");
        if (!quiet) notices.show("lost", `Stopped. Python ${RESTARTED}`);
        return outputs.breakOff();
      case "unloaded":
        loading.showProblem(end.problem);
        controls.say("Python could not be loaded.");
        return outputs.breakOff();
      case "died":
        notices.show("lost", `${end.problem.message} It ${RESTARTED}`);
        controls.say("Python stopped.");
        return void outputs.finish();
      default:
        end satisfies never;
    }
  }

  #settle(state: "done" | "error" | null): void {
    this.#running = false;
    this.#runsFirst = null;
    this.#parts.controls.stopClock();
    this.#ended = state && { state, generation: this.#kernel.generation };
  }

  #follow(kernel: KernelState): void {
    const { controls, loading } = this.#parts;
    const ended = this.#ended && this.#isPresent(this.#ended) ? this.#ended.state : null;
    const active = this.#queued || this.#running;
    const state = cellState(kernel, active, ended);
    controls.showActive(active);
    controls.showCount(this.#counted && this.#isPresent(this.#counted) ? this.#counted.count : null);
    if (active && kernel.name === "loading") loading.showProgress(kernel.progress);
    else if (kernel.name !== "failed") loading.hide();
    const settling = this.#running && this.#run!.ended;
    if (active && !settling) this.#sayActivity(kernel);
    this.#onState(state);
  }

  #sayActivity(kernel: KernelState): void {
    const { controls } = this.#parts;
    const running = this.#running && kernel.name === "running";
    if (running) controls.startClock();
    if (this.#running && this.#run!.quiet) return;
    if (running) controls.say("Running…");
    else if (kernel.name === "loading") controls.say("Waiting for Python…");
    else controls.say(this.#runsFirst === null ? "Waiting…" : `Running first: ${this.#runsFirst}…`);
  }

  #isPresent({ generation }: { generation: number }): boolean {
    return generation === this.#kernel.generation;
  }
}

const RESTARTED = "was restarted, so its variables are gone; Run starts again with the cells above.";
