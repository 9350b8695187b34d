/** Wipes what nothing refers to from a Python's memory, so that a snapshot of it is small. */

import { type EmscriptenModule, Surprise } from "../boot/emscripten.ts";
import { findChunks, FLAGS } from "./heap.ts";

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

function clearFreeChunks(module: EmscriptenModule): void {
  for (const { start, length, isUsed } of findChunks(module)) {
    // Small ones are linked in lists, large ones in trees, whose nodes have more links.
    if (!isUsed) module.HEAPU8.fill(0, start + (length < 256 ? 16 : 32), start + length);
  }
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
