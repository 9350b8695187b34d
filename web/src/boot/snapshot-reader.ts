/** Reads a snapshot while it comes in: it is decoded, and its libraries are compiled, as soon as they are there. */

import type { SnapshotFile } from "../protocol.ts";
import { checkSum, damageError } from "./downloads.ts";
import type { SnapshotParts } from "./restore.ts";
import { PartsMaker } from "./snapshot-parts.ts";
import { ArrivingFrames, prepareDecoder } from "./zstd.ts";

export class SnapshotReader {
  readonly #file: SnapshotFile;
  readonly #data: Uint8Array<ArrayBuffer>;
  readonly #parts: PartsMaker;
  readonly #frames: ArrivingFrames;
  /** How many bytes have come, and how many of them have been decoded. */
  #length = 0;
  #decoded = 0;
  #isReady = false;
  #damage: unknown = null;
  #checked: Promise<void> = Promise.resolve();

  constructor(file: SnapshotFile) {
    this.#file = file;
    this.#data = new Uint8Array(file.bytes);
    this.#parts = new PartsMaker(file);
    this.#frames = new ArrivingFrames((piece) => this.#parts.add(piece));
    void prepareDecoder().then(() => {
      this.#isReady = true;
      this.#decode();
    });
  }

  /** Takes the next bytes of the file; too many of them are for others to complain of. */
  push(piece: Uint8Array): void {
    const fitting = piece.subarray(0, this.#data.length - this.#length);
    this.#data.set(fitting, this.#length);
    this.#length += fitting.length;
    // What is there is decoded meanwhile.
    if (this.#length === this.#data.length) {
      this.#checked = checkSum(this.#file.url, this.#data, this.#file.sha256);
      // Told below.
      this.#checked.catch(() => undefined);
    }
    if (this.#isReady) this.#decode();
  }

  /** All of it, once the last bytes have come. Rejects with a `LoadError` if it is damaged. */
  async finish(): Promise<SnapshotParts> {
    await prepareDecoder();
    this.#decode();
    try {
      if (this.#damage !== null) throw this.#damage;
      this.#frames.end();
    } catch (error) {
      throw damageError(this.#file.url, String(error));
    }
    await this.#checked;
    return this.#parts.finish();
  }

  #decode(): void {
    if (this.#damage !== null || this.#decoded === this.#length) return;
    const next = this.#data.subarray(this.#decoded, this.#length);
    this.#decoded = this.#length;
    try {
      this.#frames.push(next);
    } catch (error) {
      this.#damage = error;
    }
  }
}
