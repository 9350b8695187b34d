/** What a Python has been started without: where it comes from, now or before somebody needs it. */

import type { StartFiles } from "../protocol.ts";
import { type Chunks, fetchNow, fetchSoon, type WrittenIndex } from "./chunks.ts";
import type { MissingCode } from "./cold-code.ts";
import { MissingFunctions } from "./parted-wasm.ts";
import { type LibraryRecord, partLibraries } from "./snapshot.ts";

/** The chunk with the functions of all libraries. */
const LIBRARIES = "code-libraries";

export class Missing {
  readonly functions: MissingFunctions;
  readonly #rest: string;
  readonly #chunks: Chunks;
  #known: { index: WrittenIndex; libraries: readonly LibraryRecord[] } | null = null;
  #code: MissingCode | null = null;

  constructor(start: StartFiles, chunks: Chunks) {
    this.#rest = start.interpreter!.rest.url;
    this.#chunks = chunks;
    this.functions = new MissingFunctions((owner) =>
      owner === "main"
        ? new WebAssembly.Module(fetchNow(this.#rest))
        : new WebAssembly.Module(this.#libraries((index) => this.#chunks.read(index, LIBRARIES))[owner]!),
    );
  }

  /** Has to be told before anything of a library is called. */
  know(index: WrittenIndex, libraries: readonly LibraryRecord[]): void {
    this.#known = { index, libraries };
  }

  /** The code of Python's functions, once Python is there. */
  set code(code: MissingCode | null) {
    this.#code = code;
  }

  /** Fetches all of it, piece by piece, while Python goes on. */
  async fetch(): Promise<void> {
    const { index } = this.#known!;
    await this.#fetchFunctions(index);
    for (const part of this.#code?.parts ?? []) {
      await this.#chunks.fetch(index, part);
      this.#code!.bring(part);
      // Somebody may have needed it meanwhile.
      this.#chunks.held.delete(part);
    }
  }

  async #fetchFunctions(index: WrittenIndex): Promise<void> {
    if (this.functions.owners.includes("main")) {
      this.functions.bring("main", await WebAssembly.compileStreaming(fetchSoon(this.#rest)));
    }
    if (this.functions.owners.length === 0) return;
    await this.#chunks.fetch(index, LIBRARIES);
    const parts = this.#libraries((known) => this.#chunks.take(known, LIBRARIES));
    for (const owner of this.functions.owners) {
      if (owner !== "main") this.functions.bring(owner, await WebAssembly.compile(parts[owner]!));
    }
  }

  #libraries(read: (index: WrittenIndex) => Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
    const { index, libraries } = this.#known!;
    return partLibraries(libraries, read(index), "restBytes");
  }
}
