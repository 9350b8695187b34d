/** `<gradus-cell>`: a cell of Python that can be edited and run. It composes the parts; none of them knows another. */

import { type CellData, readCellData } from "./cell-data.ts";
import { CellEvents } from "./cell-events.ts";
import { buildFrame } from "./cell-frame.ts";
import type { CellHome } from "./cell-home.ts";
import { listActions } from "./cell-menu.ts";
import { nameOf } from "./cell-name.ts";
import type { CellPlace } from "./cell-place.ts";
import { CellRun } from "./cell-run.ts";
import { CodeView } from "./code-view.ts";
import { Controls } from "./controls.ts";
import { type EditKeeper, Edits } from "./edits.ts";
import { ForeignCode } from "./foreign-code.ts";
import type { RunEnd } from "./kernel-state.ts";
import type { LessonCell } from "./lesson.ts";
import { HelpView } from "./help-view.ts";
import { LoadingView } from "./loading-view.ts";
import { NoticeView } from "./notice.ts";
import { OutputView } from "./outputs.ts";
import { findPreset } from "./preset-names.ts";
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
import type { LinkedCode } from "./share-link.ts";
import { DraftStorage } from "./storage.ts";

export class GradusCell extends HTMLElement implements LessonCell {
  #home!: CellHome;
  #data!: CellData;
  #code!: CodeView;
  #foreign!: ForeignCode;
  #controls!: Controls;
  #edits!: EditKeeper;
  #notices!: NoticeView;
  #presets!: PresetButtons;
  #run!: CellRun;
  #help!: HelpView;
  #events!: CellEvents;
  readonly isShown = true;

  /** Brings the cell to life; call it once, when the cell stands in the page with all that it contains. */
  attach(home: CellHome, data: CellData = readCellData(this)): void {
    this.#home = home;
    this.#data = data;
    this.#events = new CellEvents(this, data.id);
    this.#compose();
    home.lesson.add(this);
    this.shadowRoot!.addEventListener("keydown", (event) => this.#onKey(event as KeyboardEvent), {
      capture: true,
    });
    this.#presets.showActive(this.source);
    this.#edits.restore();
    this.#events.ready(this.#data.presets);
  }

  /** The cell has left the page for good. */
  detach(): void {
    this.#edits.close?.();
    this.#run.close();
    this.#events.close();
    this.#home.lesson.remove(this);
  }

  get cellId(): string {
    return this.#data.id;
  }

  /** What a reader is told it is called. */
  get name(): string {
    return nameOf(this.cellId);
  }

  /** What a run would take: the text that it shows, unless that came with a link and isn't the reader's yet. */
  get source(): string {
    return this.#foreign.counts;
  }

  /** Replaces the code, as one step that can be undone; an edit of the reader's is kept. */
  set source(source: string) {
    this.#foreign.putAside();
    this.#edits.putAside();
    this.#code.replace(source);
  }

  get place(): CellPlace {
    return this.#home.place ?? { element: this, rank: 0 };
  }

  get presets(): readonly Preset[] {
    return this.#data.presets;
  }

  /** Shows the code of the preset with this label or slug, without running it; false if there is none. */
  setPreset(name: string): boolean {
    const preset = findPreset(this.presets, name);
    if (!preset) return false;
    this.#edits.putAside();
    this.#code.replace(preset.source, preset.lines);
    const text = `This is “${preset.label}”. Run it to see what it gives.`;
    const isNew = preset.source !== this.#run.shown.shown;
    this.#notices.show("preset", isNew ? text : null);
    return true;
  }

  /** Whether the cell shows another text than the lesson's. */
  get isEdited(): boolean {
    return this.source !== this.#data.source;
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

  /** Shows code that came with a link; it doesn't run before the reader runs the cell or takes the code over. */
  offerLinked({ source, preset }: LinkedCode): void {
    this.#foreign.offer(source, preset);
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
    this.#notices.show("preset", null);
    this.#run.start(quiet);
    if (!quiet) this.#events.started(this.source);
  }

  onOutput(output: Output): void {
    this.#run.add(output);
    this.#events.collect(output);
  }

  onOmitted(omitted: Omitted): void {
    this.#run.omit(omitted);
  }

  onAsked(question: InputPrompt, answer: (answer: InputReply) => void): void {
    void this.#run.ask(question, answer);
  }

  onBegunAgain(): void {
    this.#run.beginAgain();
    this.#events.beginAgain();
  }

  onEnded(end: RunEnd, version: string, ranFirst: string[]): void {
    void this.#run.end(end, version, ranFirst).then(() => this.#events.ended(end));
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
    this.#foreign = new ForeignCode({
      cell: id,
      shown: () => this.#code.source,
      show: (text) => this.#code.exchange(text),
      tell: (kind, text, actions) => notices.show(kind, text, actions),
      onAccepted: (text) => {
        this.#edits.putAside();
        this.#edits.changed(text);
      },
    });
    this.#controls = new Controls(frame.toolbar, {
      run: () => this.#runAsReader(),
      stop: () => lesson.stop(),
      reset: keepEdits ? null : () => this.#reset(),
      copy: () => this.#code.source,
      more: listActions({
        cell: this,
        home: this.#home,
        data: this.#data,
        shown: () => this.#code.source,
        say: (text) => this.#controls.say(text),
        complain: (problem) => notices.show("playground", problem),
      }),
      help: () => void this.#explain(),
    });
    this.#help = new HelpView(frame.help, () => void this.#code.focus());
    this.#presets = new PresetButtons(frame.presets, presets, (preset) => this.#choose(preset));
    const show = (text: string): void => {
      this.#foreign.putAside();
      this.#code.replace(text);
    };
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
    const context = {
      cell: id,
      lessonSource: source,
      source: () => this.source,
      kernel: lesson.kernel,
      rebuilder: lesson.rebuilder,
    };
    this.#run = new CellRun(context, parts, (state) => this.#showState(state));
  }

  /** The only way in which code from a link comes to run. */
  #runAsReader(): void {
    this.#foreign.accept();
    this.run();
  }

  #reset(): void {
    if (this.#foreign.isShown) this.#foreign.putAside();
    else this.#edits.reset();
  }

  #choose(preset: Preset): void {
    this.#foreign.putAside();
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

  #onChange(): void {
    const shown = this.#code.source;
    if (this.#foreign.isShown) this.#foreign.changed();
    else this.#edits.changed(shown);
    this.#presets.showActive(shown);
    this.#controls.showEdited(shown !== this.#data.source);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.isComposing) return;
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#code.closeHints();
    this.#runAsReader();
    if (event.shiftKey) this.#home.lesson.next(this)?.focusCode();
  }

  #showState(state: string): void {
    if (this.getAttribute("state") !== state) this.setAttribute("state", state);
  }
}

const NOTHING_KNOWN =
  "Nothing is known of what stands at the caret. Put the caret on a name, then ask again.";
const PYTHON_BUSY = "Python can tell about names once it has started and nothing is running.";
