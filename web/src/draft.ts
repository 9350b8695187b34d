/** What a reader has written in a cell, and which of the lesson's and the reader's texts is to be shown. */

/** A cell's edits as they are stored. */
export interface StoredDraft {
  /** Of the lesson's source that was edited. */
  hash: string;
  /** The reader's text, if that is what the cell shows. */
  edit: string | null;
  /** The reader's texts that something else took the place of; the latest first. */
  kept: string[];
}

/** Further back a reader has the editor's undo. */
const MOST_KEPT = 10;

export class Draft {
  /** Whether the lesson's source is another than the one that the stored edit was made on. */
  readonly lessonChanged: boolean;
  readonly #hash: string;
  readonly #given: ReadonlySet<string>;
  #edit: string | null;
  #kept: string[];

  /** `given` are the texts that aren't the reader's own: the lesson's source and those of its presets. */
  constructor(hash: string, given: Iterable<string>, stored: StoredDraft | null) {
    this.#hash = hash;
    this.#given = new Set(given);
    this.#edit = stored?.edit ?? null;
    this.#kept = [...(stored?.kept ?? [])];
    this.lessonChanged = stored !== null && stored.hash !== hash && this.#edit !== null;
    // An edit of an older version must not hide the lesson's new text.
    if (this.lessonChanged) this.putAside();
  }

  /** The reader's text to show; null to show the lesson's. */
  get edit(): string | null {
    return this.#edit;
  }

  /** The latest text put aside, which `bringBack` would give. */
  get kept(): string | null {
    return this.#kept[0] ?? null;
  }

  /** The cell's text has become `source`, by whatever hand. */
  update(source: string): void {
    this.#edit = this.#given.has(source) ? null : source;
  }

  /** Keeps the reader's text, if it is that which the cell shows, because another is about to take its place. */
  putAside(): void {
    if (this.#edit === null) return;
    const edit = this.#edit;
    this.#kept = [edit, ...this.#kept.filter((text) => text !== edit)].slice(0, MOST_KEPT);
    this.#edit = null;
  }

  /** The latest text put aside becomes the one to show; a text of the reader's that it replaces goes to the end. */
  bringBack(): string | null {
    const text = this.#kept.shift();
    if (text === undefined) return null;
    if (this.#edit !== null) this.#kept.push(this.#edit);
    this.#edit = text;
    return text;
  }

  /** What to store; null when the reader has written nothing. */
  toStored(): StoredDraft | null {
    if (this.#edit === null && this.#kept.length === 0) return null;
    return { hash: this.#hash, edit: this.#edit, kept: this.#kept };
  }
}
