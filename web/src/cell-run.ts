/** The runs of one cell, from the reader's wish to the last output, told through the parts that show them. */

import { type CellState, cellState, type Ending } from "./cell-state.ts";
import { sayValues } from "./explanation-view.ts";
import type { KernelState, LostEnd, RunEnd } from "./kernel-state.ts";
import { hideLoss, showLoss } from "./lost-notice.ts";
import type { NoticeAction } from "./notice.ts";
import type {
  Explanation,
  InputPrompt,
  InputReply,
  Omitted,
  Output,
  RunResult,
  SourceLocation,
} from "./protocol.ts";
import type { Run, RunContext, RunParts, Shown } from "./run-parts.ts";
import { deepestIn, summarizeRun } from "./run-summary.ts";

const STOPPED = {
  self: "Stopped.",
  another: "Stopped, with all cells of this page that share this Python.",
};

export class CellRun {
  readonly #context: RunContext;
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
  #shown: Shown;
  #ended: { state: Ending; generation: number } | null = null;
  /** Stops following Python. */
  readonly close: () => void;

  constructor(context: RunContext, parts: RunParts, onState: (state: CellState) => void) {
    this.#context = context;
    this.#shown = { shown: context.lessonSource, version: null };
    this.#parts = parts;
    this.#onState = onState;
    this.close = context.kernel.onChange((state) => this.#follow(state));
    this.#follow(context.kernel.state);
  }

  /** Whether the cell has run, in the text that it shows, in the Python that is there now. */
  get isCurrent(): boolean {
    const run = this.#run;
    return (
      run !== null &&
      run.ended &&
      !run.stopped &&
      run.source === this.#context.source() &&
      this.#isPresent(run)
    );
  }

  /** What the outputs that the cell shows were made from. */
  get shown(): Shown {
    return this.#shown;
  }

  /** Takes away what earlier runs have shown, unless one goes on. */
  clear(): void {
    const { controls, outputs, ranFirst } = this.#parts;
    if (this.#running || this.#queued) return;
    outputs.begin(false);
    void outputs.finish();
    controls.say("");
    ranFirst.textContent = "";
    this.#shown = { shown: this.#context.lessonSource, version: null };
  }

  queue(): void {
    this.#queued = true;
    this.#parts.ranFirst.textContent = "";
    hideLoss(this.#parts.notices);
    this.#parts.notices.show("blocked", null);
    this.#follow(this.#context.kernel.state);
  }

  /** The run that waited is called off. */
  unqueue(): void {
    this.#queued = false;
    if (!this.#running) this.#parts.controls.say("");
    this.#follow(this.#context.kernel.state);
  }

  waitFor(name: string): void {
    this.#runsFirst = name;
    this.#follow(this.#context.kernel.state);
  }

  start(quiet: boolean): void {
    const { code, notices, outputs } = this.#parts;
    if (!quiet) this.#queued = false;
    this.#running = true;
    this.#runsFirst = null;
    const { generation } = this.#context.kernel;
    const source = this.#context.source();
    this.#run = { source, generation, quiet, ended: false, stopped: false };
    this.#shown = { shown: source, version: "" };
    notices.show("blocked", null);
    code.markError(null);
    outputs.begin(source === this.#context.lessonSource);
    this.#follow(this.#context.kernel.state);
  }

  /** The program asks its reader something. */
  async ask(question: InputPrompt, answer: (answer: InputReply) => void): Promise<void> {
    const { controls, outputs, questions } = this.#parts;
    const run = this.#run;
    await outputs.catchUp();
    if (run !== this.#run || !this.#running) return;
    controls.say("Waiting for your input…");
    questions.ask(question, (given) => {
      controls.say("Running…");
      answer(given);
    });
  }

  /** It begins once more, and with it its outputs. */
  beginAgain(): void {
    this.#parts.outputs.begin(this.#run!.source === this.#context.lessonSource);
  }

  add(output: Output): void {
    this.#parts.outputs.add(output);
  }

  omit(omitted: Omitted): void {
    this.#parts.outputs.omit(omitted);
  }

  async end(end: RunEnd, version: string, ranFirst: string[]): Promise<void> {
    this.#parts.questions.hide();
    if ("locations" in end) {
      this.#shown = { shown: this.#run!.source, version: end.status === "stopped" ? "" : version };
      await this.#finish(end, ranFirst);
    } else {
      this.#lose(end);
    }
    this.#follow(this.#context.kernel.state);
  }

  /** It can't run: the cell called `name`, which it needs, has failed. */
  block(name: string, actions: NoticeAction[]): void {
    this.#queued = false;
    this.#runsFirst = null;
    this.#parts.controls.say("Not run.");
    this.#parts.notices.show(
      "blocked",
      `Not run: ${name}, which this needs, didn't run to its end.`,
      actions,
    );
    this.#follow(this.#context.kernel.state);
  }

  /** Another cell's run failed in code of this one. */
  blame({ line }: SourceLocation): void {
    if (!this.isCurrent || this.#run!.source !== this.#parts.code.source) return;
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
    run.stopped = summary.error?.ename === "KeyboardInterrupt";
    this.#settle(result.status === "ok" ? "done" : result.status);
    controls.say(run.quiet ? "" : summarizeRun(this.#context.cell, result, summary));
    ranFirst.textContent = names.length > 0 ? `Ran first: ${names.join(", ")}.` : "";
    const place = deepestIn(this.#context.cell, result.locations);
    if (!place || result.status === "stopped" || code.source !== run.source) return;
    const { ename, evalue } = summary.error ?? { ename: "Error", evalue: "" };
    const values = this.#valuesOn(place, summary.explanation);
    code.markError({ line: place.line, message: `${ename} on line ${place.line}: ${evalue}`, values });
    controls.offer(`Go to line ${place.line}`, () => void code.focusLine(place.line));
  }

  /** What the names on a line of this cell stood for, if that is the line that the explanation is about. */
  #valuesOn({ line }: SourceLocation, explanation: Explanation | null): string {
    const place = explanation?.location;
    return explanation && place?.cell === this.#context.cell && place.line === line
      ? sayValues(explanation)
      : "";
  }

  #lose(end: LostEnd): void {
    const { controls, loading, notices, outputs } = this.#parts;
    const quiet = this.#run?.quiet ?? false;
    this.#queued = false;
    this.#settle(end.status === "restarted" || end.status === "cancelled" ? null : "error");
    controls.say("");
    switch (end.status) {
      case "cancelled":
        if (!quiet) controls.say("Stopped.");
        return outputs.breakOff();
      case "restarted":
        if (!quiet) controls.say("Stopped.");
        if (!quiet) showLoss(notices, STOPPED[end.by], end.lost, this.#context.rebuilder);
        return outputs.breakOff();
      case "unloaded":
        loading.showProblem(end.problem);
        controls.say("Python could not be loaded.");
        return outputs.breakOff();
      case "died":
        showLoss(notices, end.problem.message, end.lost, this.#context.rebuilder);
        controls.say("Python stopped.");
        return void outputs.finish();
      default:
        end satisfies never;
    }
  }

  #settle(state: Ending | null): void {
    this.#running = false;
    this.#runsFirst = null;
    this.#parts.controls.stopClock();
    this.#ended = state && { state, generation: this.#context.kernel.generation };
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
    return generation === this.#context.kernel.generation;
  }
}
