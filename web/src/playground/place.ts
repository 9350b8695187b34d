/** Remembers what is open in a tab, over a reload and for the next visit. */

/** What is open, and where edits of it go. */
export interface Place {
  /** What it is called; "" for an empty start. */
  title: string;
  /** The text as it was opened or saved. */
  base: string;
  /** The id of the draft that it is; null if none. */
  draft: string | null;
  /** The id under which edits of it are stored. */
  work: string;
}

export class PlaceStorage {
  readonly #key: string;

  constructor(site: string) {
    this.#key = `gradus:${site}:playground:place`;
  }

  /** What this tab had open, or else the tab before it. */
  read(): Place | null {
    return read(() => sessionStorage, this.#key) ?? read(() => localStorage, this.#key);
  }

  write(place: Place): void {
    for (const storage of [() => sessionStorage, () => localStorage]) {
      try {
        storage().setItem(this.#key, JSON.stringify(place));
      } catch {
        // The edits themselves are kept elsewhere, where a failure is told.
        continue;
      }
    }
  }
}

/** Where storing is forbidden, asking for the storage is already an error. */
function read(storage: () => Storage, key: string): Place | null {
  try {
    const value: unknown = JSON.parse(storage().getItem(key) ?? "null");
    return isPlace(value) ? value : null;
  } catch {
    return null;
  }
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== "object" || value === null) return false;
  const { title, base, draft, work } = value as Partial<Record<keyof Place, unknown>>;
  return (
    [title, base, work].every((part) => typeof part === "string") &&
    (draft === null || typeof draft === "string")
  );
}
