/** The outputs of a cell: new ones take the places of the old ones, one by one, so that a page doesn't jump. */

import { OutputQueue } from "./output-queue.ts";
import { foldTraceback } from "./explanation-view.ts";
import { findExplanation, isFigure, makeElement, viewDisplay, viewError, type View } from "./output-views.ts";
import type { ErrorOutput, Explanation, Omitted, Output, StreamOutput } from "./protocol.ts";
import { TerminalText } from "./terminal-text.ts";

/** What there is to say about a run's outputs without reading them out. */
export interface OutputSummary {
  figures: number;
  error: ErrorOutput | null;
  /** What the reader is told about the run, if anything. */
  explanation: Explanation | null;
}

export class OutputView {
  readonly #host: HTMLElement;
  /** The author's descriptions and captions of the figures, in order. */
  readonly #alts: string[];
  readonly #captions: (Element | null)[];
  #useAlts = true;
  /** What an earlier run left and no new output has replaced yet. */
  #old: Element[] = [];
  #run = 0;
  readonly #queue = new OutputQueue((output) => this.#show(output));
  #stream: { name: StreamOutput["name"]; text: TerminalText } | null = null;
  #note: HTMLElement | null = null;
  #settling: Promise<unknown>[] = [];
  #figures = 0;
  #error: ErrorOutput | null = null;
  #errorView: Element | null = null;
  #explanation: Explanation | null = null;

  /** `host` holds the outputs that the page came with. */
  constructor(host: HTMLElement) {
    this.#host = host;
    const figures = [...host.querySelectorAll(".output-image")];
    this.#alts = figures.map((figure) => figure.querySelector("img")?.alt ?? "");
    this.#captions = figures.map((figure) => figure.querySelector("figcaption"));
  }

  /** A run begins. `asWritten`: it runs the author's source, so that the author's descriptions fit its figures. */
  begin(asWritten: boolean): void {
    this.#run += 1;
    this.#queue.clear();
    this.#useAlts = asWritten;
    this.#old = [...this.#host.children];
    this.#settling = [];
    this.#stream = null;
    this.#note = null;
    this.#figures = 0;
    this.#error = this.#errorView = this.#explanation = null;
    this.#host.setAttribute("aria-busy", "true");
  }

  /** Shows an output, as soon as a frame has room for it. */
  add(output: Output): void {
    this.#queue.add(output);
  }

  /** Says how much was too much to show. */
  omit(omitted: Omitted): void {
    this.#note ??= this.#host.appendChild(makeElement("p", "output output-note"));
    this.#note.textContent = describeOmitted(omitted);
  }

  /** The run waits for its reader: shows all it has put out, and nothing that an earlier run left. */
  async catchUp(): Promise<void> {
    const run = this.#run;
    await this.#queue.drain();
    await Promise.all(this.#settling);
    if (run === this.#run) this.#clearOld();
  }

  /** The run is over; resolves when all its outputs are to be seen. */
  async finish(): Promise<OutputSummary> {
    const run = this.#run;
    await this.#queue.drain();
    await Promise.all(this.#settling);
    if (run === this.#run) {
      this.#clearOld();
      this.#letKeyboardScroll();
      this.#host.setAttribute("aria-busy", "false");
    }
    return { figures: this.#figures, error: this.#error, explanation: this.#explanation };
  }

  /** The run was broken off: what it has shown stays, or else what an earlier one left. */
  breakOff(): void {
    const showedNothing = this.#queue.isEmpty && this.#old.length === this.#host.childElementCount;
    if (showedNothing) this.#old = [];
    void this.finish();
  }

  #show(output: Output): void {
    if (output.output_type === "stream") return this.#showText(output);
    this.#stream = null;
    if (output.output_type === "error") {
      this.#error = output;
      this.#errorView = viewError(output);
      return this.#place(this.#errorView);
    }
    const explanation = findExplanation(output);
    this.#explanation ??= explanation;
    if (explanation?.about === "error" && this.#errorView) return this.#explainError(viewDisplay(output));
    if (!isFigure(output)) return this.#place(viewDisplay(output));
    const index = this.#figures++;
    const view = viewDisplay(output, this.#useAlts ? this.#alts[index] : undefined);
    this.#place(Promise.resolve(view).then((figure) => this.#withCaption(figure, index)));
  }

  #showText({ name, text }: StreamOutput): void {
    if (this.#stream?.name !== name) {
      const element = makeElement("pre", "output output-stream");
      element.dataset["name"] = name;
      this.#stream = { name, text: new TerminalText(element) };
      this.#place(element);
    }
    this.#stream.text.write(text);
  }

  /** In plain words first, then as Python prints it. */
  #explainError(view: View): void {
    if (!(view instanceof Element)) return this.#place(view);
    this.#old.shift()?.remove();
    foldTraceback(this.#errorView!, this.#error!);
    this.#errorView!.before(view);
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

  /** Safari doesn't give the focus to what scrolls, unless it is told to. */
  #letKeyboardScroll(): void {
    for (const text of this.#host.querySelectorAll("pre")) {
      if (text.scrollHeight > text.clientHeight || text.scrollWidth > text.clientWidth) text.tabIndex = 0;
    }
  }

  #clearOld(): void {
    for (const element of this.#old) element.remove();
    this.#old = [];
  }
}

function describeOmitted({ lines, characters, results }: Omitted): string {
  const count = (number: number, noun: string): string =>
    number === 0 ? "" : `${number.toLocaleString("en")} more ${noun}${number === 1 ? "" : "s"}`;
  const text = count(lines, "line") || count(characters, "character");
  return `Left out: ${[text, count(results, "result")].filter(Boolean).join(" and ")}.`;
}
