/** The list of the lessons' cells and presets, fetched when it is first asked for, and the programs made of them. */

/** Code that runs after the cells that it needs. */
export interface CatalogProgram {
  /** A comment that says what it is. */
  heading: string;
  source: string;
  /** The ids of the lesson's cells to put above it, in order. */
  needs: string[];
}

export interface CatalogPreset extends CatalogProgram {
  label: string;
  changes: [name: string, value: string][];
}

export interface CatalogCell extends CatalogProgram {
  id: string;
  title: string;
  presets: CatalogPreset[];
}

export interface CatalogLesson {
  /** Its name within the site, `ch03/gradients`. */
  address: string;
  title: string;
  sections: { title: string; cells: CatalogCell[] }[];
}

export class Catalog {
  readonly #address: string;
  #lessons: Promise<CatalogLesson[]> | null = null;

  constructor(address: string) {
    this.#address = address;
  }

  /** All lessons; rejects when they can't be fetched, and the next call tries again. */
  async load(): Promise<CatalogLesson[]> {
    this.#lessons ??= this.#fetch();
    try {
      return await this.#lessons;
    } catch (error) {
      this.#lessons = null;
      throw error;
    }
  }

  async #fetch(): Promise<CatalogLesson[]> {
    const response = await fetch(this.#address);
    if (!response.ok) throw new Error(`${this.#address}: status ${response.status}`);
    return ((await response.json()) as { lessons: CatalogLesson[] }).lessons;
  }
}

export function listCells(lesson: CatalogLesson): CatalogCell[] {
  return lesson.sections.flatMap((section) => section.cells);
}

/** A program that runs on its own; `sources` stand in the place of the lesson's texts, by the ids of cells. */
export function composeProgram(
  lesson: CatalogLesson,
  { heading, source, needs }: CatalogProgram,
  sources: Record<string, string> = {},
): string {
  const needed = listCells(lesson).filter((cell) => needs.includes(cell.id));
  const parts = needed.map((cell) => ({ heading: cell.heading, source: sources[cell.id] ?? cell.source }));
  const texts = [...parts, { heading, source }].map((part) => `${part.heading}\n${part.source.trimEnd()}\n`);
  return texts.join("\n");
}
