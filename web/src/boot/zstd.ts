/** Decodes what the build has compressed: frames of Zstandard behind a table of their lengths. */

import { ZSTDDecoder } from "zstddec/stream";

/** Bytes that the decoder is given at once: what it has not been given whole yet it holds back. */
const BITE = 16_384;
/** Steps in which the decoder may give nothing; damaged, it gives nothing for ever. */
const MOST_EMPTY = 16;

const decoder = new ZSTDDecoder();
let ready: Promise<void> | null = null;

/** Has to be done once before anything is decoded; does it only the first time. */
export function prepareDecoder(): Promise<void> {
  return (ready ??= withOwnFetch(() => decoder.init()));
}

/** Everything that `data` holds, or null if it is damaged. */
export function decode(data: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  try {
    const frames = new ArrivingFrames((piece) => pieces.push(piece));
    frames.push(data);
    frames.end();
  } catch {
    return null;
  }
  const joined = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** Decodes frames while they come in. */
export class ArrivingFrames {
  readonly #take: (piece: Uint8Array<ArrayBuffer>) => void;
  /** What has come of the table; null when it is whole. */
  #table: Uint8Array | null = new Uint8Array();
  /** Compressed and whole bytes that are still to come, for each frame that isn't whole yet. */
  #missing: [number, number][] = [];
  #frame: ArrivingFrame | null = null;

  /** `take` gets what the frames decode to, piece by piece; no piece goes from one frame into the next. */
  constructor(take: (piece: Uint8Array<ArrayBuffer>) => void) {
    this.#take = take;
  }

  /** Takes the next bytes. Throws an `Error` if they are damaged. */
  push(bytes: Uint8Array): void {
    let rest = this.#table ? this.#readTable(this.#table, bytes) : bytes;
    while (rest.length > 0) {
      const missing = this.#missing[0];
      if (!missing) throw new Error("there is something behind the last frame");
      const part = rest.subarray(0, missing[0]);
      rest = rest.subarray(part.length);
      missing[0] -= part.length;
      this.#frame ??= new ArrivingFrame();
      this.#takeAll(this.#frame.push(part), missing);
      if (missing[0] > 0) continue;
      this.#takeAll(this.#frame.end(), missing);
      if (missing[1] !== 0) throw new Error("a frame is shorter than it should be");
      this.#frame = null;
      this.#missing.shift();
    }
  }

  /** No more will come. Throws an `Error` if something is missing. */
  end(): void {
    if (this.#table || this.#missing.length > 0) throw new Error("not all frames have come");
  }

  #takeAll(pieces: Iterable<Uint8Array<ArrayBuffer>>, missing: [number, number]): void {
    for (const piece of pieces) {
      missing[1] -= piece.length;
      if (missing[1] < 0) throw new Error("a frame is longer than it should be");
      this.#take(piece);
    }
  }

  /** Gives what comes behind the table. */
  #readTable(known: Uint8Array, bytes: Uint8Array): Uint8Array {
    const come = new Uint8Array(known.length + bytes.length);
    come.set(known);
    come.set(bytes, known.length);
    const view = new DataView(come.buffer);
    const length = come.length < 4 ? Infinity : 4 + 8 * view.getUint32(0, true);
    if (length > come.length) {
      this.#table = come;
      return new Uint8Array();
    }
    for (let at = 4; at < length; at += 8) {
      this.#missing.push([view.getUint32(at, true), view.getUint32(at + 4, true)]);
    }
    this.#table = null;
    return come.subarray(length);
  }
}

/** One frame. It carries a checksum, which the decoder compares. */
class ArrivingFrame {
  readonly #waiting: Uint8Array[] = [];
  readonly #pieces = decoder.decodeStreaming(this.#arrive()) as Generator<Uint8Array<ArrayBuffer>>;
  #empty = 0;

  /** What can be decoded now; the rest of the last bite comes with the next one. */
  *push(bytes: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
    for (let at = 0; at < bytes.length; at += BITE) this.#waiting.push(bytes.subarray(at, at + BITE));
    while (this.#waiting.length > 0) yield this.#step()!;
  }

  /** What is left to be decoded. */
  *end(): Generator<Uint8Array<ArrayBuffer>> {
    for (let piece = this.#step(); piece; piece = this.#step()) yield piece;
  }

  #step(): Uint8Array<ArrayBuffer> | null {
    const { done, value } = this.#pieces.next();
    if (done) return null;
    this.#empty = value.length > 0 ? 0 : this.#empty + 1;
    if (this.#empty > MOST_EMPTY) throw new Error("a frame is damaged");
    return value;
  }

  /** What the decoder asks for. */
  *#arrive(): Generator<Uint8Array> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.#empty = 0;
      yield next;
    }
  }
}

/** The decoder fetches its own code from a `data:` address, which a strict security policy forbids. */
function withOwnFetch(initialize: () => Promise<void>): Promise<void> {
  const original = globalThis.fetch;
  globalThis.fetch = (input, options) => {
    const prefix = "data:application/wasm;base64,";
    const address = String(input);
    if (!address.startsWith(prefix)) return original(input, options);
    const bytes = Uint8Array.from(atob(address.slice(prefix.length)), (letter) => letter.charCodeAt(0));
    return Promise.resolve(new Response(bytes));
  };
  try {
    // It fetches before it waits for anything, so nobody else's requests come by here.
    return initialize();
  } finally {
    globalThis.fetch = original;
  }
}
