/** A snapshot's parts, made while its contents come: the facts, then the libraries' code, then memory. */

import type { SnapshotFile } from "../protocol.ts";
import type { SnapshotParts } from "./restore.ts";
import { partLibraries, type Snapshot } from "./snapshot.ts";

export class PartsMaker {
  readonly #pages: Uint8Array<ArrayBuffer>[] = [];
  readonly #facts: Filling;
  #code: Filling | null = null;
  #snapshot: Snapshot | null = null;
  #libraries: Promise<WebAssembly.Module[]> | null = null;

  constructor({ pieces }: SnapshotFile) {
    this.#facts = new Filling(pieces[0]!.bytes);
  }

  /** Takes the next piece, none of which has parts of two contents; libraries are compiled when their code is there. */
  add(piece: Uint8Array<ArrayBuffer>): void {
    if (this.#libraries) {
      this.#pages.push(piece);
    } else if (this.#code) {
      this.#code.add(piece);
      if (this.#code.isFull) this.#libraries = compile(this.#snapshot!, this.#code.bytes);
    } else {
      this.#facts.add(piece);
      if (this.#facts.isFull) this.#read();
    }
  }

  /** All of it, once the last piece is there. */
  async finish(): Promise<SnapshotParts> {
    if (!this.#libraries) throw new Error("the snapshot isn't whole");
    return { snapshot: this.#snapshot!, pages: this.#pages, libraries: await this.#libraries };
  }

  #read(): void {
    this.#snapshot = JSON.parse(new TextDecoder().decode(this.#facts.bytes)) as Snapshot;
    this.#code = new Filling(this.#snapshot.libraries.reduce((total, { bytes }) => total + bytes, 0));
  }
}

/** Bytes that come piece by piece. */
class Filling {
  readonly bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
  }

  get isFull(): boolean {
    return this.#length === this.bytes.length;
  }

  /** Throws a `RangeError` if it is too much. */
  add(piece: Uint8Array): void {
    this.bytes.set(piece, this.#length);
    this.#length += piece.length;
  }
}

function compile({ libraries }: Snapshot, code: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module[]> {
  const compiled = Promise.all(partLibraries(libraries, code).map((library) => WebAssembly.compile(library)));
  // Whoever asks for them is told; until then nobody may be.
  compiled.catch(() => undefined);
  return compiled;
}
