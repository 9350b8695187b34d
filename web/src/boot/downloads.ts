/**
 * Fetches all of the runtime's files at once, from the first byte, and hands each over when Pyodide asks for it.
 * Left to itself Pyodide fetches the wheels only after the interpreter is up.
 */

import { LoadError } from "../load-error.ts";
import type { LoadProgress } from "../protocol.ts";

type Fetch = typeof globalThis.fetch;

/** A file to fetch, with its size before any transfer encoding. */
interface WantedFile {
  url: string;
  bytes: number;
  sha256?: string;
  reader?: { push(piece: Uint8Array): void };
}

interface Download extends WantedFile {
  name: string;
  loaded: number;
  /** Can be taken once for a WebAssembly file, any number of times for the others; null for a module. */
  response: Promise<Response> | null;
}

const WASM = "application/wasm";

/** Milliseconds between two reports, if no file has been completed. */
const REPORT_INTERVAL = 100;

/** One set of downloads; make it before anything else so that nothing waits for its turn. */
export class Downloads {
  /** Rejects with a `LoadError` when a file doesn't come: Pyodide itself would wait for it for ever. */
  readonly failed: Promise<never>;
  #fail!: (error: LoadError) => void;
  readonly #report: (progress: Omit<LoadProgress, "phase">) => void;
  readonly #downloads = new Map<string, Download>();
  /** Of `performance.now()`. */
  #nextReport = 0;
  readonly #modules = new Map<string, Promise<unknown>>();
  readonly #fetch: Fetch = globalThis.fetch.bind(globalThis);

  /**
   * A file's SHA-256, in hexadecimal, is checked where it is given. Where there is a `reader` it gets the file piece by
   * piece and has to check it; `buffer` is empty then, when the file has come whole.
   */
  constructor(files: WantedFile[], report: (progress: Omit<LoadProgress, "phase">) => void) {
    this.failed = new Promise((_, reject) => (this.#fail = reject));
    this.failed.catch(() => undefined);
    this.#report = report;
    for (const file of files) this.add(file);
  }

  /** A module's exports; its code is fetched and compiled along with all the other files. */
  async module<Exports>(url: string): Promise<Exports> {
    return (await (this.#modules.get(url) ?? import(url))) as Exports;
  }

  /** A file's contents. */
  async buffer(url: string): Promise<ArrayBuffer> {
    const response = await this.#answer(url);
    if (!response.ok) throw serverError(url, response.status);
    return response.arrayBuffer();
  }

  /** A WebAssembly file, compiled while it comes in. */
  async compiled(url: string): Promise<WebAssembly.Module> {
    const response = await this.#answer(url);
    if (!response.ok) throw serverError(url, response.status);
    try {
      const compiled = await WebAssembly.compileStreaming(response);
      this.#complete(url);
      return compiled;
    } catch (error) {
      if (error instanceof WebAssembly.CompileError) throw damageError(url, String(error));
      throw asLoadError(url, error);
    }
  }

  /** Makes `fetch` answer from these downloads; call the function it returns to undo that. */
  serve(): () => void {
    const original = globalThis.fetch;
    globalThis.fetch = async (input, options) => {
      const response = await this.#answer(input, options);
      if (response.headers.get("content-type") === WASM) this.#complete(response.url);
      return response;
    };
    return () => {
      globalThis.fetch = original;
    };
  }

  /** Begins to fetch a file. */
  add(file: WantedFile): void {
    const { url } = file;
    const download: Download = { ...file, name: partName(url), loaded: 0, response: null };
    this.#downloads.set(url, download);
    if (url.endsWith(".mjs")) {
      this.#modules.set(url, this.#import(url, download));
    } else {
      download.response = this.#download(url, download);
      download.response.catch(() => undefined);
    }
  }

  /** A module can't be made from a response, and under a strict policy not from a blob either. */
  #import(url: string, download: Download): Promise<unknown> {
    const module = import(url);
    module.then(
      () => this.#count(download, download.bytes),
      (error: unknown) => this.#fail(connectionError(url, error)),
    );
    return module;
  }

  async #download(url: string, download: Download): Promise<Response> {
    try {
      const response = await this.#fetch(url);
      if (!response.ok) throw serverError(url, response.status);
      const streams = url.endsWith(".wasm") && response.headers.get("content-type") === WASM;
      if (!streams) return await this.#collect(url, response, download);
      // The very response: only that one lets the browser compile while it downloads and keep the compiled code for
      // the next visit. Not a copy beside it either, to see how far it is: all 10 MB of it would pass through here.
      return response;
    } catch (error) {
      const problem = asLoadError(url, error);
      this.#fail(problem);
      throw problem;
    }
  }

  async #collect(url: string, response: Response, download: Download): Promise<Response> {
    const chunks = await this.#drain(url, response, download);
    if (download.reader) return new Response();
    const type = url.endsWith(".wasm") ? WASM : (response.headers.get("content-type") ?? "");
    return new Response(new Blob(chunks), { headers: { "content-type": type } });
  }

  async #drain(url: string, response: Response, download: Download): Promise<Uint8Array<ArrayBuffer>[]> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const reader = response.body!.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value);
      download.reader?.push(read.value);
      this.#count(download, read.value.byteLength);
    }
    if (download.loaded !== download.bytes) throw sizeError(url, download);
    if (download.sha256 && !download.reader) {
      await checkSum(url, new Uint8Array(await new Blob(chunks).arrayBuffer()), download.sha256);
    }
    return chunks;
  }

  /** What isn't seen coming is there, or is somebody else's to read. */
  #complete(url: string): void {
    const download = this.#downloads.get(url);
    if (download) this.#count(download, download.bytes - download.loaded);
  }

  #count(download: Download, bytes: number): void {
    download.loaded += bytes;
    const now = performance.now();
    if (now < this.#nextReport && download.loaded < download.bytes) return;
    this.#nextReport = now + REPORT_INTERVAL;
    const all = [...this.#downloads.values()];
    const pending = all.find((file) => file.loaded < file.bytes);
    const sum = (key: "loaded" | "bytes") => all.reduce((total, file) => total + file[key], 0);
    this.#report({ part: pending?.name ?? "", bytes: sum("loaded"), total: sum("bytes") });
  }

  async #answer(input: RequestInfo | URL, options?: RequestInit): Promise<Response> {
    const url = input instanceof Request ? input.url : String(input);
    const download = this.#downloads.get(url);
    if (!download?.response) return this.#fetch(input, options);
    const response = await download.response;
    if (url.endsWith(".wasm")) return response;
    if (!options?.integrity) return response.clone();
    // Without crypto.subtle (plain http) let the browser check; the file is in its cache by now.
    if (!globalThis.crypto.subtle) return this.#fetch(input, options);
    await this.#check(url, response.clone(), options.integrity);
    return response.clone();
  }

  async #check(url: string, response: Response, integrity: string): Promise<void> {
    const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
    const found = `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
    if (found === integrity) return;
    const problem = damageError(url, `${found} instead of ${integrity}`);
    this.#fail(problem);
    throw problem;
  }
}

/** Rejects with a `LoadError` if what came from `url` has another SHA-256. */
export async function checkSum(url: string, bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<void> {
  const found = await digest(bytes);
  if (found !== null && found !== sha256) throw damageError(url, `SHA-256 ${found} instead of ${sha256}`);
}

/**
 * The SHA-256 in hexadecimal; null on plain http, where browsers don't give it. A damaged file is mostly noticed all the
 * same, for compressed ones carry a checksum.
 */
async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  if (!globalThis.crypto.subtle) return null;
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a reader would call a file: a wheel goes by its package, the interpreter's files are Python. */
function partName(url: string): string {
  const file = url.slice(url.lastIndexOf("/") + 1);
  if (file.endsWith(".whl")) return file.slice(0, file.indexOf("-")).replaceAll("_", "-");
  return "Python";
}

function asLoadError(url: string, error: unknown): LoadError {
  return error instanceof LoadError ? error : connectionError(url, error);
}

function connectionError(url: string, error: unknown): LoadError {
  return new LoadError("Python could not be fetched: the connection failed.", `${url}: ${String(error)}`);
}

export function serverError(url: string, status: number): LoadError {
  return new LoadError(`Python could not be fetched: the server answered ${status}.`, url);
}

/** What is told of a file that came whole but isn't right. */
export function damageError(url: string, cause: string): LoadError {
  return new LoadError(`${partName(url)} isn't the file that this page was made with.`, `${url}: ${cause}`);
}

function sizeError(url: string, { loaded, bytes }: Download): LoadError {
  return new LoadError(
    "Python could not be fetched: a file didn't arrive whole.",
    `${url} has ${loaded} bytes, expected ${bytes}`,
  );
}
