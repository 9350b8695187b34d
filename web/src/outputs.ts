/** The outputs of a cell: new ones take the places of the old ones, one by one, so that a page doesn't jump. */

import { OutputLimit } from "./output-limit.ts";
import { isFigure, makeElement, viewDisplay, viewError, type View } from "./output-views.ts";
import type { ErrorOutput, Output, StreamOutput } from "./protocol.ts";
import { TerminalText } from "./terminal-text.ts";

/** What there is to say about a run's outputs without reading them out. */
export interface OutputSummary {
  figures: number;
  error: ErrorOutput | null;
}

/** How long outputs may be laid out within one frame, in milliseconds. */
const FRAME_BUDGET = 8;

export class OutputView {
  readonly #host: HTMLElement;
  /** The author's descriptions and captions of the figures, in order. */
  readonly #alts: string[];
  readonly #captions: (Element | null)[];
  #useAlts = true;
  /** What an earlier run left and no new output has replaced yet. */
  #old: Element[] = [];
  #run = 0;
  #waiting: Output[] = [];
  #frame = 0;
  #limit = new OutputLimit();
  #stream: { name: StreamOutput["name"]; text: TerminalText } | null = null;
  #note: HTMLElement | null = null;
  #settling: Promise<unknown>[] = [];
  #figures = 0;
  #error: ErrorOutput | null = null;

  /** `host` holds the outputs that the page came with. */
  constructor(host: HTMLElement) {
    this.#host = host;
    const figures = [...host.querySelectorAll(".output-image")];
    this.#alts = figures.map((figure) => figure.querySelector("img")?.alt ?? "");
    this.#captions = figures.map((figure) => figure.querySelector("figcaption"));
  }

  /** A run begins. `asWritten`: it runs the author's source, so that the author's descriptions fit its figures. */
  begin(asWritten: boolean): void {
    cancelAnimationFrame(this.#frame);
    this.#run += 1;
    this.#frame = 0;
    this.#useAlts = asWritten;
    this.#old = [...this.#host.children];
    this.#waiting = [];
    this.#settling = [];
    this.#limit = new OutputLimit();
    this.#stream = null;
    this.#note = null;
    this.#figures = 0;
    this.#error = null;
    this.#host.setAttribute("aria-busy", "true");
  }

  /** Shows an output, at the next frame. */
  add(output: Output): void {
    const admitted = this.#limit.admit(output);
    if (admitted) this.#waiting.push(admitted);
    this.#frame ||= requestAnimationFrame(() => this.#showFor(FRAME_BUDGET));
  }

  /** The run is over; resolves when all its outputs are to be seen. */
  async finish(): Promise<OutputSummary> {
    // Not at the next frame: a page in the background has none.
    this.#showFor(Infinity);
    const run = this.#run;
    const summary = { figures: this.#figures, error: this.#error };
    await Promise.all(this.#settling);
    if (run === this.#run) {
      this.#clearOld();
      this.#host.setAttribute("aria-busy", "false");
    }
    return summary;
  }

  /** The run was broken off: what it has shown stays, or else what an earlier one left. */
  breakOff(): void {
    const showedNothing = this.#waiting.length === 0 && this.#old.length === this.#host.childElementCount;
    if (showedNothing) this.#old = [];
    void this.finish();
  }

  #showFor(milliseconds: number): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const start = performance.now();
    let shown = 0;
    while (shown < this.#waiting.length && performance.now() - start < milliseconds)
      this.#show(this.#waiting[shown++]!);
    this.#waiting.splice(0, shown);
    if (this.#waiting.length > 0) this.#frame = requestAnimationFrame(() => this.#showFor(milliseconds));
    else this.#showNotice();
  }

  #show(output: Output): void {
    if (output.output_type === "stream") return this.#showText(output);
    this.#stream = null;
    if (output.output_type === "error") {
      this.#error = output;
      return this.#place(viewError(output));
    }
    if (!isFigure(output)) return this.#place(viewDisplay(output));
    const index = this.#figures++;
    const view = viewDisplay(output, this.#useAlts ? this.#alts[index] : undefined);
    this.#place(Promise.resolve(view).then((figure) => this.#withCaption(figure, index)));
  }

  #showText({ name, text }: StreamOutput): void {
    if (this.#stream?.name !== name) {
      this.#stream = { name, text: new TerminalText() };
      const element = makeElement("pre", "output output-stream");
      element.dataset["name"] = name;
      element.append(this.#stream.text.node);
      this.#place(element);
    }
    this.#stream.text.write(text);
  }

  #withCaption(figure: Element, index: number): Element {
    const caption = this.#captions[index];
    if (caption) figure.append(caption.cloneNode(true));
    return figure;
  }

  /** Puts an output where the oldest old one is; while it isn't ready, the old one stays. */
  #place(view: View): void {
    const place = this.#old.shift() ?? this.#append(makeElement("div", "output"));
    if (view instanceof Element) return place.replaceWith(view);
    const run = this.#run;
    const settled = view.then((element) => {
      if (run === this.#run) place.replaceWith(element);
    });
    this.#settling.push(settled);
  }

  #append(element: Element): Element {
    if (this.#note) this.#note.before(element);
    else this.#host.append(element);
    return element;
  }

  #showNotice(): void {
    const text = this.#limit.notice;
    if (text === "") return;
    this.#note ??= this.#host.appendChild(makeElement("p", "output output-note"));
    this.#note.textContent = text;
  }

  #clearOld(): void {
    for (const element of this.#old) element.remove();
    this.#old = [];
  }
}
