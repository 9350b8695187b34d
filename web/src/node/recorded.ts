/** Pyodide under Node, started from a snapshot by the very code that the reader's browser uses. */

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { PyodideAPI } from "pyodide";
import type { FileIndex } from "../boot/file-tree.ts";
import type { Factory } from "../boot/interpreter.ts";
import type { Adopt } from "../boot/parted-wasm.ts";
import { partLibraries, type Snapshot } from "../boot/snapshot.ts";
import { startRestored } from "../boot/start-restored.ts";
import { loader, OPTIONS } from "./python.ts";

/** Where archive.ts and record.ts have put what they found. */
export interface RecordedFolder {
  archive: string;
  snapshot: string;
}

/** What a folder holds of a snapshot. */
export interface Recorded {
  snapshot: Snapshot;
  code: Uint8Array<ArrayBuffer>;
  pages: Uint8Array<ArrayBuffer>;
  /** The files of packages and kernel, one after the other. */
  files: { path: string; bytes: number }[];
  contents: Uint8Array<ArrayBuffer>;
  versions: Record<string, string>;
}

/** Reads what was recorded. */
export async function readRecorded(folder: RecordedFolder): Promise<Recorded> {
  const { files, versions } = JSON.parse(await readFile(`${folder.archive}/files.json`, "utf8")) as Recorded;
  return {
    snapshot: JSON.parse(await readFile(`${folder.snapshot}/snapshot.json`, "utf8")) as Snapshot,
    code: new Uint8Array(await readFile(`${folder.snapshot}/libraries.bin`)),
    pages: new Uint8Array(await readFile(`${folder.snapshot}/pages.bin`)),
    files,
    contents: new Uint8Array(await readFile(`${folder.archive}/files.bin`)),
    versions,
  };
}

/** What an interpreter is made from, in the place of what its runtime has. */
export interface Making {
  main: WebAssembly.Module;
  adopt: Adopt;
}

/**
 * Starts Python from a snapshot, with the runtime that it was recorded with or what `making` has in its place; `readPart`
 * gives the code that was left out of it.
 */
export async function startRecorded(
  runtime: string,
  { snapshot, code, pages, files, contents, versions }: Recorded,
  readPart: (part: string) => Uint8Array<ArrayBuffer>,
  making: Making,
): Promise<PyodideAPI> {
  useInterpreter(making.main);
  const index: FileIndex = { chunks: ["files"], folders: {} };
  let offset = 0;
  for (const { path, bytes } of files) {
    const slash = path.lastIndexOf("/");
    (index.folders[path.slice(0, slash)] ??= []).push(path.slice(slash + 1), bytes, 0, offset);
    offset += bytes;
  }
  const libraries = await Promise.all(
    partLibraries(snapshot.libraries, code).map((one) => WebAssembly.compile(one)),
  );
  const entry = pathToFileURL(`${runtime}/pyodide.asm.mjs`).href;
  const { default: factory } = (await import(entry)) as { default: Factory };
  const { pyodide } = await startRestored(
    { load: await loader(runtime), factory },
    { ...OPTIONS, indexURL: runtime },
    { snapshot, pages: [pages], libraries },
    { index, readChunk: () => contents, readPart, standard: null, packages: versions },
    making.adopt,
  );
  return pyodide;
}

/** Pyodide hands the bytes of its own interpreter to WebAssembly. */
function useInterpreter(main: WebAssembly.Module): void {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = (async (_: BufferSource, imports: WebAssembly.Imports) => {
    WebAssembly.instantiate = instantiate;
    return { module: main, instance: await WebAssembly.instantiate(main, imports) };
  }) as typeof instantiate;
}
