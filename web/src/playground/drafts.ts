/** Saving, naming and deleting drafts, and the panel that lists them. */

import type { NoticeView } from "../notice.ts";
import { showDrafts } from "./draft-list.ts";
import { Naming } from "./naming.ts";
import type { Present } from "./present.ts";
import { nameText, type Shelf, type StoredText } from "./shelf.ts";

export class Drafts {
  readonly #shelf: Shelf;
  readonly #present: Present;
  readonly #notices: NoticeView;
  readonly #naming: Naming;
  readonly #panel: HTMLElement;
  readonly #list: HTMLElement;
  readonly #open: (text: StoredText) => void;

  /** `open` shows a stored text in the cell. */
  constructor(
    part: HTMLElement,
    shelf: Shelf,
    present: Present,
    notices: NoticeView,
    open: (text: StoredText) => void,
  ) {
    this.#shelf = shelf;
    this.#present = present;
    this.#notices = notices;
    this.#open = open;
    this.#panel = part.querySelector("#drafts")!;
    this.#list = part.querySelector("#draft-list")!;
    const isTaken = (name: string): boolean => shelf.list().some((text) => text.name === name);
    this.#naming = new Naming(part.querySelector("#naming")!, isTaken);
    part.querySelector("#save")!.addEventListener("click", () => this.#save());
    part.querySelector("#save-as")!.addEventListener("click", () => this.#saveAs());
    shelf.onForeignChange(() => this.follow());
  }

  /** Brings the list up to date, while it is shown. */
  follow(): void {
    if (this.#panel.hidden) return;
    const { draft, work } = this.#present;
    showDrafts(this.#list, this.#shelf.list(), this.#present.isEdited ? work : draft, {
      open: (text) => this.#open(this.#shelf.read(text.id) ?? text),
      rename: (text) => this.#rename(text),
      remove: (text) => this.#remove(text),
    });
  }

  #save(): void {
    const { draft } = this.#present;
    const exists = draft !== null && this.#shelf.read(draft) !== null;
    if (exists) this.#tellSaved(this.#present.save());
    else this.#saveAs();
  }

  #saveAs(): void {
    const proposal = this.#present.title;
    this.#naming.ask("Save as", proposal, (name) => this.#tellSaved(this.#present.saveAs(name)));
  }

  #tellSaved(saved: boolean): void {
    const text = saved
      ? `Saved as “${this.#present.title}”.`
      : "This browser could not save the draft. Your code is still here: download it as a file.";
    this.#notices.show("saved", text);
  }

  #rename(text: StoredText): void {
    const present = !this.#isStored(text);
    this.#naming.ask(`Name for “${nameText(text)}”`, text.name ?? text.origin, (name) => {
      // An edit that is open now becomes the draft that is open.
      if (present) return this.#tellSaved(this.#present.saveAs(name));
      const latest = this.#shelf.read(text.id) ?? text;
      if (!this.#shelf.write({ ...latest, name })) return this.#tellSaved(false);
      this.#present.rename(text.id, name);
      this.follow();
    });
  }

  /** Whether it isn't the edit that is open. */
  #isStored({ id }: StoredText): boolean {
    return id !== this.#present.work;
  }

  #remove(text: StoredText): void {
    // The edit that is open gives way to an empty start first.
    if (!this.#isStored(text)) this.#present.open({ title: "", base: "" });
    const removed = this.#shelf.read(text.id) ?? text;
    this.#shelf.remove(text.id);
    this.#present.forget(text.id);
    this.follow();
    const undo = (): void => {
      this.#shelf.keep(removed);
      this.#notices.show("deleted", null);
      this.follow();
    };
    this.#notices.show("deleted", `“${nameText(removed)}” is deleted.`, [{ label: "Undo", act: undo }]);
  }
}
