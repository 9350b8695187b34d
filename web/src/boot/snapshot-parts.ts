/** A snapshot's parts, made of what its frames decode to as these come: the facts, then the libraries' code, then memory. */

import type { SnapshotParts } from "./restore.ts";
import { partLibraries, type Snapshot } from "./snapshot.ts";

export class PartsMaker {
  readonly #pages: Uint8Array<ArrayBuffer>[] = [];
  #snapshot: Snapshot | null = null;
  #libraries: Promise<WebAssembly.Module[]> | null = null;

  /** Takes what the next frame decodes to; the libraries are being compiled from then on. */
  add(frame: Uint8Array<ArrayBuffer>): void {
    if (!this.#snapshot) this.#snapshot = JSON.parse(new TextDecoder().decode(frame)) as Snapshot;
    else if (!this.#libraries) this.#libraries = compile(this.#snapshot, frame);
    else this.#pages.push(frame);
  }

  /** All of it, once the last frame is there. */
  async finish(): Promise<SnapshotParts> {
    return { snapshot: this.#snapshot!, pages: this.#pages, libraries: await this.#libraries! };
  }
}

function compile({ libraries }: Snapshot, code: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module[]> {
  const compiled = Promise.all(partLibraries(libraries, code).map((library) => WebAssembly.compile(library)));
  // Whoever asks for them is told; until then nobody may be.
  compiled.catch(() => undefined);
  return compiled;
}
