/** The text that is open in the playground: stored as it is typed, and never thrown away when another is opened. */

import type { EditKeeper } from "../edits.ts";
import type { Place, PlaceStorage } from "./place.ts";
import { makeId, type Shelf, type StoredText } from "./shelf.ts";

/** Something to open; `text` where it isn't as it was given, such as a cell that was edited in its lesson. */
export interface Opening {
  title: string;
  base: string;
  text?: string;
}

/** Milliseconds without a key after which an edit is stored. */
const PAUSE = 400;

export class Present implements EditKeeper {
  readonly #shelf: Shelf;
  readonly #places: PlaceStorage;
  readonly #show: (text: string) => void;
  /** Called whenever its title, its state or whether it could be stored may have changed. */
  readonly #onChange: () => void;
  #place: Place;
  #text: string;
  #timer = 0;

  constructor(shelf: Shelf, places: PlaceStorage, show: (text: string) => void, onChange: () => void) {
    this.#shelf = shelf;
    this.#places = places;
    this.#show = show;
    this.#onChange = onChange;
    this.#place = places.read() ?? makePlace({ title: "", base: "" });
    // From now on a reload finds the edits of what is open.
    places.write(this.#place);
    this.#text = shelf.read(this.#place.work)?.text ?? this.#place.base;
    shelf.onForeignChange((id) => this.#yield(id));
    addEventListener("pagehide", () => this.store());
    document.addEventListener("visibilitychange", () => this.store());
  }

  get title(): string {
    return this.#place.title;
  }

  get text(): string {
    return this.#text;
  }

  /** Whether it isn't as it was opened or saved. */
  get isEdited(): boolean {
    return this.#text !== this.#place.base;
  }

  /** The id of the draft that is open, if it is one. */
  get draft(): string | null {
    return this.#place.draft;
  }

  /** The id under which the edit is stored. */
  get work(): string {
    return this.#place.work;
  }

  restore(): void {
    this.#show(this.#text);
    this.#onChange();
  }

  changed(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.store(), PAUSE);
    this.#onChange();
  }

  /** A text of nobody's is about to take the place of this one. */
  putAside(): void {
    this.#leave();
    this.#place = makePlace({ title: "", base: "" });
    this.#places.write(this.#place);
  }

  /** The cell has no Reset here; a new text is an opening. */
  reset(): void {
    this.open({ title: "", base: "" });
  }

  /** Opens something; gives the edit that it takes the place of, as it is kept. */
  open(opening: Opening): StoredText | null {
    return this.#moveTo(makePlace(opening), opening.text ?? opening.base);
  }

  /** Opens a draft, or an edit that was put aside. */
  openStored(stored: StoredText): StoredText | null {
    const { id, name, origin, text } = stored;
    if (name === null) return this.#moveTo({ title: origin, base: "", draft: null, work: id }, text);
    return this.#moveTo({ title: name, base: text, draft: id, work: makeId() }, text);
  }

  /** Stores the text as the draft that is open; false when the browser didn't. */
  save(): boolean {
    const earlier = this.#place.draft === null ? null : this.#shelf.read(this.#place.draft);
    if (!earlier) return false;
    // Another tab may have saved another text meanwhile.
    if (earlier.text !== this.#place.base && earlier.text !== this.#text)
      this.#shelf.keep({ ...earlier, id: makeId(), name: null, origin: earlier.name ?? "" });
    return this.#saveAs({ ...earlier, text: this.#text, changed: Date.now() });
  }

  /** Stores the text as a new draft; false when the browser didn't. */
  saveAs(name: string): boolean {
    const { title } = this.#place;
    return this.#saveAs({ id: makeId(), name, origin: title, text: this.#text, changed: Date.now() });
  }

  /** A draft has been given another name. */
  rename(id: string, name: string): void {
    if (this.#place.draft !== id) return;
    this.#place = { ...this.#place, title: name };
    this.#places.write(this.#place);
    this.#onChange();
  }

  /** A draft is gone; if it is the open one, its text stays, as an edit. */
  forget(id: string): void {
    if (this.#place.draft !== id) return;
    this.#place = { ...this.#place, draft: null, base: "" };
    this.#places.write(this.#place);
    this.store();
    this.#onChange();
  }

  /** Stores the text now. */
  store(): void {
    clearTimeout(this.#timer);
    const { work, title } = this.#place;
    const stored = this.#shelf.read(work);
    if (!this.isEdited) {
      if (stored) this.#shelf.remove(work);
    } else if (stored?.text !== this.#text || !this.#shelf.isStored) {
      this.#shelf.keep({ id: work, name: null, origin: title, text: this.#text, changed: Date.now() });
    } else return;
    this.#onChange();
  }

  #saveAs(draft: StoredText): boolean {
    if (!this.#shelf.write(draft)) return false;
    this.#shelf.remove(this.#place.work);
    this.#place = { title: draft.name ?? "", base: draft.text, draft: draft.id, work: makeId() };
    this.#places.write(this.#place);
    this.#onChange();
    return true;
  }

  #moveTo(place: Place, text: string): StoredText | null {
    const kept = this.#leave();
    this.#place = place;
    this.#text = text;
    this.#places.write(place);
    this.#show(text);
    this.store();
    this.#onChange();
    return kept;
  }

  /** Keeps the text, if it is an edit and not blank; gives it as it is kept. */
  #leave(): StoredText | null {
    this.store();
    const kept = this.isEdited ? this.#shelf.read(this.#place.work) : null;
    if (!kept) return null;
    const same = this.#shelf.list().filter(({ id, text }) => id !== kept.id && text === kept.text);
    if (kept.text.trim() === "" || same.some(({ name }) => name !== null)) {
      this.#shelf.remove(kept.id);
      return null;
    }
    for (const { id } of same) this.#shelf.remove(id);
    return kept;
  }

  /** Another tab has the same edit open and goes on with it: this tab's text is kept beside it. */
  #yield(id: string): void {
    if (id !== this.#place.work || this.#shelf.read(id)?.text === this.#text) return;
    this.#place = { ...this.#place, work: makeId() };
    this.#places.write(this.#place);
    this.store();
  }
}

function makePlace({ title, base }: Opening): Place {
  return { title, base, draft: null, work: makeId() };
}
