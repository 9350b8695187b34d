/** A reader's edits of one cell: stored as they are made, put aside rather than thrown away, brought back when asked for. */

import { Draft } from "./draft.ts";
import type { NoticeAction } from "./notice.ts";
import type { DraftStorage } from "./storage.ts";

export interface EditsOptions {
  /** The lesson's source, its hash, and the sources of its presets. */
  source: string;
  hash: string;
  presets: readonly string[];
  storage: DraftStorage;
  /** Shows a text in the cell; it comes back through `changed`. */
  show: (source: string) => void;
  /** Shows a notice; null takes it away. */
  tell: (kind: string, text: string | null, actions?: NoticeAction[]) => void;
}

/** What keeps the texts of a cell. */
export interface EditKeeper {
  /** Shows the text that an earlier visit left. */
  restore(): void;
  /** The cell's text has become this. */
  changed(source: string): void;
  /** Another text, not the reader's, is about to be shown: the reader's is kept. */
  putAside(): void;
  /** Shows the text that the cell began with. */
  reset(): void;
  /** The cell has left the page; there are pages that no cell ever leaves. */
  close?(): void;
}

/** Milliseconds without a key after which an edit is stored. */
const PAUSE = 400;

export class Edits implements EditKeeper {
  readonly #options: EditsOptions;
  readonly #draft: Draft;
  #timer = 0;
  readonly #closed = new AbortController();

  constructor(options: EditsOptions) {
    this.#options = options;
    const { source, hash, presets, storage } = options;
    this.#draft = new Draft(hash, [source, ...presets], storage.read());
    const { signal } = this.#closed;
    addEventListener("pagehide", () => this.#store(), { signal });
    document.addEventListener("visibilitychange", () => this.#store(), { signal });
  }

  /** The cell is gone: stores what isn't stored yet. */
  close(): void {
    this.#store();
    this.#closed.abort();
  }

  /** Shows the edit that an earlier visit left, if it still belongs to this version of the lesson. */
  restore(): void {
    if (this.#draft.edit !== null) this.#options.show(this.#draft.edit);
    this.#tell();
  }

  /** The cell's text has changed to this. */
  changed(source: string): void {
    this.#draft.update(source);
    this.#tell();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#store(), PAUSE);
  }

  /** Another text, not the reader's, is about to be shown: the reader's is kept. */
  putAside(): void {
    this.#draft.putAside();
  }

  /** Shows the lesson's text and forgets what is stored; until the page is left the edit can still be brought back. */
  reset(): void {
    this.#draft.putAside();
    this.#options.show(this.#options.source);
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#options.storage.write(null);
  }

  #bringBack(): void {
    const edit = this.#draft.bringBack();
    if (edit !== null) this.#options.show(edit);
  }

  #showLesson(): void {
    this.#draft.putAside();
    this.#options.show(this.#options.source);
  }

  #tell(): void {
    const { tell } = this.#options;
    const { edit, kept, lessonChanged } = this.#draft;
    if (lessonChanged && edit === null && kept !== null) {
      const action = { label: "Show my edit", act: () => this.#bringBack() };
      tell("edits", "This cell's code has changed since you edited it. Your edit is kept.", [action]);
    } else if (lessonChanged) {
      const action = { label: "Show the lesson's new code", act: () => this.#showLesson() };
      tell("edits", "This is your edit of an earlier version of this cell.", [action]);
    } else if (kept !== null) {
      tell("edits", "Your edit is kept.", [{ label: "Bring back my edit", act: () => this.#bringBack() }]);
    } else {
      tell("edits", null);
    }
  }

  #store(): void {
    if (this.#timer === 0) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    const stored = this.#options.storage.write(this.#draft.toStored());
    this.#options.tell(
      "storage",
      stored ? null : "This browser doesn't let the page keep your edit for your next visit.",
    );
  }
}
