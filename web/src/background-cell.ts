/** A cell that runs for others' sake where nobody sees it: a lesson's other cells, in an embed of one. */

import type { CellPlace } from "./cell-place.ts";
import { nameOf } from "./cell-name.ts";
import type { RunEnd } from "./kernel-state.ts";
import type { LessonCell } from "./lesson.ts";
import type { InputPrompt, InputReply, ShownOutputs } from "./protocol.ts";

/** What there is to know of such a cell. */
export interface BackgroundFacts {
  id: string;
  source: string;
  place: CellPlace;
  /** Where a reader can see it. */
  url: string;
}

export class BackgroundCell implements LessonCell {
  readonly isShown = false;
  readonly #facts: BackgroundFacts;
  /** Counts the Pythons there have been; see `KernelClient`. */
  readonly #generation: () => number;
  #ranIn: number | null = null;
  #version: string | null = null;

  constructor(facts: BackgroundFacts, generation: () => number) {
    this.#facts = facts;
    this.#generation = generation;
  }

  get cellId(): string {
    return this.#facts.id;
  }

  get name(): string {
    return nameOf(this.cellId);
  }

  get place(): CellPlace {
    return this.#facts.place;
  }

  get source(): string {
    return this.#facts.source;
  }

  get hasRun(): boolean {
    return this.#ranIn === this.#generation();
  }

  get shownOutputs(): Omit<ShownOutputs, "id"> {
    return { lesson: this.source, shown: this.source, version: this.#version };
  }

  onStarted(): void {
    this.#ranIn = null;
    this.#version = "";
  }

  onEnded(end: RunEnd, version: string): void {
    if (!("locations" in end) || end.status === "stopped") return;
    this.#ranIn = this.#generation();
    this.#version = version;
  }

  /** Nobody is there to answer. */
  onAsked(_question: InputPrompt, answer: (answer: InputReply) => void): void {
    answer({ end: "input" });
  }

  /** Opens the lesson where the cell can be seen. */
  focusCode(): void {
    open(this.#facts.url, "_blank", "noopener");
  }

  // What only shows itself in a cell that is seen.
  onQueued(): void {}
  onUnqueued(): void {}
  onRunningFirst(): void {}
  onOutput(): void {}
  onOmitted(): void {}
  onBegunAgain(): void {}
  onBlocked(): void {}
  onBlamed(): void {}
  showStale(): void {}
  showChanged(): void {}
}
