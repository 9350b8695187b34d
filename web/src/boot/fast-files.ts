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

/** Where the snapshot comes from: "stored" by an earlier visit, if that can still be read. */
export type SnapshotSource = "stored" | "fetched";

export class FastFiles {
  readonly downloads: Downloads;
  readonly chunks: Chunks;
  readonly #start: StartFiles;
  readonly #runtime: RuntimeFiles;
  readonly #main: Promise<WebAssembly.Module>;
  readonly #libraries: Promise<WebAssembly.Module[]>;
  readonly #snapshot: Promise<SnapshotParts> | null;

  /** Without a source it gets no snapshot, but the modules that Python then has to import. */
  constructor(
    runtime: RuntimeFiles,
    start: StartFiles,
    from: SnapshotSource | null,
    report: (progress: Omit<LoadProgress, "phase">) => void,
  ) {
    this.#runtime = runtime;
    this.#start = start;
    this.chunks = new Chunks(start.index.url);
    const own = from ? [] : [start.modules, start.standard, ...start.libraries];
    const scripts = runtime.files.filter(({ url }) => /pyodide(\.asm)?\.mjs$/.test(url));
    const whole = runtime.files.find(({ url }) => url.endsWith("/pyodide.asm.wasm"))!;
    // Its file's name says what is in it, so it needs no checksum.
    const { url, bytes } = from ? start.interpreter!.first : whole;
    const first = start.data.slice(0, FIRST_DATA);
    this.downloads = new Downloads([...scripts, { url, bytes }, start.index, ...own, ...first], report);
    this.#main = this.downloads.compiled(url);
    this.#snapshot = from && this.#getSnapshot(start.snapshot!, from);
    this.#libraries = this.#snapshot
      ? Promise.resolve([])
      : Promise.all(start.libraries.map((file) => this.#compileKept(file)));
    // Whoever asks for them is told; until then nobody may be.
    this.#snapshot?.catch(() => undefined);
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

  async #getSnapshot(file: SnapshotFile, from: SnapshotSource): Promise<SnapshotParts> {
    const stored = from === "stored" ? await readStored(file) : null;
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
