/** Puts a recorded memory, with its libraries and tables, into an interpreter that has just been made. */

import { MissingCode, type ReadPart } from "./cold-code.ts";
import { type EmscriptenModule, type Functions, requirePrivateNames, Surprise } from "./emscripten.ts";
import type { Adopt } from "./parted-wasm.ts";
import { PAGE, type LibraryRecord, type Snapshot, sumPages } from "./snapshot.ts";

/** What a restore is made from. */
export interface SnapshotParts {
  snapshot: Snapshot;
  /** The bytes of the snapshot's runs, one after the other, in pieces of any length. */
  pages: Uint8Array<ArrayBuffer>[];
  /** The compiled libraries, in the snapshot's order. */
  libraries: WebAssembly.Module[];
}

/** What the interpreter was instantiated with and gave. */
export interface MainInstance {
  imports: Functions;
  exports: Functions;
}

/** A function that a library imports and that is found only once all libraries are there. */
type Stub = Functions[string] & { stub?: true };

/**
 * Brings `module` into the snapshot's state; gives the code that is still missing, of which `readPart` gives the parts.
 *
 * `adopt` gets the libraries' exports. Throws, mostly a `Surprise`, if it isn't the interpreter it seems.
 */
export function restore(
  module: EmscriptenModule,
  main: MainInstance,
  parts: SnapshotParts,
  readPart: ReadPart,
  adopt: Adopt,
): MissingCode | null {
  const { snapshot, pages } = parts;
  requirePrivateNames(module);
  checkSame(module, snapshot);
  module.wasmTable.grow(snapshot.freshTableLength - (module.wasmTable.length as number));
  const trampoline = trampolinePlace(module);
  const ownTrampoline = module.HEAP32[trampoline]!;
  if (module.HEAP8.length < snapshot.memoryLength && !module.growMemory(snapshot.memoryLength)) {
    throw new Surprise(`no memory of ${snapshot.memoryLength} bytes to be had`);
  }
  const exports = snapshot.libraries.map((record, place) =>
    placeLibrary(module, main, record, parts.libraries[place]!, (own, imports) => adopt(place, own, imports)),
  );
  fillTables(module, main, snapshot, exports);
  const written = Math.max(snapshot.freshMemoryEnd, module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2]!);
  fillMemory(module.HEAPU8, snapshot, pages, written);
  // How Python calls C functions of other signatures depends on the browser, not on the recording.
  module.HEAP32[trampoline] = ownTrampoline;
  chooseRunSync(module, main, snapshot);
  module.stackRestore(snapshot.stackPointer);
  return snapshot.cold && new MissingCode(module, main.exports, snapshot.cold, readPart);
}

/** Makes the folders that were there, and opens the files that were open; the files have to be there. */
export function restoreFiles({ FS }: EmscriptenModule, { folders, streams }: Snapshot): void {
  for (const folder of folders) FS.mkdirTree(folder);
  for (const { fd, path, flags, position } of streams) {
    const creating = 0o100 | 0o1000;
    const stream = FS.open(path, flags & ~creating);
    FS.streams[stream.fd] = null;
    stream.fd = fd;
    stream.position = position;
    FS.streams[fd] = stream;
  }
}

function checkSame(module: EmscriptenModule, snapshot: Snapshot): void {
  if (module.API.config.BUILD_ID !== snapshot.buildId) throw new Surprise("another build of Pyodide");
  const spare = snapshot.freshTableLength - (module.wasmTable.length as number);
  if (spare < 0) throw new Surprise(`${-spare} functions too many in the table`);
  if (sumPages(module.HEAPU32, snapshot.freshRuns) !== snapshot.freshSum) {
    throw new Surprise("other static data");
  }
}

/** Whether WebAssembly can be suspended depends on the browser too. */
function chooseRunSync(module: EmscriptenModule, main: MainInstance, { runSync }: Snapshot): void {
  const [place, name] = module.jspiSupported
    ? [runSync.suspending, "run_sync"]
    : [runSync.refusing, "run_sync_not_supported"];
  if (module.wasmTable.get(place) !== main.exports[name]) throw new Surprise(`${name} isn't where it was`);
  module.HEAPU32[runSync.address >>> 2] = place;
}

function trampolinePlace(module: EmscriptenModule): number {
  return (module.__PyRuntime + module.HEAP32[module.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET >> 2]!) >>> 2;
}

/** Instantiates a library where it was; its data are in the memory already, so nothing of it runs. */
function placeLibrary(
  module: EmscriptenModule,
  main: MainInstance,
  record: LibraryRecord,
  compiled: WebAssembly.Module,
  adopt: (exports: WebAssembly.Exports, imports: WebAssembly.Imports) => WebAssembly.Exports,
): Functions {
  const missing = record.tableBase + record.tableSize - (module.wasmTable.length as number);
  if (record.tableSize > 0 && missing > 0) module.wasmTable.grow(missing);
  let own: Functions = {};
  const late: Functions = {};
  const find = (name: string): unknown => {
    const known = main.imports[name] as Stub;
    return known !== undefined && !(known as { stub?: true }).stub ? known : own[name];
  };
  const environment = new Proxy<Functions>(
    {},
    {
      get(_, name: string) {
        if (name === "__memory_base") return record.memoryBase;
        if (name === "__table_base") return record.tableBase;
        const known = main.imports[name] as Stub;
        if (known !== undefined && !(known as { stub?: true }).stub) return known;
        return (late[name] ??= (...values: unknown[]) => {
          const found = find(name);
          if (typeof found !== "function") throw new Error(`${record.path} needs ${name}, which isn't there`);
          return (found as (...values: unknown[]) => unknown)(...values);
        });
      },
    },
  );
  const offsets = new Proxy(new Set<string>(), module.GOTHandler) as unknown as WebAssembly.ModuleImports;
  const imports = {
    "GOT.mem": offsets,
    "GOT.func": offsets,
    env: environment as WebAssembly.ModuleImports,
    wasi_snapshot_preview1: environment as WebAssembly.ModuleImports,
  };
  const exports = adopt(new WebAssembly.Instance(compiled, imports).exports, imports);
  own = module.relocateExports(exports, record.memoryBase);
  if (Object.keys(own).some((name) => name.startsWith("__em_js__"))) {
    throw new Surprise(`${record.path} carries JavaScript`);
  }
  const library = module.newDSO(record.path, undefined, own);
  library.refcount = record.references ?? Infinity;
  library.global = record.global;
  for (const handle of record.handles) module.LDSO.loadedLibsByHandle[handle] = library;
  return exports;
}

function fillTables(
  module: EmscriptenModule,
  main: MainInstance,
  snapshot: Snapshot,
  exports: Functions[],
): void {
  const table = module.wasmTable;
  const missing = snapshot.tableLength - (table.length as number);
  if (missing > 0) table.grow(missing);
  for (const [symbol, address] of Object.entries(snapshot.offsets)) {
    const global = (module.GOT[symbol] ??= new WebAssembly.Global({ value: "i32", mutable: true }, -1));
    global.value = address;
  }
  for (const [index, owner, name] of snapshot.functions) {
    const found = (owner === "main" ? main.exports : exports[owner])?.[name];
    if (typeof found !== "function") throw new Surprise(`no function ${name} for the table`);
    table.set(index, found);
  }
  module.freeTableIndexes.push(...snapshot.freeTableIndexes);
  module.updateTableMap(snapshot.freshTableLength, snapshot.tableLength - snapshot.freshTableLength);
}

function fillMemory(memory: Uint8Array, snapshot: Snapshot, pages: Uint8Array[], written: number): void {
  zeroBetween(memory, snapshot, written);
  let piece = 0;
  let used = 0;
  for (const [first, count] of snapshot.runs) {
    let at = first * PAGE;
    const end = at + count * PAGE;
    while (at < end) {
      const bytes = pages[piece];
      if (!bytes) throw new Surprise("the snapshot's memory isn't whole");
      const part = bytes.subarray(used, used + end - at);
      memory.set(part, at);
      at += part.length;
      used += part.length;
      if (used === bytes.length) {
        piece += 1;
        used = 0;
      }
    }
  }
}

/** Below `written`, what was zero when the snapshot was taken may be something else by now. */
function zeroBetween(memory: Uint8Array, { runs, freshRuns }: Snapshot, written: number): void {
  const filled = [...runs, ...freshRuns].sort(([a], [b]) => a - b);
  let end = 0;
  for (const [first, count] of [...filled, [Math.ceil(written / PAGE), 0] as const]) {
    const start = Math.min(first * PAGE, written);
    if (start > end) memory.fill(0, end, start);
    end = Math.max(end, (first + count) * PAGE);
  }
}
