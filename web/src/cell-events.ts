/** Tells the page around a cell what happens in it, by events on the cell that bubble up to the document. */

import type { EventDetails, NotebookOutput, ResultStatus } from "./host-api.ts";
import type { RunEnd } from "./kernel-state.ts";
import { slugOf } from "./preset-names.ts";
import type { Output } from "./protocol.ts";

export class CellEvents {
  readonly #host: HTMLElement;
  readonly #cell: string;
  readonly #sizes: ResizeObserver;
  #height = 0;
  /** What the present run has put out; null while there is none that anybody asked for. */
  #outputs: Output[] | null = null;

  /** `cell` is its name in what is told. */
  constructor(host: HTMLElement, cell: string) {
    this.#host = host;
    this.#cell = cell;
    this.#sizes = new ResizeObserver(() => this.#measure());
  }

  /** The cell can be used. */
  ready(presets: readonly { label: string }[]): void {
    const named = presets.map(({ label }) => ({ label, slug: slugOf(label) }));
    this.#tell("ready", { cell: this.#cell, presets: named });
    this.#sizes.observe(this.#host);
  }

  /** A run begins that somebody asked for. */
  started(source: string): void {
    this.#outputs = [];
    this.#tell("run", { cell: this.#cell, source });
  }

  collect(output: Output): void {
    this.#outputs?.push(output);
  }

  /** The run begins once more, and its outputs with it. */
  beginAgain(): void {
    if (this.#outputs) this.#outputs = [];
  }

  /** The run is over, and all its outputs are to be seen. */
  ended(end: RunEnd): void {
    const outputs = this.#outputs as NotebookOutput[] | null;
    this.#outputs = null;
    if (!outputs) return;
    const status: ResultStatus = "locations" in end ? end.status : "lost";
    const count = "locations" in end ? end.execution_count : null;
    this.#tell("result", { cell: this.#cell, status, count, outputs });
  }

  close(): void {
    this.#sizes.disconnect();
  }

  #measure(): void {
    const height = Math.ceil(this.#host.getBoundingClientRect().height);
    if (height === this.#height) return;
    this.#height = height;
    this.#tell("resize", { cell: this.#cell, height });
  }

  #tell<Name extends keyof EventDetails>(name: Name, detail: EventDetails[Name]): void {
    this.#host.dispatchEvent(new CustomEvent(`gradus-${name}`, { bubbles: true, detail }));
  }
}
