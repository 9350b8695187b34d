/** Chooses a lesson's cell or preset: three lists, each of what the one before leaves. */

import { type Catalog, type CatalogCell, type CatalogLesson, composeProgram, listCells } from "./catalog.ts";
import type { Opening } from "./present.ts";

export class Picker {
  readonly #catalog: Catalog;
  readonly #form: HTMLFormElement;
  readonly #lesson: HTMLSelectElement;
  readonly #cell: HTMLSelectElement;
  readonly #preset: HTMLSelectElement;
  readonly #status: HTMLElement;
  #lessons: CatalogLesson[] = [];

  constructor(catalog: Catalog, form: HTMLFormElement, onChoose: (opening: Opening) => void) {
    this.#catalog = catalog;
    this.#form = form;
    this.#lesson = form.querySelector("#pick-lesson")!;
    this.#cell = form.querySelector("#pick-cell")!;
    this.#preset = form.querySelector("#pick-preset")!;
    this.#status = form.querySelector("#picker-status")!;
    this.#lesson.addEventListener("change", () => this.#showCells());
    this.#cell.addEventListener("change", () => this.#showPresets());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const opening = this.#chosen;
      if (opening) onChoose(opening);
      else void this.load();
    });
  }

  /** Fills the lists, if they aren't yet. */
  async load(): Promise<void> {
    if (this.#lessons.length > 0) return;
    this.#status.textContent = "Loading…";
    this.#form.querySelector("button")!.textContent = "Open";
    try {
      this.#lessons = await this.#catalog.load();
    } catch {
      this.#status.textContent = "The list of cells could not be loaded.";
      this.#form.querySelector("button")!.textContent = "Try again";
      return;
    }
    this.#status.textContent = "";
    this.#lesson.replaceChildren(...this.#lessons.map(({ title }, index) => new Option(title, `${index}`)));
    this.#showCells();
  }

  get #chosenLesson(): CatalogLesson | undefined {
    return this.#lessons[Number(this.#lesson.value)];
  }

  get #chosenCell(): CatalogCell | undefined {
    return this.#chosenLesson && listCells(this.#chosenLesson)[Number(this.#cell.value)];
  }

  get #chosen(): Opening | null {
    const lesson = this.#chosenLesson;
    const cell = this.#chosenCell;
    if (!lesson || !cell) return null;
    const preset = cell.presets[Number(this.#preset.value)];
    const title = preset ? `${cell.title}: ${preset.label}` : cell.title;
    return { title, base: composeProgram(lesson, preset ?? cell) };
  }

  #showCells(): void {
    let number = 0;
    const groups = (this.#chosenLesson?.sections ?? []).map(({ title, cells }) => {
      const group = document.createElement("optgroup");
      group.label = title;
      group.append(...cells.map((cell) => new Option(cell.title, `${number++}`)));
      return group;
    });
    this.#cell.replaceChildren(...groups);
    this.#showPresets();
  }

  #showPresets(): void {
    const presets = this.#chosenCell?.presets ?? [];
    const options = presets.map(({ label, changes }, index) => {
      const values = changes.map(([name, value]) => `${name} = ${value}`).join(", ");
      return new Option(`${label}: ${values}`, `${index}`);
    });
    this.#preset.replaceChildren(new Option("As in the lesson", "none"), ...options);
  }
}
