/** `<gradus-cell>`: a cell of Python that can be edited and run. It composes the parts; none of them knows another. */

import { buildFrame } from "./cell-frame.ts";
import { nameOf } from "./cell-name.ts";
import { CellRun } from "./cell-run.ts";
import { CodeView } from "./code-view.ts";
import { Controls } from "./controls.ts";
import { type EditKeeper, Edits } from "./edits.ts";
import { openInPlayground } from "./handover.ts";
import type { RunEnd } from "./kernel-state.ts";
import type { Lesson, LessonCell } from "./lesson.ts";
import { HelpView } from "./help-view.ts";
import { LoadingView } from "./loading-view.ts";
import { NoticeView } from "./notice.ts";
import { OutputView } from "./outputs.ts";
import { type Preset, PresetButtons } from "./presets.ts";
import type {
  Evaluation,
  InputPrompt,
  InputReply,
  Omitted,
  Output,
  ShownOutputs,
  SourceLocation,
} from "./protocol.ts";
import { InputView } from "./input-view.ts";
import { DraftStorage } from "./storage.ts";

/** The JSON that the page keeps in a cell. */
interface CellData {
  id: string;
  hash: string;
  source: string;
  presets: Preset[];
}

/** Where a cell belongs. */
export interface CellHome {
  lesson: Lesson;
  /** The path of the site and the lesson within it; edits are stored under them. */
  site: string;
  lessonName: string;
  /** What keeps the reader's texts instead of the cell itself; `show` shows one. Such a cell stands alone. */
  keepEdits?: (show: (source: string) => void) => EditKeeper;
}

export class GradusCell extends HTMLElement implements LessonCell {
  #home!: CellHome;
  #data!: CellData;
  #code!: CodeView;
  #controls!: Controls;
  #edits!: EditKeeper;
  #notices!: NoticeView;
  #presets!: PresetButtons;
  #run!: CellRun;
  #help!: HelpView;

  /** Brings the cell to life; call it once, when the cell stands in the page with all that it contains. */
  attach(home: CellHome): void {
    this.#home = home;
    this.#data = JSON.parse(this.querySelector(":scope > script")!.textContent!) as CellData;
    this.#compose();
    home.lesson.add(this);
    this.shadowRoot!.addEventListener("keydown", (event) => this.#onKey(event as KeyboardEvent), {
      capture: true,
    });
    this.#presets.showActive(this.source);
    this.#edits.restore();
  }

  get cellId(): string {
    return this.#data.id;
  }

  /** What a reader is told it is called. */
  get name(): string {
    return nameOf(this.cellId);
  }

  get source(): string {
    return this.#code.source;
  }

  /** Replaces the code, as one step that can be undone; an edit of the reader's is kept. */
  set source(source: string) {
    this.#edits.putAside();
    this.#code.replace(source);
  }

  /** Whether it has run, in the text that it shows, in the Python that is there now. */
  get hasRun(): boolean {
    return this.#run.isCurrent;
  }

  get shownOutputs(): Omit<ShownOutputs, "id"> {
    return { lesson: this.#data.source, ...this.#run.shown };
  }

  /** Runs the cell, after those above it that it needs. */
  run(): void {
    this.#home.lesson.run(this);
  }

  /** Takes away what earlier runs have shown: it belongs to another program. */
  clearOutputs(): void {
    this.#run.clear();
  }

  /** Evaluates an expression in the reader's namespace. */
  evaluate(expression: string): Promise<Evaluation> {
    return this.#home.lesson.kernel.evaluate(expression);
  }

  /** Puts the keyboard's focus on the code. */
  focusCode(): void {
    void this.#code.focus();
  }

  onQueued(): void {
    this.#run.queue();
  }

  onUnqueued(): void {
    this.#run.unqueue();
  }

  onRunningFirst(name: string): void {
    this.#run.waitFor(name);
  }

  onStarted(quiet: boolean): void {
    this.#run.start(quiet);
  }

  onOutput(output: Output): void {
    this.#run.add(output);
  }

  onOmitted(omitted: Omitted): void {
    this.#run.omit(omitted);
  }

  onAsked(question: InputPrompt, answer: (answer: InputReply) => void): void {
    void this.#run.ask(question, answer);
  }

  onBegunAgain(): void {
    this.#run.beginAgain();
  }

  onEnded(end: RunEnd, version: string, ranFirst: string[]): void {
    void this.#run.end(end, version, ranFirst);
  }

  onBlocked(by: LessonCell, runAnyway: () => void): void {
    this.#run.block(by.name, [
      { label: `Go to ${by.name}`, act: () => by.focusCode() },
      { label: "Run anyway", act: runAnyway },
    ]);
  }

  showStale(stale: boolean): void {
    this.toggleAttribute("stale", stale);
    const update = { label: "Update", act: () => this.run() };
    this.#notices.show("stale", stale ? "Out of date: something that this needs has changed." : null, [
      update,
    ]);
  }

  showChanged(names: string[], update: () => void): void {
    const text = `This made out of date: ${names.join(", ")}.`;
    const action = { label: "Update what this changed", act: update };
    this.#notices.show("changed", names.length > 0 ? text : null, [action]);
  }

  onBlamed(location: SourceLocation): void {
    this.#run.blame(location);
  }

  #compose(): void {
    const { id, hash, source, presets } = this.#data;
    const { lesson, site, lessonName, keepEdits } = this.#home;
    const frame = buildFrame(this, id);
    const notices = new NoticeView(frame.notice, () => this.#controls.focus());
    this.#notices = notices;
    this.#code = new CodeView(frame.code, {
      source,
      label: `Python code of cell ${id}`,
      describedBy: frame.hint,
      ask: (question) => lesson.kernel.ask({ ...question, above: lesson.sourcesAbove(this) }),
      onHelp: () => void this.#explain(),
      onChange: () => this.#onChange(),
      onProblem: () => notices.show("editor", "The editor could not be loaded. Touch the code to try again."),
    });
    this.#controls = new Controls(frame.toolbar, {
      run: () => this.run(),
      stop: () => lesson.stop(),
      reset: keepEdits ? null : () => this.#edits.reset(),
      copy: () => this.source,
      more: keepEdits
        ? []
        : [
            { label: "Run all cells above", act: () => lesson.runAbove(this) },
            { label: "Open in playground (new tab)", act: () => this.#openInPlayground() },
          ],
      help: () => void this.#explain(),
    });
    this.#help = new HelpView(frame.help, () => void this.#code.focus());
    this.#presets = new PresetButtons(frame.presets, presets, (preset) => this.#choose(preset));
    const show = (text: string): void => this.#code.replace(text);
    this.#edits =
      keepEdits?.(show) ??
      new Edits({
        source,
        hash,
        presets: presets.map((preset) => preset.source),
        storage: new DraftStorage(site, lessonName, id),
        show,
        tell: (kind, text, actions) => notices.show(kind, text, actions),
      });
    const loading = new LoadingView(frame.loading, () => this.run());
    const outputs = new OutputView(frame.outputs);
    const parts = {
      code: this.#code,
      controls: this.#controls,
      loading,
      notices,
      outputs,
      questions: new InputView(frame.question, () => this.#controls.focus()),
      ranFirst: frame.ranFirst,
    };
    const context = { cell: id, lessonSource: source, kernel: lesson.kernel, rebuilder: lesson.rebuilder };
    this.#run = new CellRun(context, parts, (state) => this.#showState(state));
  }

  #choose(preset: Preset): void {
    this.#edits.putAside();
    this.#code.replace(preset.source, preset.lines);
    this.run();
  }

  async #explain(): Promise<void> {
    const { state } = this.#home.lesson.kernel;
    const found = await this.#code.inspect();
    if (found) this.#help.show(found);
    else this.#help.say(state.name === "ready" ? NOTHING_KNOWN : PYTHON_BUSY);
  }

  #openInPlayground(): void {
    const { lesson, site, lessonName } = this.#home;
    const sources = Object.fromEntries(lesson.listSources());
    const opened = openInPlayground(site, { lesson: lessonName, cell: this.cellId, sources });
    const problem =
      "This browser doesn't let the page hand its code over. Copy it and paste it in the playground.";
    this.#notices.show("playground", opened ? null : problem);
  }

  #onChange(): void {
    this.#edits.changed(this.source);
    this.#presets.showActive(this.source);
    this.#controls.showEdited(this.source !== this.#data.source);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.isComposing) return;
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#code.closeHints();
    this.run();
    if (event.shiftKey) this.#home.lesson.next(this)?.focusCode();
  }

  #showState(state: string): void {
    if (this.getAttribute("state") !== state) this.setAttribute("state", state);
  }
}

const NOTHING_KNOWN =
  "Nothing is known of what stands at the caret. Put the caret on a name, then ask again.";
const PYTHON_BUSY = "Python can tell about names once it has started and nothing is running.";
