/** A cell's code in the address of its page: `#g1=` and compressed text, which no server gets to see. */

/** What a link carries. */
export interface LinkedCode {
  /** The cell's id. */
  cell: string;
  source: string;
  /** The label of the preset that the code is; empty if it is none. */
  preset: string;
}

/** A link that can't be followed; the message is for the reader. */
export class LinkProblem extends Error {}

/** This version of the format; another one gets another number. */
const KEY = "#g1=";
/** Characters: longer addresses get lost in mails and chats. */
const LONGEST_LINK = 30_000;
/** Bytes of the text within: a few kilobytes could unpack to gigabytes. */
const LONGEST_TEXT = 300_000;

/** The hash, from its `#` on. Raises LinkProblem when the code is too long. */
export async function encodeLink({ cell, source, preset }: LinkedCode): Promise<string> {
  const text = new Blob([JSON.stringify([cell, source, preset])]);
  const packed =
    text.size > LONGEST_TEXT ? null : await collect(pipe(text, new CompressionStream("deflate-raw")));
  const hash = packed && KEY + toBase64(packed);
  if (!hash || hash.length > LONGEST_LINK) throw new LinkProblem("This code is too long for a link.");
  return hash;
}

/** What a hash carries; null if it is another kind of hash. Raises LinkProblem for one that is damaged. */
export async function decodeLink(hash: string): Promise<LinkedCode | null> {
  if (!hash.startsWith(KEY)) {
    if (/^#g\d+=/.test(hash)) throw new LinkProblem("This link was made by another version of this site.");
    return null;
  }
  if (hash.length > LONGEST_LINK) throw new LinkProblem("The code in this link is too long.");
  let content: unknown;
  try {
    const packed = new Blob([fromBase64(hash.slice(KEY.length))]);
    const bytes = await collect(pipe(packed, new DecompressionStream("deflate-raw")), LONGEST_TEXT);
    content = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof LinkProblem) throw error;
    throw new LinkProblem("The code in this link is damaged: a part of the link may be missing.");
  }
  if (!isContent(content)) throw new LinkProblem("The code in this link is damaged.");
  const [cell, source, preset] = content;
  return { cell, source, preset };
}

function isContent(value: unknown): value is [cell: string, source: string, preset: string] {
  return Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === "string");
}

function pipe(blob: Blob, through: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> {
  return blob
    .stream()
    .pipeThrough(through as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>);
}

/** All bytes of a stream; gives up as soon as there are more than `most`. */
async function collect(stream: ReadableStream<Uint8Array>, most = Infinity): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.byteLength;
    if (length > most) {
      await reader.cancel();
      throw new LinkProblem("The code in this link is too long.");
    }
    chunks.push(read.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

/** The alphabet of base64 that addresses keep as it is. */
function toBase64(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
}
