/** Wipes what nothing refers to from a Python's memory, so that a snapshot of it is small. */

import { type EmscriptenModule, Surprise } from "../boot/emscripten.ts";

/**
 * Zeroes freed memory, the unused part of the stack, the copies of libraries that are compiled already, and the buffers
 * of `bufferedFiles`: addresses of Python's buffered readers and writers whose buffers hold nothing any more.
 */
export function clearDeadMemory(module: EmscriptenModule, bufferedFiles: number[]): void {
  clearFreeChunks(module);
  for (const file of bufferedFiles) clearBuffer(module, file);
  clearLibraryFiles(module);
  module.HEAPU8.fill(0, module._emscripten_stack_get_end(), module.stackSave());
}

/** Where musl's record of a loaded library says at which address and how long the file's copy is. */
const [FILE_ADDRESS, FILE_LENGTH] = [28, 32];
const WASM = 0x6d736100;

function clearLibraryFiles(module: EmscriptenModule): void {
  for (const handle of Object.keys(module.LDSO.loadedLibsByHandle).map(Number)) {
    if (handle === 0) continue;
    const address = module.HEAPU32[(handle + FILE_ADDRESS) >>> 2]!;
    const length = module.HEAPU32[(handle + FILE_LENGTH) >>> 2]!;
    if (address && length && module.HEAPU32[address >>> 2] === WASM) {
      module.HEAPU8.fill(0, address, address + length);
    }
  }
}

/** dlmalloc's chunks: size and flags in the second word, bit 2 set if in use; a free one's first words are links. */
const [IN_USE, FLAGS, LEAST_CHUNK] = [2, 7, 16];

function clearFreeChunks(module: EmscriptenModule): void {
  const end = module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2]!;
  for (const [start, length] of findFreeChunks(module.HEAPU32, heapStart(module, end), end)) {
    // Small ones are linked in lists, large ones in trees, whose nodes have more links.
    module.HEAPU8.fill(0, start + (length < 256 ? 16 : 32), start + length);
  }
}

/** The first chunk lies at or just behind the stack's base; from the right place the walk ends exactly at `end`. */
function heapStart(module: EmscriptenModule, end: number): number {
  const base = module._emscripten_stack_get_base();
  for (const start of [base, base + 8]) {
    let chunk = start;
    for (let size = LEAST_CHUNK; size >= LEAST_CHUNK && chunk < end; chunk += size) {
      size = module.HEAPU32[(chunk + 4) >>> 2]! & ~FLAGS;
    }
    if (chunk === end) return start;
  }
  throw new Surprise("the heap isn't laid out as expected");
}

/** How many words of a buffered file may hold its buffer's address; the buffer lies in a chunk of its own. */
const FILE_WORDS = 24;
const BUFFER = 128 * 1024;
const BUFFER_CHUNK = BUFFER + 8;

/** A file's only pointer to a chunk of just that size is the one to its buffer. */
function clearBuffer(module: EmscriptenModule, file: number): void {
  const words = module.HEAPU32;
  const isBuffer = (address: number): boolean =>
    address > 0 && address % 8 === 0 && (words[(address - 4) >>> 2]! & ~FLAGS) === BUFFER_CHUNK;
  const first = file >>> 2;
  const found = [...words.subarray(first, first + FILE_WORDS)].filter(isBuffer);
  if (found.length !== 1) throw new Surprise("a file's buffer isn't where it is expected");
  module.HEAPU8.fill(0, found[0]!, found[0]! + BUFFER);
}

function* findFreeChunks(words: Uint32Array, start: number, end: number): Generator<[number, number]> {
  for (let chunk = start; chunk < end;) {
    const head = words[(chunk + 4) >>> 2]!;
    const size = head & ~FLAGS;
    if (!(head & IN_USE)) yield [chunk, size];
    chunk += size;
  }
}
