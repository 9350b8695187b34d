/** The private names of Pyodide and Emscripten that a fast start leans on, and the check that they are all there. */

import type { PyodideAPI } from "pyodide";

/** A node of the file system in memory. */
export interface FileNode {
  contents: unknown;
  usedBytes: number;
  mode: number;
}

/** An open file. */
export interface FileStream {
  fd: number;
  path: string;
  flags: number;
  position: number;
}

export interface FileSystem {
  streams: (FileStream | null | undefined)[];
  filesystems: {
    MEMFS: { createNode(parent: FileNode, name: string, mode: number, device: number): FileNode };
  };
  lookupPath(path: string): { node: FileNode };
  analyzePath(path: string): { exists: boolean };
  mkdirTree(path: string): void;
  open(path: string, flags: number | string): FileStream;
  readdir(path: string): string[];
  lstat(path: string): { mode: number; size: number };
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  readFile(path: string): Uint8Array<ArrayBuffer>;
  writeFile(path: string, data: Uint8Array): void;
  unlink(path: string): void;
}

/** A shared library that is loaded. */
export interface Library {
  name: string;
  refcount: number;
  global: boolean;
  exports: Record<string, unknown>;
}

export type Functions = Record<string, unknown>;

/** What a snapshot holds of Pyodide's table of JavaScript objects. */
export interface ObjectTable {
  hiwireKeys: unknown[];
  immortalKeys: string[];
}

/** The interpreter as Emscripten made it. */
export interface EmscriptenModule {
  FS: FileSystem;
  HEAP8: Int8Array;
  HEAPU8: Uint8Array<ArrayBuffer>;
  HEAP32: Int32Array;
  HEAPU32: Uint32Array;
  wasmTable: WebAssembly.Table;
  GOT: Record<string, WebAssembly.Global>;
  GOTHandler: ProxyHandler<Set<string>>;
  LDSO: { loadedLibsByName: Record<string, Library>; loadedLibsByHandle: Record<string, Library> };
  newDSO(name: string, handle: number | undefined, exports: unknown): Library;
  relocateExports(exports: WebAssembly.Exports, memoryBase: number): Functions;
  updateTableMap(offset: number, count: number): void;
  freeTableIndexes: number[];
  growMemory(bytes: number): 1 | undefined;
  getEnvStrings(): string[];
  stackSave(): number;
  stackRestore(pointer: number): void;
  _emscripten_get_sbrk_ptr(): number;
  _emscripten_stack_get_base(): number;
  _emscripten_stack_get_end(): number;
  jspiSupported: boolean;
  __PyRuntime: number;
  __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET: number;
  API: {
    config: { BUILD_ID: string };
    serializeHiwireState(serialize?: (value: unknown) => unknown): ObjectTable;
    restoreSnapshot(data: Uint8Array): ObjectTable;
  };
}

const NAMES = [
  ...["FS", "HEAP8", "HEAPU8", "HEAP32", "HEAPU32", "wasmTable", "GOT", "GOTHandler", "LDSO", "newDSO"],
  ...["relocateExports", "updateTableMap", "freeTableIndexes", "growMemory", "getEnvStrings", "stackSave"],
  ...["stackRestore", "_emscripten_get_sbrk_ptr", "_emscripten_stack_get_base"],
  ...[
    "_emscripten_stack_get_end",
    "jspiSupported",
    "__PyRuntime",
    "__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET",
    "API",
  ],
] as const;

/** Why a fast start isn't possible here; the next slower one is tried. */
export class Surprise extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Surprise";
  }
}

/** The interpreter behind Pyodide. */
export function moduleOf(pyodide: PyodideAPI): EmscriptenModule {
  return (pyodide as unknown as { _module: EmscriptenModule })._module;
}

/** Throws a `Surprise` that names what is missing. */
export function requirePrivateNames(module: object): asserts module is EmscriptenModule {
  const missing = NAMES.filter((name) => !(name in module));
  if (missing.length > 0) throw new Surprise(`this Pyodide has no ${missing.join(", ")}`);
}
