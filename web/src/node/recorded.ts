/** Pyodide under Node, started from a snapshot by the very code that the reader's browser uses. */

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { PyodideAPI } from "pyodide";
import type { FileIndex } from "../boot/file-tree.ts";
import type { Factory } from "../boot/interpreter.ts";
import { partLibraries, type Snapshot } from "../boot/snapshot.ts";
import { startRestored } from "../boot/start-restored.ts";
import { loader, OPTIONS } from "./python.ts";

/** Where archive.ts and record.ts have put what they found. */
export interface RecordedFolder {
  archive: string;
  snapshot: string;
}

/** Starts Python from the snapshot in a folder, with the runtime that it was recorded with. */
export async function startRecorded(runtime: string, folder: RecordedFolder): Promise<PyodideAPI> {
  const { files, versions } = JSON.parse(await readFile(`${folder.archive}/files.json`, "utf8")) as {
    files: { path: string; bytes: number }[];
    versions: Record<string, string>;
  };
  const contents = new Uint8Array(await readFile(`${folder.archive}/files.bin`));
  const snapshot = JSON.parse(await readFile(`${folder.snapshot}/snapshot.json`, "utf8")) as Snapshot;
  const pages = [new Uint8Array(await readFile(`${folder.snapshot}/pages.bin`))];
  const index: FileIndex = { chunks: ["all"], folders: {} };
  let offset = 0;
  for (const { path, bytes } of files) {
    const slash = path.lastIndexOf("/");
    (index.folders[path.slice(0, slash)] ??= []).push(path.slice(slash + 1), bytes, 0, offset);
    offset += bytes;
  }
  const code = new Uint8Array(await readFile(`${folder.snapshot}/libraries.bin`));
  const libraries = await Promise.all(
    partLibraries(snapshot.libraries, code).map((one) => WebAssembly.compile(one)),
  );
  const entry = pathToFileURL(`${runtime}/pyodide.asm.mjs`).href;
  const { default: factory } = (await import(entry)) as { default: Factory };
  return startRestored(
    { load: await loader(runtime), factory },
    { ...OPTIONS, indexURL: runtime },
    { snapshot, pages, libraries },
    { index, readChunk: () => contents, standard: null, packages: versions },
  );
}
