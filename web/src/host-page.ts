/** The cells on somebody else's page: one Python for all of them, which ends when the last one has gone. */

import { BackgroundCell } from "./background-cell.ts";
import { type CellData, readCellData } from "./cell-data.ts";
import type { CellPlace } from "./cell-place.ts";
import { fetchConfig, ROOT } from "./host-site.ts";
import { KernelClient } from "./kernel-client.ts";
import { Lesson } from "./lesson.ts";
import { ownPython } from "./own-python.ts";

export class HostPage {
  static #current: HostPage | null = null;
  readonly #elements = new Set<Element>();
  readonly #groups = new Map<string, LessonGroup>();
  readonly #ids = new Set<string>();
  #lesson: Promise<Lesson> | null = null;
  #ended = false;

  /**
   * The page that an element belongs to which has just come.
   *
   * Where all that came before has gone, the host has put another page in the place of the one before, as sites do
   * that never load anew: that page begins with no variables.
   */
  static take(element: Element): HostPage {
    const known = HostPage.#current;
    const lives = known && !known.#ended && [...known.#elements].some((other) => other.isConnected);
    const page = lives ? known : new HostPage();
    HostPage.#current = page;
    page.#elements.add(element);
    return page;
  }

  /** Its cells and their Python, which starts when first needed. */
  lesson(): Promise<Lesson> {
    this.#lesson ??= this.#open().catch((error: unknown) => {
      this.#lesson = null;
      throw error;
    });
    return this.#lesson;
  }

  /** A name for a cell that no other on the page has. */
  claimId(wanted: string): string {
    let id = wanted;
    for (let number = 2; this.#ids.has(id); number++) id = `${wanted}-${number}`;
    this.#ids.add(id);
    return id;
  }

  /** The cells of one of our lessons, which belong together wherever the page shows them. */
  group(lesson: Lesson, name: string, document: Document, anchor: Element): LessonGroup {
    const known = this.#groups.get(name);
    if (known) return known;
    const cells = [...document.querySelectorAll("gradus-cell")].map(readCellData);
    const group = new LessonGroup(lesson, new URL(`${name}/`, ROOT).href, cells, anchor, (id) =>
      this.claimId(id),
    );
    this.#groups.set(name, group);
    return group;
  }

  /** An element has gone for good. */
  leave(element: Element): void {
    this.#elements.delete(element);
    if (this.#elements.size > 0) return;
    this.#ended = true;
    void this.#lesson?.then((lesson) => lesson.kernel.close());
  }

  async #open(): Promise<Lesson> {
    const { worker, runtime, imports } = await fetchConfig();
    return new Lesson(new KernelClient(ownPython(worker, runtime)), imports);
  }
}

/** The cells of one lesson on a page: those that are shown, and the others in the background. */
export class LessonGroup {
  readonly #lesson: Lesson;
  readonly #url: string;
  readonly #anchor: Element;
  readonly #cells: CellData[];
  readonly #background = new Map<string, BackgroundCell>();
  readonly #ids = new Map<string, string>();

  constructor(
    lesson: Lesson,
    url: string,
    cells: CellData[],
    anchor: Element,
    claimId: (id: string) => string,
  ) {
    this.#lesson = lesson;
    this.#url = url;
    this.#anchor = anchor;
    this.#cells = cells;
    for (const { id } of cells) {
      this.#ids.set(id, claimId(id));
      this.hide(id);
    }
  }

  get names(): string[] {
    return this.#cells.map(({ id }) => id);
  }

  /** Where a cell of this lesson stands, in the lesson's order. */
  place(id: string): CellPlace {
    return { element: this.#anchor, rank: this.names.indexOf(id) };
  }

  /** A cell is about to be shown; gives its id on this page, or null if it is shown already. */
  show(id: string): string | null {
    const background = this.#background.get(id);
    if (!background) return null;
    this.#background.delete(id);
    this.#lesson.remove(background);
    return this.#ids.get(id)!;
  }

  /** A cell isn't shown, or no longer: it runs where others need it. */
  hide(id: string): void {
    const { source } = this.#cells.find((cell) => cell.id === id)!;
    const facts = { id: this.#ids.get(id)!, source, place: this.place(id), url: `${this.#url}#cell-${id}` };
    const background = new BackgroundCell(facts, () => this.#lesson.kernel.generation);
    this.#background.set(id, background);
    this.#lesson.add(background);
  }
}
