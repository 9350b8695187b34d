/** Reads a snapshot while it comes in: each part is decoded, and the libraries compiled, as soon as it is there. */

import type { DataFile } from "../protocol.ts";
import { damageError, digest } from "./downloads.ts";
import type { SnapshotParts } from "./restore.ts";
import { partLibraries, type Snapshot } from "./snapshot.ts";
import { decodeFrame, prepareDecoder, readTable, tableLength } from "./zstd.ts";

export class SnapshotReader {
  readonly #url: string;
  readonly #data: Uint8Array<ArrayBuffer>;
  #length = 0;
  /** Where the first frame begins that hasn't been decoded. */
  #at: number | null = null;
  /** Compressed and whole length of each frame. */
  #table: [number, number][] = [];
  readonly #frames: Uint8Array<ArrayBuffer>[] = [];
  #damaged = false;
  #ready = false;
  #snapshot: Snapshot | null = null;
  #libraries: Promise<WebAssembly.Module[]> = Promise.resolve([]);
  readonly #sha256: string;
  #digest: Promise<string | null> = Promise.resolve(null);

  constructor({ url, bytes, sha256 }: DataFile) {
    this.#url = url;
    this.#sha256 = sha256;
    this.#data = new Uint8Array(bytes);
    void prepareDecoder().then(() => {
      this.#ready = true;
      this.#decode();
    });
  }

  /** Takes the next bytes of the file; too many of them are for others to complain of. */
  push(piece: Uint8Array): void {
    const fitting = piece.subarray(0, this.#data.length - this.#length);
    this.#data.set(fitting, this.#length);
    this.#length += fitting.length;
    // The last frames are decoded meanwhile.
    if (this.#length === this.#data.length) this.#digest = digest(this.#data);
    if (this.#ready) this.#decode();
  }

  /** All of it, once the last bytes have come. Rejects with a `LoadError` if it is damaged. */
  async finish(): Promise<SnapshotParts> {
    await prepareDecoder();
    this.#decode();
    const [, , ...pages] = this.#frames;
    if (this.#damaged || !this.#snapshot || this.#frames.length < this.#table.length) {
      throw damageError(this.#url, "a frame is damaged");
    }
    const found = await this.#digest;
    if (found !== null && found !== this.#sha256) {
      throw damageError(this.#url, `SHA-256 ${found} instead of ${this.#sha256}`);
    }
    return { snapshot: this.#snapshot, pages, libraries: await this.#libraries };
  }

  #decode(): void {
    if (this.#at === null && !this.#begin()) return;
    for (let next = this.#frames.length; next < this.#table.length && !this.#damaged; next++) {
      const [compressed, whole] = this.#table[next]!;
      const end = this.#at! + compressed;
      if (end > this.#length) return;
      const frame = decodeFrame(this.#data.subarray(this.#at!, end), whole);
      this.#at = end;
      if (frame) this.#keep(frame);
      else this.#damaged = true;
    }
  }

  #begin(): boolean {
    const come = this.#data.subarray(0, this.#length);
    const length = tableLength(come);
    if (length === null || length > this.#length) return false;
    this.#table = readTable(come);
    this.#at = length;
    return true;
  }

  /** First come the facts, then the libraries' code, then memory. */
  #keep(frame: Uint8Array<ArrayBuffer>): void {
    this.#frames.push(frame);
    if (this.#frames.length === 1) this.#snapshot = JSON.parse(new TextDecoder().decode(frame)) as Snapshot;
    if (this.#frames.length !== 2) return;
    const codes = partLibraries(this.#snapshot!.libraries, frame);
    this.#libraries = Promise.all(codes.map((code) => WebAssembly.compile(code)));
    // Whoever asks for them is told; until then nobody may be.
    this.#libraries.catch(() => undefined);
  }
}
