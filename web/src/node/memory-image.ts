/** A recorded memory in its full length, to be looked at and changed where no interpreter is. */

import { PAGE, type Snapshot } from "../boot/snapshot.ts";
import { FLAGS } from "./heap.ts";

export class MemoryImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #words: Uint32Array;

  private constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
    this.#words = new Uint32Array(bytes.buffer);
  }

  /** Stretches that aren't in the snapshot, because they are zero or as in a fresh interpreter, are zero. */
  static of({ memoryLength, runs }: Snapshot, pages: Uint8Array): MemoryImage {
    const bytes = new Uint8Array(memoryLength);
    let at = 0;
    for (const [first, count] of runs) bytes.set(pages.subarray(at, (at += count * PAGE)), first * PAGE);
    return new MemoryImage(bytes);
  }

  copy(): MemoryImage {
    return new MemoryImage(this.bytes.slice());
  }

  /** The number of 32 bits at an address. */
  word(address: number): number {
    return this.#words[address >>> 2]!;
  }

  setWord(address: number, value: number): void {
    this.#words[address >>> 2] = value;
  }

  /** How many bytes were given out at an address that `malloc` gave. */
  room(address: number): number {
    return (this.word(address - 4) & ~FLAGS) - 4;
  }

  /** The snapshot's stretches and their bytes, without those pages that have become zero. */
  cut({ runs }: Snapshot): { runs: [number, number][]; pages: Uint8Array } {
    const zero = new Uint8Array(PAGE);
    const kept: [number, number][] = [];
    for (const [first, count] of runs) {
      for (let page = first; page < first + count; page++) {
        if (Buffer.compare(this.bytes.subarray(page * PAGE, (page + 1) * PAGE), zero) === 0) continue;
        const last = kept.at(-1);
        if (last && last[0] + last[1] === page) last[1] += 1;
        else kept.push([page, 1]);
      }
    }
    const pages = kept.map(([first, count]) => this.bytes.subarray(first * PAGE, (first + count) * PAGE));
    return { runs: kept, pages: Buffer.concat(pages) };
  }
}
