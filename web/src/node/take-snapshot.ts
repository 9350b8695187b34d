/** Describes a warm Python's state in full: what a restore needs besides the compiled code. */

import { type EmscriptenModule, type Functions, type Library, Surprise } from "../boot/emscripten.ts";
import { PAGE, type LibraryRecord, type Snapshot, sumPages } from "../boot/snapshot.ts";
import { clearDeadMemory } from "./dead-memory.ts";
import { findRunSync } from "./find-run-sync.ts";
import { stripLibrary } from "./strip-library.ts";

/** An interpreter in which nothing has run yet. */
export interface FreshState {
  tableLength: number;
  offsets: Record<string, number>;
  memory: Uint8Array;
  /** Of another one: some of it is different each time. */
  otherMemory: Uint8Array;
}

/** A shared library, as seen when it was loaded. */
export interface Loading {
  memoryBase: number;
  tableBase: number;
  tableEnd: number;
  instance: WebAssembly.Instance;
}

/** The reader's own folder. */
const HOME = "/home/pyodide";

/** What a restore will find when it begins. */
export function describeFresh(module: EmscriptenModule, otherMemory: Uint8Array): FreshState {
  return {
    tableLength: module.wasmTable.length as number,
    offsets: readOffsets(module),
    memory: module.HEAPU8.slice(0, module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2]),
    otherMemory,
  };
}

/**
 * Throws a `Surprise` if there is something in the interpreter that no snapshot can hold. Wipes dead memory: see there
 * for `bufferedFiles`.
 */
export function takeSnapshot(
  module: EmscriptenModule,
  fresh: FreshState,
  mainExports: Functions,
  loads: Loading[],
  bufferedFiles: number[],
): { snapshot: Snapshot; code: Uint8Array; pages: Uint8Array } {
  const objects = module.API.serializeHiwireState(() => {
    throw new Surprise("Python holds an object of JavaScript's");
  });
  clearDeadMemory(module, bufferedFiles);
  const { runs, freshRuns } = findRuns(module, fresh);
  const code = findLibraries(module, loads).map(({ name }) => stripLibrary(module.FS.readFile(name)));
  const snapshot: Snapshot = {
    buildId: module.API.config.BUILD_ID,
    freshTableLength: fresh.tableLength,
    tableLength: module.wasmTable.length as number,
    memoryLength: module.HEAPU8.length,
    freshMemoryEnd: fresh.memory.length,
    runs,
    freshRuns,
    freshSum: sumPages(module.HEAPU32, freshRuns),
    stackPointer: module.stackSave(),
    libraries: recordLibraries(module, loads, code),
    offsets: Object.fromEntries(
      Object.entries(readOffsets(module)).filter(([name, at]) => fresh.offsets[name] !== at),
    ),
    functions: recordFunctions(module, fresh, mainExports, loads),
    freeTableIndexes: [...module.freeTableIndexes],
    runSync: findRunSync(module, mainExports, fresh.memory.length),
    cold: null,
    objects,
    folders: [...foldersIn(module, HOME)],
    streams: module.FS.streams
      .filter((stream) => stream && stream.fd > 2)
      .map((stream) => stream!)
      .map(({ fd, path, flags, position }) => ({ fd, path, flags, position })),
  };
  const pages = Buffer.concat(
    runs.map(([first, count]) => module.HEAPU8.subarray(first * PAGE, (first + count) * PAGE)),
  );
  return { snapshot, code: Buffer.concat(code), pages };
}

function* foldersIn(module: EmscriptenModule, folder: string): Generator<string> {
  for (const name of module.FS.readdir(folder).filter((name) => name !== "." && name !== "..")) {
    const path = `${folder}/${name}`;
    if (!module.FS.isDir(module.FS.lstat(path).mode)) throw new Surprise(`importing has written ${path}`);
    yield path;
    yield* foldersIn(module, path);
  }
}

/** Leaves out pages that are zero, and pages that are what they are in a fresh interpreter. */
function findRuns(
  module: EmscriptenModule,
  fresh: FreshState,
): { runs: [number, number][]; freshRuns: [number, number][] } {
  const runs: [number, number][] = [];
  const freshRuns: [number, number][] = [];
  const zero = new Uint8Array(PAGE);
  for (let page = 0; page < module.HEAPU8.length / PAGE; page++) {
    const bytes = module.HEAPU8.subarray(page * PAGE, (page + 1) * PAGE);
    if (Buffer.compare(bytes, zero) === 0) continue;
    const first = fresh.memory.subarray(page * PAGE, (page + 1) * PAGE);
    // Some of it is different each time.
    const second = fresh.otherMemory.subarray(page * PAGE, (page + 1) * PAGE);
    const same = Buffer.compare(bytes, first) === 0 && Buffer.compare(bytes, second) === 0;
    const list = same ? freshRuns : runs;
    const last = list.at(-1);
    if (last && last[0] + last[1] === page) last[1] += 1;
    else list.push([page, 1]);
  }
  return { runs, freshRuns };
}

function readOffsets(module: EmscriptenModule): Record<string, number> {
  return Object.fromEntries(
    Object.entries(module.GOT).map(([name, global]) => [name, global.value as number]),
  );
}

function findLibraries(module: EmscriptenModule, loads: Loading[]): Library[] {
  const libraries = Object.values(module.LDSO.loadedLibsByName).filter(({ name }) => name !== "__main__");
  if (libraries.length !== loads.length) throw new Surprise("a library was loaded in an unknown way");
  return libraries;
}

function recordLibraries(module: EmscriptenModule, loads: Loading[], code: Uint8Array[]): LibraryRecord[] {
  const { loadedLibsByHandle } = module.LDSO;
  return findLibraries(module, loads).map((library, place) => {
    const { memoryBase, tableBase, tableEnd } = loads[place]!;
    if (library.global) throw new Surprise(`${library.name} gives its symbols to all others`);
    const handles = Object.keys(loadedLibsByHandle).filter(
      (handle) => loadedLibsByHandle[handle] === library,
    );
    return {
      path: library.name,
      bytes: code[place]!.length,
      restBytes: 0,
      memoryBase,
      tableBase,
      tableSize: tableBase ? tableEnd - tableBase : 0,
      references: library.refcount === Infinity ? null : library.refcount,
      global: library.global,
      handles: handles.map(Number),
    };
  });
}

/** Every function that was put into the table since the interpreter was made, but for libraries' own parts. */
function recordFunctions(
  module: EmscriptenModule,
  fresh: FreshState,
  mainExports: Functions,
  loads: Loading[],
): Snapshot["functions"] {
  const owners = new Map<unknown, ["main" | number, string]>();
  const note = (owner: "main" | number, exports: object): void => {
    for (const [name, value] of Object.entries(exports)) {
      if (typeof value === "function" && !owners.has(value)) owners.set(value, [owner, name]);
    }
  };
  note("main", mainExports);
  loads.forEach(({ instance }, place) => note(place, instance.exports));
  const functions: Snapshot["functions"] = [];
  for (let index = fresh.tableLength; index < module.wasmTable.length; index++) {
    if (loads.some(({ tableBase, tableEnd }) => tableBase && index >= tableBase && index < tableEnd))
      continue;
    const entry: unknown = module.wasmTable.get(index);
    if (!entry) continue;
    const owner = owners.get(entry);
    if (!owner) throw new Surprise(`an unknown function at ${index} of the table`);
    functions.push([index, ...owner]);
  }
  return functions;
}
