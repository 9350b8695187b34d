/** What a snapshot of a warm Python is made of, beside its libraries' code and the bytes of its memory. */

import type { ColdCode } from "./cold-code.ts";
import type { ObjectTable } from "./emscripten.ts";

/** Memory is kept in pieces of this many bytes. */
export const PAGE = 4096;

export interface Snapshot {
  /** Of the Pyodide that it was recorded with. */
  buildId: string;
  /** Where the table of functions may end, at most, in an interpreter that has just been made. */
  freshTableLength: number;
  tableLength: number;
  memoryLength: number;
  /** Where an interpreter that has just been made may have written: what isn't in a run there is zero or fresh. */
  freshMemoryEnd: number;
  /** Stretches of memory, as first page and number of pages; their bytes follow one another in the pages. */
  runs: [number, number][];
  /** Stretches that are what they are in an interpreter that has just been made, and their checksum. */
  freshRuns: [number, number][];
  freshSum: number;
  stackPointer: number;
  libraries: LibraryRecord[];
  /** Global offset table: symbols whose address has changed since the interpreter was made. */
  offsets: Record<string, number>;
  /** Functions that were put into the table: index, owner ("main" or a library's number), export's name. */
  functions: [number, "main" | number, string][];
  freeTableIndexes: number[];
  runSync: RunSync;
  /** The code that comes only when somebody needs it; null if there is no such code. */
  cold: ColdCode | null;
  objects: ObjectTable;
  /** Folders that importing has made in the reader's home. */
  folders: string[];
  streams: { fd: number; path: string; flags: number; position: number }[];
}

/** Python's `run_sync`, which waits for a promise: it is one function with JSPI, and another that only refuses without. */
export interface RunSync {
  /** The address of the word that says which one it is, by the function's place in the table. */
  address: number;
  suspending: number;
  refusing: number;
}

/** A shared library as it was loaded. */
export interface LibraryRecord {
  /** Its file in Python's file system. */
  path: string;
  /** Length of its code, which follows that of the library before it. */
  bytes: number;
  /** Length of those of its functions that come later, behind those of the library before it; 0 if nothing is missing. */
  restBytes: number;
  memoryBase: number;
  tableBase: number;
  tableSize: number;
  /** Null: it is never unloaded. */
  references: number | null;
  global: boolean;
  handles: number[];
}

/** The code of each library, cut out of that of all: what they begin with, or what comes later. */
export function partLibraries(
  libraries: readonly LibraryRecord[],
  code: Uint8Array<ArrayBuffer>,
  which: "bytes" | "restBytes" = "bytes",
): Uint8Array<ArrayBuffer>[] {
  let start = 0;
  return libraries.map((library) => code.subarray(start, (start += library[which])));
}

/** The checksum of stretches of memory. */
export function sumPages(memory: Uint32Array, runs: [number, number][]): number {
  const words = PAGE / 4;
  return runs.reduce(
    (sum, [first, count]) => sumWords(memory.subarray(first * words, (first + count) * words), sum),
    0,
  );
}

/** A checksum that goes on from `sum`, fast rather than strong: a difference here is an accident, not an attack. */
export function sumWords(words: Uint32Array, sum = 0): number {
  // Without `imul`, the engines would reckon with floating-point numbers.
  for (let i = 0; i < words.length; i++) sum = (Math.imul(sum, 31) + words[i]!) | 0;
  return sum;
}
