/** The chunks of the files' archive that are at hand, and the fetching of those that aren't. */

import { LoadError } from "../load-error.ts";
import { damageError, serverError } from "./downloads.ts";
import type { FileIndex } from "./file-tree.ts";
import { decode } from "./zstd.ts";

/** The index as the build writes it: `names` are of the chunks' files. */
export interface WrittenIndex extends FileIndex {
  names: string[];
  /** The loaded packages and where they came from. */
  packages: Record<string, string>;
  /** Pyodide's lock file. */
  lock: unknown;
}

export class Chunks {
  readonly held: Map<string, Uint8Array<ArrayBuffer>>;
  readonly #base: string;

  /** `base` is the address of a file beside the chunks'; `held` are those that are at hand already. */
  constructor(base: string, held: Iterable<readonly [string, Uint8Array<ArrayBuffer>]> = []) {
    this.#base = base;
    this.held = new Map(held);
  }

  /** Decodes what came from `url` and keeps it. */
  keep(chunk: string, url: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const bytes = url.endsWith(".zst") ? decode(data) : data;
    if (!bytes) throw damageError(url, "a frame is damaged");
    this.held.set(chunk, bytes);
    return bytes;
  }

  /** A chunk's bytes; one that isn't at hand is fetched at once, while Python waits. */
  read(index: WrittenIndex, chunk: string): Uint8Array<ArrayBuffer> {
    const known = this.held.get(chunk);
    if (known) return known;
    const url = this.#address(index, chunk);
    return this.keep(chunk, url, new Uint8Array(fetchNow(url)));
  }

  /** The same for one that is needed only once. */
  take(index: WrittenIndex, chunk: string): Uint8Array<ArrayBuffer> {
    const bytes = this.read(index, chunk);
    this.held.delete(chunk);
    return bytes;
  }

  /** Fetches a chunk that isn't at hand, while Python goes on. */
  async fetch(index: WrittenIndex, chunk: string): Promise<void> {
    if (this.held.has(chunk)) return;
    const url = this.#address(index, chunk);
    const response = await fetchSoon(url);
    this.keep(chunk, url, new Uint8Array(await response.arrayBuffer()));
  }

  #address(index: WrittenIndex, chunk: string): string {
    return new URL(index.names[index.chunks.indexOf(chunk)]!, this.#base).href;
  }
}

// The worker's scope loses them once Python has started, so that the reader's programs don't have them.
const OwnRequest = globalThis.XMLHttpRequest;
const ownFetch = globalThis.fetch.bind(globalThis);

/** Fetches a file while Python goes on. */
export async function fetchSoon(url: string): Promise<Response> {
  const response = await ownFetch(url);
  if (!response.ok) throw serverError(url, response.status);
  return response;
}

/** Fetches a file while everything waits: in a worker that is allowed, and Python's open() can't do otherwise. */
export function fetchNow(url: string): ArrayBuffer {
  const request = new OwnRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) {
    throw new LoadError(`Python could not be fetched: the server answered ${request.status}.`, url);
  }
  return request.response as ArrayBuffer;
}
