/** Code that came to a cell with a link: shown, but nobody's until the reader runs it or takes it over. */

import type { NoticeAction } from "./notice.ts";
import { encodeLink } from "./share-link.ts";

export interface ForeignOptions {
  /** The cell's id. */
  cell: string;
  /** The text that the cell shows. */
  shown: () => string;
  /** Shows a text in the cell, with no way back by undo. */
  show: (source: string) => void;
  /** Shows a notice; null takes it away. */
  tell: (kind: string, text: string | null, actions?: NoticeAction[]) => void;
  /** The reader has made this text their own. */
  onAccepted: (source: string) => void;
}

export class ForeignCode {
  readonly #options: ForeignOptions;
  /** The cell's own text, which counts while the foreign one is only shown; null while none is. */
  #own: string | null = null;
  /** The foreign text, with the reader's changes to it, as it was put aside. */
  #aside = "";
  /** The label of the preset that it is said to be. */
  #preset = "";
  /** The text for which the page's address stands. */
  #linked = "";
  #timer = 0;

  constructor(options: ForeignOptions) {
    this.#options = options;
  }

  /** Whether what the cell shows isn't the reader's. */
  get isShown(): boolean {
    return this.#own !== null;
  }

  /** What the cell's code counts as: for its runs, for other cells, for what is stored. */
  get counts(): string {
    return this.#own ?? this.#options.shown();
  }

  /** Shows code that came with a link; `preset` is the label of the preset that it is said to be, or empty. */
  offer(source: string, preset: string): void {
    const own = this.counts;
    if (source === own) return;
    this.#preset = preset;
    this.#linked = source;
    this.#put(source, own);
  }

  /** The reader runs the cell or takes the code over. */
  accept(): void {
    if (this.#own === null) return;
    this.#own = null;
    this.#options.tell(KIND, null);
    forgetLink();
    this.#options.onAccepted(this.#options.shown());
  }

  /** The text shown has changed: the address follows, so that a reload loses nothing and still asks. */
  changed(): void {
    clearTimeout(this.#timer);
    if (this.#options.shown() === this.#linked) return;
    this.#timer = window.setTimeout(() => void this.#follow(), PAUSE);
  }

  /** Shows the cell's own text again, at once; the foreign one can be had back until the page is left. */
  putAside(): void {
    const own = this.#own;
    if (own === null) return;
    this.#aside = this.#options.shown();
    this.#own = null;
    this.#options.show(own);
    const again = { label: "Show the link's code", act: () => this.#put(this.#aside, this.counts) };
    this.#options.tell(KIND, "The code that came with a link is put aside; it has not run.", [again]);
  }

  #put(source: string, own: string): void {
    this.#own = own;
    this.#options.show(source);
    const named = this.#preset === "" ? "" : `, “${this.#preset}”,`;
    const text = `This code${named} came with a link. It runs only if you run this cell. ${UNTIL_THEN}`;
    this.#options.tell(KIND, text, [
      { label: "Use this code", act: () => this.accept() },
      { label: "Show the code from before", act: () => this.putAside() },
    ]);
  }

  async #follow(): Promise<void> {
    if (this.#own === null) return;
    const code = { cell: this.#options.cell, source: this.#options.shown(), preset: this.#preset };
    // Too long for an address: then the reader has to take it over to keep it.
    const hash = await encodeLink(code).catch(() => null);
    if (hash === null || this.#own === null) return;
    history.replaceState(history.state, "", hash);
    this.#linked = code.source;
  }
}

const KIND = "link";
const UNTIL_THEN = "Until then the code from before counts, for other cells and for the outputs below.";

/** Milliseconds without a key after which the address follows. */
const PAUSE = 400;

/** The address no longer stands for what the page shows: reloading it must not bring the link's code back. */
function forgetLink(): void {
  history.replaceState(history.state, "", location.pathname + location.search);
}
