/** Decodes what the build has compressed: frames of Zstandard behind a table of their lengths. */

import { ZSTDDecoder } from "zstddec";

const decoder = new ZSTDDecoder();
let ready: Promise<void> | null = null;

/** Has to be done once before anything is decoded; does it only the first time. */
export function prepareDecoder(): Promise<void> {
  return (ready ??= withOwnFetch(() => decoder.init()));
}

/** Everything that `data` holds, or null if it is damaged. */
export function decode(data: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const frames = [...decodeFrames(data)];
  if (frames.includes(null)) return null;
  const whole = frames as Uint8Array<ArrayBuffer>[];
  if (whole.length === 1) return whole[0]!;
  const joined = new Uint8Array(whole.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const frame of whole) {
    joined.set(frame, at);
    at += frame.length;
  }
  return joined;
}

/** The frames one after another; null in a damaged one's place. */
export function* decodeFrames(data: Uint8Array): Generator<Uint8Array<ArrayBuffer> | null> {
  let at = tableLength(data) ?? data.length;
  for (const [compressed, whole] of readTable(data)) {
    yield decodeFrame(data.subarray(at, at + compressed), whole);
    at += compressed;
  }
}

/** How long the table at the start of `data` is; null while even that isn't known. */
export function tableLength(data: Uint8Array): number | null {
  return data.length < 4 ? null : 4 + 8 * new DataView(data.buffer, data.byteOffset).getUint32(0, true);
}

/** Compressed and whole length of each frame; the table has to be there. */
export function readTable(data: Uint8Array): [number, number][] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const table: [number, number][] = [];
  for (let at = 4; at < 4 + 8 * view.getUint32(0, true); at += 8) {
    table.push([view.getUint32(at, true), view.getUint32(at + 4, true)]);
  }
  return table;
}

/** Null if the frame is damaged: it carries a checksum. */
export function decodeFrame(frame: Uint8Array, whole: number): Uint8Array<ArrayBuffer> | null {
  if (whole === 0) return new Uint8Array();
  try {
    const decoded = decoder.decode(frame, whole) as Uint8Array<ArrayBuffer>;
    return decoded.length === whole ? decoded : null;
  } catch {
    return null;
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
