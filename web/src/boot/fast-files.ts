/** The files of a fast start: all fetched at once, decoded, compiled, and handed over when they are needed. */

import type { loadPyodide } from "pyodide";
import type { LoadProgress, RuntimeFiles, SnapshotFile, StartFiles } from "../protocol.ts";
import { Chunks, type WrittenIndex } from "./chunks.ts";
import { Downloads } from "./downloads.ts";
import type { Factory, PyodideModules } from "./interpreter.ts";
import type { SnapshotParts } from "./restore.ts";
import { SnapshotReader } from "./snapshot-reader.ts";
import { readStored } from "./snapshot-store.ts";
import { prepareDecoder } from "./zstd.ts";

/** How many of the data chunks are fetched at once: the small files and the first font. */
const FIRST_DATA = 2;

/** What a start from a snapshot may find, so that it needn't fetch it. */
export interface Found {
  /** An earlier visit may have stored the snapshot. */
  stored: boolean;
  /** The interpreter that comes compiled from elsewhere, or null after all. */
  main: Promise<WebAssembly.Module | null> | null;
}

export class FastFiles {
  readonly downloads: Downloads;
  readonly chunks: Chunks;
  readonly #start: StartFiles;
  readonly #runtime: RuntimeFiles;
  readonly #main: Promise<WebAssembly.Module>;
  readonly #libraries: Promise<WebAssembly.Module[]>;
  readonly #snapshot: Promise<SnapshotParts> | null = null;

  /** Without `found` it fetches no snapshot, but the modules that Python then has to import. */
  constructor(
    runtime: RuntimeFiles,
    start: StartFiles,
    found: Found | null,
    report: (progress: Omit<LoadProgress, "phase">) => void,
  ) {
    this.#runtime = runtime;
    this.#start = start;
    this.chunks = new Chunks(start.index.url);
    const own = found ? [] : [start.modules, start.standard, ...start.libraries];
    const interpreter = runtime.files.filter(({ url }) => /pyodide(\.asm)?\.mjs$/.test(url));
    const first = start.data.slice(0, FIRST_DATA);
    this.downloads = new Downloads([...interpreter, start.index, ...own, ...first], report);
    this.#main = this.#getMain(found?.main ?? null);
    if (found) {
      this.#snapshot = this.#getSnapshot(start.snapshot!, found.stored);
      this.#snapshot.catch(() => undefined);
    }
    this.#libraries = this.#snapshot
      ? Promise.resolve([])
      : Promise.all(start.libraries.map((file) => this.#compileKept(file)));
    // Whoever asks for them is told; until then nobody may be.
    this.#main.catch(() => undefined);
    this.#libraries.catch(() => undefined);
    void prepareDecoder();
  }

  /** Pyodide's modules. */
  async modules(): Promise<PyodideModules> {
    const [{ loadPyodide: load }, { default: factory }] = await Promise.all([
      this.downloads.module<{ loadPyodide: typeof loadPyodide }>(`${this.#runtime.runtime}pyodide.mjs`),
      this.downloads.module<{ default: Factory }>(`${this.#runtime.runtime}pyodide.asm.mjs`),
    ]);
    return { load, factory };
  }

  /** The interpreter, compiled. */
  main(): Promise<WebAssembly.Module> {
    return this.#main;
  }

  /** The libraries, compiled, in the order of the start's list; a snapshot has its own. */
  libraries(): Promise<WebAssembly.Module[]> {
    return this.#libraries;
  }

  async index(): Promise<WrittenIndex> {
    const text = new TextDecoder().decode(await this.downloads.buffer(this.#start.index.url));
    return JSON.parse(text) as WrittenIndex;
  }

  /** The snapshot with its libraries. */
  snapshot(): Promise<SnapshotParts> {
    return this.#snapshot!;
  }

  /** The standard library's archive with compiled modules. */
  standard(): Promise<ArrayBuffer> {
    return this.downloads.buffer(this.#start.standard.url);
  }

  /** Decodes those chunks that are being fetched, so that `readChunk` has them at hand. */
  async prepareChunks(wanted: { modules: boolean }): Promise<void> {
    await prepareDecoder();
    const first = this.#start.data.slice(0, FIRST_DATA);
    const modules = wanted.modules ? [{ chunk: "modules", ...this.#start.modules }] : [];
    for (const { chunk, url } of [...first, ...modules]) {
      this.chunks.keep(chunk, url, new Uint8Array(await this.downloads.buffer(url)));
    }
  }

  /** The bytes of a library; Python reads them too when it imports one. */
  libraryBytes(place: number): Uint8Array {
    return this.chunks.held.get(this.#start.libraries[place]!.chunk)!;
  }

  async #getMain(coming: Promise<WebAssembly.Module | null> | null): Promise<WebAssembly.Module> {
    const main = coming && (await coming);
    if (main) return main;
    const file = this.#runtime.files.find(({ url }) => url.endsWith("/pyodide.asm.wasm"))!;
    this.downloads.add(file);
    return this.downloads.compiled(file.url);
  }

  async #getSnapshot(file: SnapshotFile, isStored: boolean): Promise<SnapshotParts> {
    const stored = isStored ? await readStored(file) : null;
    if (stored) return stored;
    const reader = new SnapshotReader(file);
    this.downloads.add({ ...file, reader });
    await this.downloads.buffer(file.url);
    return reader.finish();
  }

  async #compileKept({ url, chunk }: StartFiles["libraries"][number]): Promise<WebAssembly.Module> {
    const bytes = new Uint8Array(await this.downloads.buffer(url));
    this.chunks.held.set(chunk, bytes);
    return WebAssembly.compile(bytes);
  }
}
