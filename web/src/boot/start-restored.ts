/** Starts Python from a snapshot: warm, with packages and kernel loaded, as a normal start would leave it. */

import type { PyodideAPI } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";
import type { MissingCode, ReadPart } from "./cold-code.ts";
import { type EmscriptenModule, moduleOf } from "./emscripten.ts";
import { addFile, addFiles, type FileIndex, placesOf, type ReadChunk } from "./file-tree.ts";
import { loadPrepared, type PyodideModules } from "./interpreter.ts";
import type { Adopt } from "./parted-wasm.ts";
import { type MainInstance, restoreFiles, restore, type SnapshotParts } from "./restore.ts";

/** What a start from a snapshot needs besides the snapshot itself. */
export interface Surroundings {
  index: FileIndex;
  readChunk: ReadChunk;
  readPart: ReadPart;
  /** The standard library's archive; null where Pyodide has put it into the file system by itself. */
  standard: { bytes: number; read: () => Uint8Array } | null;
  /** The loaded packages and where they came from, as Pyodide has it. */
  packages: Record<string, string>;
}

/** A Python that has started from a snapshot. */
export interface Restored {
  pyodide: PyodideAPI;
  /** What it has been started without. */
  missing: MissingCode | null;
}

const STANDARD_LIBRARY = "/lib/python314.zip";

/**
 * `options` are `loadPyodide`'s; all else may come while the interpreter is being made. Rejects if anything isn't as it
 * was when the snapshot was taken.
 */
export async function startRestored(
  modules: PyodideModules,
  options: Record<string, unknown>,
  coming: SnapshotParts | Promise<SnapshotParts>,
  surroundings: Surroundings | Promise<Surroundings>,
  adopt: Adopt,
): Promise<Restored> {
  let missing: MissingCode | null = null;
  // Pyodide reads the records of all packages that it finds when it starts.
  const isRecord = ({ path }: { path: string }): boolean => path.includes(".dist-info/");
  const around = Promise.resolve(surroundings).then((found) => ({
    ...found,
    places: [...placesOf(found.index)],
  }));
  // Whoever waits for it is told; until then nobody may be.
  around.catch(() => undefined);
  // Anything here makes Pyodide look for a snapshot; it is handed over below.
  const restoring = { ...options, _loadSnapshot: new Uint8Array(8) };
  const prepare = async (module: EmscriptenModule, main: MainInstance): Promise<void> => {
    const [parts, { places, readChunk, readPart, standard }] = await Promise.all([coming, around]);
    missing = restore(module, main, parts, readPart, adopt);
    if (standard) {
      module.FS.unlink(STANDARD_LIBRARY);
      const parent = module.FS.lookupPath("/lib").node;
      addFile(module.FS, parent, STANDARD_LIBRARY.slice("/lib/".length), standard.bytes, standard.read);
    }
    addFiles(
      module.FS,
      places.filter((place) => !isRecord(place)),
      readChunk,
    );
    restoreFiles(module, parts.snapshot);
    module.API.restoreSnapshot = () => parts.snapshot.objects;
  };
  const pyodide = await loadPrepared(modules, restoring, prepare, adopt);
  const { places, readChunk, packages } = await around;
  addFiles(moduleOf(pyodide).FS, places.filter(isRecord), readChunk);
  Object.assign(pyodide.loadedPackages, packages);
  freshen(pyodide);
  return { pyodide, missing };
}

function freshen(pyodide: PyodideAPI): void {
  const language = moduleOf(pyodide)
    .getEnvStrings()
    .filter((entry) => entry.startsWith("LANG="));
  const environment = pyodide.toPy(language) as PyProxy;
  const own = pyodide.pyimport("gradus.kernel.warm_up.freshen") as PyCallable;
  own(environment);
  own.destroy();
  environment.destroy();
}
