/** Lists what a snapshot can do without until somebody needs it: code of functions, and docstrings. */

import { CODE, FUNCTION, TEXT, TUPLE, TYPE } from "../boot/cold-code.ts";
import { COLLECTED, type FoundFunctions, type Resume, type Types } from "./find-functions.ts";
import type { MemoryImage } from "./memory-image.ts";

/** Something that can be left out. */
export interface Leavable {
  /** The function whose code it is; null for a docstring. */
  owner: { function: number; code: number } | null;
  /** The docstring; null for code. */
  text: number | null;
  /** The file that it comes from. */
  file: string;
  stretches: Stretch[];
}

/** Bytes that belong to nothing else; those of one kind are alike. */
export interface Stretch {
  start: number;
  length: number;
  kind: "code" | "tuple" | "bytes" | "text" | "number";
}

/** Fields of CPython 3.14's code objects and texts, in bytes. */
const FIELDS = {
  names: 16,
  exceptions: 20,
  flags: 24,
  locals: 72,
  kinds: 76,
  file: 80,
  name: 84,
  lines: 92,
} as const;
const TUPLES = [CODE.constants, FIELDS.names, FIELDS.locals];
const BYTES = [FIELDS.exceptions, FIELDS.kinds, FIELDS.lines];
/** Weak references, and what CPython keeps of a code object that was run or looked at. */
const TRACES = [96, 100, 104];
/** An object's count and its type are looked at by the garbage collector. */
const LOOKED_AT = 8;
const [HAS_DOCUMENTATION, INTERNED] = [0x4000000, 3];
/** Of a count of references: an object that stays for ever has a larger one. */
const ONE = 1;

/** What is used by nobody else: only with that does a function lose nothing while its code isn't there. */
export function listLeavable(
  image: MemoryImage,
  { functions, types, hooks, resume }: FoundFunctions,
): Leavable[] {
  const sound = functions.filter((each) => isSound(image, types, each));
  const texts = new Map<number, Leavable>();
  for (const each of sound) {
    for (const text of documentationOf(image, types, each)) {
      const stretch: Stretch = {
        start: text + LOOKED_AT,
        length: image.room(text) - LOOKED_AT,
        kind: "text",
      };
      texts.set(text, { owner: null, text, file: fileOf(image, codeOf(image, each)), stretches: [stretch] });
    }
  }
  const found = [...texts.values()];
  for (const each of sound) {
    const code = codeOf(image, each);
    const isOwn = image.word(code) === ONE && image.word(each + FUNCTION.vectorcall) === hooks.vectorcall;
    if (!isOwn || mayBeInlined(image, code, resume)) continue;
    const contents = new Contents(image, types, texts);
    contents.addOf(code);
    const stretches: Stretch[] = [
      { start: code + LOOKED_AT, length: image.room(code) - LOOKED_AT, kind: "code" },
      ...contents.stretches,
    ];
    found.push({ owner: { function: each, code }, text: null, file: fileOf(image, code), stretches });
  }
  return found;
}

function codeOf(image: MemoryImage, found: number): number {
  return image.word(found + FUNCTION.code);
}

/** Whether a function's code object is laid out as expected, and nobody has looked at it in a way that leaves traces. */
function isSound(image: MemoryImage, types: Types, found: number): boolean {
  const code = codeOf(image, found);
  const is = (field: number, type: number): boolean => {
    const found = image.word(image.word(code + field) + TYPE);
    // The interpreter's own data aren't in the image where they are as in a fresh one.
    return found === type || found === 0;
  };
  return (
    TUPLES.every((field) => is(field, types.tuple)) &&
    BYTES.every((field) => is(field, types.bytes)) &&
    is(FIELDS.file, types.text) &&
    TRACES.every((field) => image.word(code + field) === 0)
  );
}

/**
 * Whether callers may have this function's address in them and run it without looking at its `vectorcall`: once they have
 * called a class often, they do so with its `__init__` (the instruction CALL_ALLOC_AND_ENTER_INIT).
 */
function mayBeInlined(image: MemoryImage, code: number, resume: Resume): boolean {
  const name = image.word(code + FIELDS.name);
  // Such names are among the interpreter's own data, and therefore not in the image.
  const mayBeInit = image.word(name + TYPE) === 0 || textAt(image, name) === "__init__";
  if (!mayBeInit) return false;
  for (let at = code + CODE.size; at < code + image.room(code); at += 2) {
    const opcode = image.bytes[at]!;
    if (opcode === resume.fresh) return false;
    if (opcode === resume.used) return true;
  }
  return true;
}

/** The docstring in a function's constants and the one that it shows: mostly the same. */
function* documentationOf(image: MemoryImage, types: Types, found: number): Generator<number> {
  const code = codeOf(image, found);
  const shown = image.word(found + FUNCTION.documentation);
  const constants = image.word(code + CODE.constants);
  const isOwn = image.word(code) === ONE && image.word(constants) === ONE;
  const hasFirst =
    (image.word(code + FIELDS.flags) & HAS_DOCUMENTATION) !== 0 && image.word(constants + TUPLE.size) > 0;
  const first = hasFirst && isOwn ? image.word(constants + TUPLE.items) : 0;
  if (first && isPlainText(image, types, first) && image.word(first) === (first === shown ? 2 : 1))
    yield first;
  if (shown && shown !== first && isPlainText(image, types, shown) && image.word(shown) === ONE) yield shown;
}

function isPlainText(image: MemoryImage, types: Types, object: number): boolean {
  return image.word(object + TYPE) === types.text && (image.word(object + TEXT.state) & INTERNED) === 0;
}

function fileOf(image: MemoryImage, code: number): string {
  return textAt(image, image.word(code + FIELDS.file));
}

/** What a text in ASCII says. */
function textAt(image: MemoryImage, text: number): string {
  const start = text + TEXT.ascii;
  return Buffer.from(image.bytes.buffer, start, image.word(text + TEXT.length)).toString("latin1");
}

/** Collects what only a code object refers to. */
class Contents {
  readonly #image: MemoryImage;
  readonly #types: Types;
  readonly #texts: ReadonlyMap<number, unknown>;
  readonly stretches: Stretch[] = [];

  /** `texts` are left where they are. */
  constructor(image: MemoryImage, types: Types, texts: ReadonlyMap<number, unknown>) {
    this.#image = image;
    this.#types = types;
    this.#texts = texts;
  }

  addOf(code: number): void {
    for (const field of [...TUPLES, ...BYTES]) this.#add(this.#image.word(code + field));
  }

  #add(object: number): void {
    const [image, types] = [this.#image, this.#types];
    if (object === 0 || image.word(object) !== ONE || this.#texts.has(object)) return;
    switch (image.word(object + TYPE)) {
      case types.tuple:
        // One that the garbage collector follows is in a list of all such objects.
        if (image.word(object - COLLECTED) !== 0 || image.word(object - 4) !== 0) return;
        this.#leave(object - COLLECTED, "tuple");
        for (let i = 0; i < image.word(object + TUPLE.size); i++)
          this.#add(image.word(object + TUPLE.items + 4 * i));
        return;
      case types.code:
        this.#leave(object, "code");
        return this.addOf(object);
      case types.bytes:
        return this.#leave(object, "bytes");
      case types.text:
        // Others are found by what they say, wherever they lie.
        return isPlainText(image, types, object) ? this.#leave(object, "text") : undefined;
      case types.int:
      case types.float:
        return this.#leave(object, "number");
      default:
    }
  }

  #leave(start: number, kind: Stretch["kind"]): void {
    this.stretches.push({ start, length: this.#image.room(start), kind });
  }
}
