/** Reads a snapshot while it comes in: each part is decoded, and the libraries compiled, as soon as it is there. */

import type { DataFile } from "../protocol.ts";
import { checkSum, damageError } from "./downloads.ts";
import type { SnapshotParts } from "./restore.ts";
import { PartsMaker } from "./snapshot-parts.ts";
import { decodeFrame, prepareDecoder, readTable, tableLength } from "./zstd.ts";

export class SnapshotReader {
  readonly #url: string;
  readonly #data: Uint8Array<ArrayBuffer>;
  #length = 0;
  /** Where the first frame begins that hasn't been decoded. */
  #at: number | null = null;
  /** Compressed and whole length of each frame. */
  #table: [number, number][] = [];
  readonly #parts = new PartsMaker();
  /** How many frames have been decoded. */
  #decoded = 0;
  #damaged = false;
  #ready = false;
  readonly #sha256: string;
  #checked: Promise<void> = Promise.resolve();

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
    if (this.#length === this.#data.length) {
      this.#checked = checkSum(this.#url, this.#data, this.#sha256);
      // Told below.
      this.#checked.catch(() => undefined);
    }
    if (this.#ready) this.#decode();
  }

  /** All of it, once the last bytes have come. Rejects with a `LoadError` if it is damaged. */
  async finish(): Promise<SnapshotParts> {
    await prepareDecoder();
    this.#decode();
    if (this.#damaged || this.#at === null || this.#decoded < this.#table.length) {
      throw damageError(this.#url, "a frame is damaged");
    }
    await this.#checked;
    return this.#parts.finish();
  }

  #decode(): void {
    if (this.#at === null && !this.#begin()) return;
    while (this.#decoded < this.#table.length && !this.#damaged) {
      const [compressed, whole] = this.#table[this.#decoded]!;
      const end = this.#at! + compressed;
      if (end > this.#length) return;
      const frame = decodeFrame(this.#data.subarray(this.#at!, end), whole);
      this.#at = end;
      if (frame) this.#parts.add(frame);
      else this.#damaged = true;
      this.#decoded += 1;
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
}
