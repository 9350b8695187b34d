/** Starts Python fast: from a snapshot, from what an earlier start has left, or from compiled modules. */

import type { loadPyodide, PyodideAPI } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";
import type { KeptStart, LoadProgress, RuntimeFiles, StartFiles } from "../protocol.ts";
import { moduleOf } from "./emscripten.ts";
import { Chunks, fetchNow, type WrittenIndex } from "./chunks.ts";
import { FastFiles, type SnapshotSource } from "./fast-files.ts";
import { addFiles, placesOf } from "./file-tree.ts";
import { type Factory, loadPrepared, type PyodideModules } from "./interpreter.ts";
import { useCompiled, useCompiledLibraries } from "./precompiled.ts";
import { Missing } from "./missing.ts";
import type { SnapshotParts } from "./restore.ts";
import type { Snapshot } from "./snapshot.ts";
import { startRestored } from "./start-restored.ts";
import { prepareDecoder } from "./zstd.ts";

type Report = (progress: LoadProgress) => void;

const KERNEL_FOLDER = "/lib/gradus";

/** A Python that is ready, and what the next one can start from. */
export interface Started {
  pyodide: PyodideAPI;
  keep: { parts: KeptStart; buffers: ArrayBuffer[] } | null;
  /** What the snapshot has left out; null where nothing is missing. */
  missing: Missing | null;
}

/** From the snapshot. Rejects with a `LoadError` for what can't be fetched, and otherwise if the snapshot doesn't fit. */
export async function startFromSnapshot(
  runtime: RuntimeFiles,
  start: StartFiles,
  from: SnapshotSource,
  report: Report,
): Promise<Started> {
  const files = open(runtime, start, from, report);
  const use = useCompiled(files.main());
  const starting = async (): Promise<Started> => {
    // Most of what comes late is needed only when the interpreter has been made.
    const chunks = files.prepareChunks({ modules: false });
    const coming = Promise.all([files.snapshot(), chunks]).then(([parts]) => parts);
    coming.catch(() => undefined);
    return restoreWith(runtime, await files.modules(), files.main(), coming, files.index(), files.chunks);
  };
  try {
    return await Promise.race([starting(), use.failed, files.downloads.failed]);
  } finally {
    use.stop();
  }
}

/** From what an earlier worker has left: everything is here, and compiled. Rejects if that is no longer whole. */
export async function startFromKept(runtime: RuntimeFiles, kept: KeptStart): Promise<Started> {
  const main = Promise.resolve(kept.main);
  const use = useCompiled(main);
  const starting = async (): Promise<Started> => {
    const [{ loadPyodide: load }, { default: factory }] = await Promise.all([
      import(`${runtime.runtime}pyodide.mjs`) as Promise<{ loadPyodide: typeof loadPyodide }>,
      import(`${runtime.runtime}pyodide.asm.mjs`) as Promise<{ default: Factory }>,
      prepareDecoder(),
    ]);
    const parts = {
      snapshot: kept.snapshot as Snapshot,
      pages: kept.pages.map((buffer) => new Uint8Array(buffer)),
      libraries: kept.libraries,
    };
    const held = kept.chunks.map(([name, buffer]) => [name, new Uint8Array(buffer)] as const);
    const chunks = new Chunks(runtime.start!.index.url, held);
    return restoreWith(
      runtime,
      { load, factory },
      main,
      Promise.resolve(parts),
      Promise.resolve(kept.index as WrittenIndex),
      chunks,
    );
  };
  try {
    return await Promise.race([starting(), use.failed]);
  } finally {
    use.stop();
  }
}

async function restoreWith(
  runtime: RuntimeFiles,
  modules: PyodideModules,
  main: Promise<WebAssembly.Module>,
  coming: Promise<SnapshotParts>,
  indexComing: Promise<WrittenIndex>,
  chunks: Chunks,
): Promise<Started> {
  const standard = runtime.files.find(({ url }) => url.endsWith("/python_stdlib.zip"))!;
  const surroundings = indexComing.then((index) => ({
    index,
    readChunk: (chunk: string) => chunks.read(index, chunk),
    readPart: (part: string) => chunks.take(index, part),
    standard: { bytes: standard.bytes, read: () => new Uint8Array(fetchNow(standard.url)) },
    packages: index.packages,
  }));
  const lock = indexComing.then((index) => index.lock);
  // Whoever waits for it is told; until then nobody may be.
  lock.catch(() => undefined);
  const missing = new Missing(runtime.start!, chunks);
  const told = Promise.all([coming, indexComing]).then(([parts, index]) => {
    missing.know(index, parts.snapshot.libraries);
    return parts;
  });
  const started = await startRestored(
    modules,
    options(runtime, lock),
    told,
    surroundings,
    missing.functions.adopt,
  );
  missing.code = started.missing;
  const [parts, index] = await Promise.all([coming, indexComing]);
  const buffers = parts.pages.map(({ buffer }) => buffer);
  const kept: KeptStart = {
    main: await main,
    libraries: parts.libraries,
    snapshot: parts.snapshot,
    pages: buffers,
    index,
    chunks: [...chunks.held].map(([name, bytes]) => [name, bytes.buffer]),
  };
  return {
    pyodide: started.pyodide,
    keep: { parts: kept, buffers },
    missing,
  };
}

/** From compiled modules: Python imports them as usual, but neither fetches nor compiles anything for it. */
export async function startFromModules(
  runtime: RuntimeFiles,
  start: StartFiles,
  report: Report,
): Promise<Started> {
  const files = open(runtime, start, null, report);
  const use = useCompiled(files.main(), () => files.standard());
  const starting = async (): Promise<Started> => {
    const [modules, index] = await Promise.all([
      files.modules(),
      files.index(),
      files.prepareChunks({ modules: true }),
      files.main(),
    ]);
    const pyodide = await loadPrepared(modules, options(runtime, index.lock), () => undefined);
    addFiles(moduleOf(pyodide).FS, placesOf(index), (chunk) => files.chunks.read(index, chunk));
    useCompiledLibraries(await files.libraries(), (place) => files.libraryBytes(place));
    Object.assign(pyodide.loadedPackages, index.packages);
    const path = pyodide.pyimport("sys.path") as PyProxy & { append(folder: string): void };
    path.append(KERNEL_FOLDER);
    path.destroy();
    const invalidate = pyodide.pyimport("importlib.invalidate_caches") as PyCallable;
    invalidate();
    invalidate.destroy();
    return { pyodide, keep: null, missing: null };
  };
  try {
    return await Promise.race([starting(), use.failed, files.downloads.failed]);
  } finally {
    use.stop();
  }
}

function open(
  runtime: RuntimeFiles,
  start: StartFiles,
  from: SnapshotSource | null,
  report: Report,
): FastFiles {
  let phase: LoadProgress["phase"] = "downloading";
  return new FastFiles(runtime, start, from, (counted) => {
    if (counted.bytes === counted.total) phase = "starting";
    report({ phase, ...counted });
  });
}

/** The lock file isn't fetched: it would only say what is there already. */
function options(runtime: RuntimeFiles, lock: unknown): Record<string, unknown> {
  return {
    indexURL: runtime.runtime,
    packageBaseUrl: runtime.runtime,
    lockFileContents: lock,
    stdout: (text: string) => console.debug(text),
    stderr: (text: string) => console.debug(text),
  };
}
