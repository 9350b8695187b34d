/** Walks through the memory that dlmalloc has given out. */

import { type EmscriptenModule, Surprise } from "../boot/emscripten.ts";

/** A piece of memory with dlmalloc's head: size and flags in the second word, bit 2 set if it is in use. */
export interface Chunk {
  start: number;
  length: number;
  isUsed: boolean;
}

/** The bits of a chunk's second word that don't belong to its size. */
export const FLAGS = 7;
const [IN_USE, LEAST_CHUNK] = [2, 16];
/** What is in use begins behind the head, and goes on into the next chunk's first word. */
export const HEAD = 8;

/** All chunks. Throws a `Surprise` if the heap isn't laid out as expected. */
export function* findChunks(module: EmscriptenModule): Generator<Chunk> {
  const end = module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2]!;
  const words = module.HEAPU32;
  for (let start = heapStart(module, end); start < end;) {
    const head = words[(start + 4) >>> 2]!;
    const length = head & ~FLAGS;
    yield { start, length, isUsed: (head & IN_USE) !== 0 };
    start += length;
  }
}

/** The first chunk lies at or just behind the stack's base; from the right place the walk ends exactly at `end`. */
function heapStart(module: EmscriptenModule, end: number): number {
  const base = module._emscripten_stack_get_base();
  for (const start of [base, base + HEAD]) {
    let chunk = start;
    for (let size = LEAST_CHUNK; size >= LEAST_CHUNK && chunk < end; chunk += size) {
      size = module.HEAPU32[(chunk + 4) >>> 2]! & ~FLAGS;
    }
    if (chunk === end) return start;
  }
  throw new Surprise("the heap isn't laid out as expected");
}
