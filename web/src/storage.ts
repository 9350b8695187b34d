/** Keeps a cell's edits over a reload, in the browser's local storage; where that is full or forbidden, nothing breaks. */

import type { StoredDraft } from "./draft.ts";

export class DraftStorage {
  readonly #key: string;

  /** `site` is the path of the site: two sites on one origin share a storage. */
  constructor(site: string, lesson: string, cell: string) {
    this.#key = `gradus:${site}:${lesson}:${cell}`;
  }

  /** What was stored; null when there is nothing, or nothing that can be read. */
  read(): StoredDraft | null {
    try {
      const text = localStorage.getItem(this.#key);
      const stored: unknown = text === null ? null : JSON.parse(text);
      return isStoredDraft(stored) ? stored : null;
    } catch {
      return null;
    }
  }

  /** Stores a draft, or removes what is stored; false when the browser didn't. */
  write(draft: StoredDraft | null): boolean {
    try {
      if (draft) localStorage.setItem(this.#key, JSON.stringify(draft));
      else localStorage.removeItem(this.#key);
      return true;
    } catch {
      return false;
    }
  }
}

/** Other versions of this page, and other pages of this origin, may have written anything. */
function isStoredDraft(value: unknown): value is StoredDraft {
  if (typeof value !== "object" || value === null) return false;
  const { hash, edit, kept } = value as Partial<Record<keyof StoredDraft, unknown>>;
  const editFits = edit === null || typeof edit === "string";
  return (
    typeof hash === "string" &&
    editFits &&
    Array.isArray(kept) &&
    kept.every((text) => typeof text === "string")
  );
}
