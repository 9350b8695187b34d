/** Records a warm Python under Node: its memory, its tables, its libraries, so that a page can start from there. */

import { readFile, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { PyodideConfig } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";
import { type EmscriptenModule, type Functions, moduleOf, requirePrivateNames } from "../boot/emscripten.ts";
import { type Factory, loadPrepared } from "../boot/interpreter.ts";
import { findFunctions } from "./find-functions.ts";
import { addKernelFolder, loader, OPTIONS } from "./python.ts";
import { makeRepeatable } from "./repeatable.ts";
import { describeFresh, type FreshState, type Loading, takeSnapshot } from "./take-snapshot.ts";

/** What stdin holds. */
interface Request {
  /** The site's runtime folder: interpreter, lock file, wheels. */
  runtime: string;
  /** The folder with `files.bin` and `files.json` that archive.ts has written. */
  archive: string;
  /** Modules to import before the recording. */
  modules: string[];
  /** A folder for `snapshot.json`, `libraries.bin`, `pages.bin` and `functions.json`. */
  output: string;
}

const SPARE_FUNCTIONS = 16;

const request = JSON.parse(await text(process.stdin)) as Request;
const loads: Loading[] = [];
let module!: EmscriptenModule;
let mainExports: Functions = {};
let fresh!: FreshState;

// What differs between fresh interpreters must differ between these two.
makeRepeatable(2000);
const otherFreshMemory = await makeFreshMemory();
makeRepeatable(1000);
watchLibraries();
const python = await startRecorded();
await addArchive();
addKernelFolder(python);
const warmUp = python.pyimport("gradus.kernel.warm_up.warm_up") as PyCallable;
const modules = python.toPy(request.modules) as { destroy(): void };
warmUp(modules);
modules.destroy();
warmUp.destroy();
// Pyodide puts it there at every start.
const path = python.pyimport("sys.path") as PyProxy & { remove(folder: string): void };
path.remove("");
path.destroy();
const emptyBuffers = python.pyimport("gradus.kernel.warm_up.empty_buffers") as PyCallable;
const emptied = emptyBuffers() as PyProxy & { toJs(): number[] };
const bufferedFiles = emptied.toJs();
emptied.destroy();
emptyBuffers.destroy();
const { snapshot, code, pages } = takeSnapshot(module, fresh, mainExports, loads, bufferedFiles);
// From here on Python's memory doesn't matter any more.
const functions = findFunctions(module, mainExports, (source) => python.runPython(source));
await writeFile(`${request.output}/libraries.bin`, code);
await writeFile(`${request.output}/pages.bin`, pages);
await writeFile(`${request.output}/snapshot.json`, JSON.stringify(snapshot));
await writeFile(`${request.output}/functions.json`, JSON.stringify(functions));
process.exit(0);

/** Notes each shared library's place and instance, in the order in which they are loaded. */
function watchLibraries(): void {
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, [compiled, imports]: [WebAssembly.Module, WebAssembly.Imports]) {
      const environment = imports["env"] as { __memory_base?: number; __table_base?: number } | undefined;
      const instance = new target(compiled, imports);
      if (imports["GOT.mem"] && environment) {
        loads.push({
          memoryBase: environment.__memory_base!,
          tableBase: environment.__table_base!,
          tableEnd: module.wasmTable.length as number,
          instance,
        });
      }
      return instance;
    },
  });
}

/** The memory of an interpreter in which nothing has run yet. */
async function makeFreshMemory(): Promise<Uint8Array> {
  let memory = new Uint8Array();
  const modules = { load: await loader(request.runtime), factory: await interpreter() };
  const enough = new Error("that was all");
  const options = { ...OPTIONS, indexURL: request.runtime, _loadSnapshot: new Uint8Array(8) };
  const loading = loadPrepared(modules, options, (made) => {
    memory = made.HEAPU8.slice();
    throw enough;
  });
  await loading.catch((error: unknown) => {
    if (error !== enough) throw error;
  });
  return memory;
}

async function interpreter(): Promise<Factory> {
  const entry = pathToFileURL(`${request.runtime}/pyodide.asm.mjs`).href;
  return ((await import(entry)) as { default: Factory }).default;
}

async function startRecorded() {
  const original = await interpreter();
  const createPyodideModule = async (settings: Settings) => {
    const instantiate = settings.instantiateWasm;
    settings.instantiateWasm = (imports, receive) =>
      instantiate(imports, (instance, compiled) => {
        mainExports = instance.exports;
        receive(instance, compiled);
      });
    // This is where a restore begins: everything is in place, and no Python has run.
    settings.onRuntimeInitialized = () => {
      requirePrivateNames(settings);
      module = settings;
      // What a browser can do decides how many functions of Pyodide's own come first; there has to be room for them.
      module.wasmTable.grow(SPARE_FUNCTIONS);
      fresh = describeFresh(module, otherFreshMemory);
    };
    return (await original(settings as never)) as unknown;
  };
  const options = { ...OPTIONS, indexURL: request.runtime, _makeSnapshot: true, createPyodideModule };
  return (await loader(request.runtime))(options as unknown as PyodideConfig);
}

type Receive = (instance: WebAssembly.Instance, compiled: WebAssembly.Module) => void;

/** What the interpreter is made from, and what it becomes. */
interface Settings {
  instantiateWasm(imports: WebAssembly.Imports, receive: Receive): unknown;
  onRuntimeInitialized?: () => void;
}

/** Not with `loadPackage`: it would leave JavaScript objects in Python's hands, which no snapshot can hold. */
async function addArchive(): Promise<void> {
  const { files } = JSON.parse(await readFile(`${request.archive}/files.json`, "utf8")) as {
    files: { path: string; bytes: number }[];
  };
  const contents = await readFile(`${request.archive}/files.bin`);
  const { FS } = moduleOf(python);
  let offset = 0;
  for (const { path, bytes } of files) {
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, new Uint8Array(contents.subarray(offset, (offset += bytes))));
  }
}
