/** `<gradus-cell>`: a cell of Python that can be edited and run; this is what pages, lessons and readers see of it. */

import { type CellData, readCellData } from "./cell-data.ts";
import { CellEvents } from "./cell-events.ts";
import type { CellHome } from "./cell-home.ts";
import { nameOf } from "./cell-name.ts";
import { type CellElement, type CellParts, composeParts } from "./cell-parts.ts";
import type { CellPlace } from "./cell-place.ts";
import type { RunEnd } from "./kernel-state.ts";
import type { LessonCell } from "./lesson.ts";
import { findPreset } from "./preset-names.ts";
import type { Preset } from "./presets.ts";
import type {
  Evaluation,
  InputPrompt,
  InputReply,
  Omitted,
  Output,
  ShownOutputs,
  SourceLocation,
} from "./protocol.ts";
import type { LinkedCode } from "./share-link.ts";

export class GradusCell extends HTMLElement implements CellElement {
  #home!: CellHome;
  #data!: CellData;
  #parts!: CellParts;
  #events!: CellEvents;
  readonly isShown = true;

  /** Brings the cell to life; call it once, when the cell stands in the page with all that it contains. */
  attach(home: CellHome, data: CellData = readCellData(this)): void {
    this.#home = home;
    this.#data = data;
    this.#events = new CellEvents(this, data.id);
    this.#parts = composeParts(this, home, data);
    home.lesson.add(this);
    this.shadowRoot!.addEventListener("keydown", (event) => this.#onKey(event as KeyboardEvent), {
      capture: true,
    });
    this.#parts.presets.showActive(this.source);
    this.#parts.edits.restore();
    this.#events.ready(this.#data.presets);
  }

  /** The cell has left the page for good. */
  detach(): void {
    this.#parts.edits.close?.();
    this.#parts.run.close();
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
    return this.#parts.foreign.counts;
  }

  /** Replaces the code, as one step that can be undone; an edit of the reader's is kept. */
  set source(source: string) {
    this.#parts.replace(source);
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
    this.#parts.replace(preset.source, preset.lines);
    const text = `This is “${preset.label}”. Run it to see what it gives.`;
    const isNew = preset.source !== this.#parts.run.shown.shown;
    this.#parts.notices.show("preset", isNew ? text : null);
    return true;
  }

  /** Whether the cell shows another text than the lesson's. */
  get isEdited(): boolean {
    return this.source !== this.#data.source;
  }

  /** Whether it has run, in the text that it shows, in the Python that is there now. */
  get hasRun(): boolean {
    return this.#parts.run.isCurrent;
  }

  get shownOutputs(): Omit<ShownOutputs, "id"> {
    return { lesson: this.#data.source, ...this.#parts.run.shown };
  }

  /** Runs the cell, after those above it that it needs. */
  run(): void {
    this.#home.lesson.run(this);
  }

  /** Takes away what earlier runs have shown: it belongs to another program. */
  clearOutputs(): void {
    this.#parts.run.clear();
  }

  /** Evaluates an expression in the reader's namespace. */
  evaluate(expression: string): Promise<Evaluation> {
    return this.#home.lesson.kernel.evaluate(expression);
  }

  /** Shows code that came with a link; it doesn't run before the reader runs the cell or takes the code over. */
  offerLinked({ source, preset }: LinkedCode): void {
    this.#parts.foreign.offer(source, preset);
  }

  /** Puts the keyboard's focus on the code. */
  focusCode(): void {
    void this.#parts.code.focus();
  }

  onQueued(): void {
    this.#parts.run.queue();
  }

  onUnqueued(): void {
    this.#parts.run.unqueue();
  }

  onRunningFirst(name: string): void {
    this.#parts.run.waitFor(name);
  }

  onStarted(quiet: boolean): void {
    this.#parts.notices.show("preset", null);
    this.#parts.run.start(quiet);
    if (!quiet) this.#events.started(this.source);
  }

  onOutput(output: Output): void {
    this.#parts.run.add(output);
    this.#events.collect(output);
  }

  onOmitted(omitted: Omitted): void {
    this.#parts.run.omit(omitted);
  }

  onAsked(question: InputPrompt, answer: (answer: InputReply) => void): void {
    void this.#parts.run.ask(question, answer);
  }

  onBegunAgain(): void {
    this.#parts.run.beginAgain();
    this.#events.beginAgain();
  }

  onEnded(end: RunEnd, version: string, ranFirst: string[]): void {
    void this.#parts.run.end(end, version, ranFirst).then(() => this.#events.ended(end));
  }

  onBlocked(by: LessonCell, runAnyway: () => void): void {
    this.#parts.run.block(by.name, [
      { label: `Go to ${by.name}`, act: () => by.focusCode() },
      { label: "Run anyway", act: runAnyway },
    ]);
  }

  showStale(stale: boolean): void {
    this.toggleAttribute("stale", stale);
    const update = { label: "Update", act: () => this.run() };
    this.#parts.notices.show("stale", stale ? "Out of date: something that this needs has changed." : null, [
      update,
    ]);
  }

  showChanged(names: string[], update: () => void): void {
    const text = `This made out of date: ${names.join(", ")}.`;
    const action = { label: "Update what this changed", act: update };
    this.#parts.notices.show("changed", names.length > 0 ? text : null, [action]);
  }

  onBlamed(location: SourceLocation): void {
    this.#parts.run.blame(location);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.isComposing) return;
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    // A key that is held down is one press.
    if (event.repeat) return;
    this.#parts.code.closeHints();
    this.#parts.runAsReader();
    if (event.shiftKey) this.#home.lesson.next(this)?.focusCode();
  }
}
