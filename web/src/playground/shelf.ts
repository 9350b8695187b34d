/** The reader's texts in the browser's storage, each under a key of its own, so that two tabs don't write over each other. */

/** A draft, or an edit that nobody has named yet. */
export interface StoredText {
  id: string;
  /** What the reader calls it; null for an edit that was never saved. */
  name: string | null;
  /** What it was made from, in words; "" if from nothing. */
  origin: string;
  text: string;
  /** When it was changed last, in milliseconds since 1970. */
  changed: number;
}

export class Shelf {
  readonly #prefix: string;
  /** Texts that the browser would not store. */
  readonly #unstored = new Map<string, StoredText>();

  /** `site` is the path of the site: two sites on one origin share a storage. */
  constructor(site: string) {
    this.#prefix = `gradus:${site}:playground:text:`;
  }

  /** Whether all that was to be kept is stored, so that the page may be left. */
  get isStored(): boolean {
    return this.#unstored.size === 0;
  }

  /** All texts, the latest first. */
  list(): StoredText[] {
    const ids = new Set([...this.#storedIds(), ...this.#unstored.keys()]);
    const texts = [...ids].map((id) => this.read(id)).filter((text) => text !== null);
    return texts.sort((a, b) => b.changed - a.changed);
  }

  read(id: string): StoredText | null {
    const unstored = this.#unstored.get(id);
    if (unstored) return unstored;
    try {
      const value: unknown = JSON.parse(localStorage.getItem(this.#prefix + id) ?? "null");
      return isStoredText(value) ? value : null;
    } catch {
      return null;
    }
  }

  /** Stores a text; false when the browser didn't, and then everything is as before. */
  write(text: StoredText): boolean {
    try {
      localStorage.setItem(this.#prefix + text.id, JSON.stringify(text));
      this.#unstored.delete(text.id);
      return true;
    } catch {
      return false;
    }
  }

  /** Stores a text, or keeps it for as long as the page is open. */
  keep(text: StoredText): void {
    if (!this.write(text)) this.#unstored.set(text.id, text);
    else this.#tryAgain();
  }

  remove(id: string): void {
    this.#unstored.delete(id);
    try {
      localStorage.removeItem(this.#prefix + id);
    } catch {
      return;
    }
    this.#tryAgain();
  }

  /** Calls `listener` with the id of a text that another tab has written or removed. */
  onForeignChange(listener: (id: string) => void): void {
    addEventListener("storage", ({ key }) => {
      if (key?.startsWith(this.#prefix)) listener(key.slice(this.#prefix.length));
    });
  }

  #storedIds(): string[] {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix));
      return keys.map((key) => key.slice(this.#prefix.length));
    } catch {
      return [];
    }
  }

  /** There may be room now. */
  #tryAgain(): void {
    for (const text of this.#unstored.values()) this.write(text);
  }
}

/** An id that no other tab takes. */
export function makeId(): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `${Date.now().toString(36)}-${[...random].map((part) => part.toString(36)).join("")}`;
}

/** What a text is called in lists: its name, or when it was typed. */
export function nameText({ name, changed }: StoredText): string {
  if (name !== null) return name;
  const time = new Date(changed);
  const today = time.toDateString() === new Date().toDateString();
  const day = today ? "" : `${time.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, `;
  return `Unsaved, ${day}${time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
}

function isStoredText(value: unknown): value is StoredText {
  if (typeof value !== "object" || value === null) return false;
  const { id, name, origin, text, changed } = value as Partial<Record<keyof StoredText, unknown>>;
  return (
    [id, origin, text].every((part) => typeof part === "string") &&
    (name === null || typeof name === "string") &&
    typeof changed === "number"
  );
}
