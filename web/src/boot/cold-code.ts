/**
 * Brings in what a snapshot leaves out: the code of functions that no lesson calls, and docstrings that none reads.
 *
 * Such a function is there, with its name, its defaults and its annotations, but its code object is empty. Its
 * `vectorcall`, the field through which CPython calls it, leads to a trap, which brings in the code of all such functions
 * of its part and then calls the function as usual. CPython never inlines a function whose `vectorcall` isn't its own
 * (`PyFunction_SetVectorcall`). Who asks for `__code__` comes by a trap as well. A docstring that is left out is a string
 * of no kind, as no other is, with its part's number in the place of its hash; `__doc__` and `co_consts` lead to it.
 */

import { type EmscriptenModule, type Functions, Surprise } from "./emscripten.ts";
import { makeTraps } from "./traps.ts";

/** Where fields of CPython 3.14's objects are, in bytes; each object begins with the count of references to it. */
export const TYPE = 4;
export const FUNCTION = {
  name: 20,
  code: 24,
  defaults: 28,
  keywordDefaults: 32,
  documentation: 40,
  vectorcall: 68,
  version: 72,
  size: 76,
} as const;
export const CODE = { constants: 12, size: 128 } as const;
export const TUPLE = { size: 8, items: 16 } as const;
export const TEXT = { length: 8, hash: 12, state: 16, ascii: 20 } as const;

/** What a snapshot says about the code that it leaves out. */
export interface ColdCode {
  /** Names of the chunks in which it comes; a function's trap says which one has its code. */
  parts: string[];
  /** The table's place of the first part's trap; those of the other parts follow, then those of the fields below. */
  firstTrap: number;
  /** The place of the function that `vectorcall` leads to otherwise. */
  vectorcall: number;
  /**
   * The functions behind `function.__code__`, and the one that reads fields such as `function.__doc__`, which is called by
   * way of the descriptor's type and of the `__get__` that this type shows.
   */
  getCode: Hooked;
  setCode: Hooked;
  getField: Hooked;
  showField: Hooked;
  /** Addresses of the descriptors of `function.__doc__` and `code.co_consts`. */
  documentation: number;
  constants: number;
  /** Addresses of Python's types. */
  types: { function: number; code: number; text: number };
}

/** A function that is called by way of a word in memory. */
export interface Hooked {
  /** The word's address. */
  address: number;
  /** The function's place in the table. */
  place: number;
}

/** How many places the traps take. */
export function countTraps({ parts }: ColdCode): number {
  return parts.length + HOOKS.length;
}

const HOOKS = ["getCode", "setCode", "getField", "showField"] as const;

/** Gives a part's bytes, at once; throws if it can't. */
export type ReadPart = (part: string) => Uint8Array<ArrayBuffer>;

/** The code that a Python has been started without. */
export class MissingCode {
  readonly #module: EmscriptenModule;
  readonly #exports: Functions;
  readonly #cold: ColdCode;
  readonly #read: ReadPart;
  readonly #missing: Set<number>;

  /** Sets the traps; memory and table have to be as they were recorded. */
  constructor(module: EmscriptenModule, exports: Functions, cold: ColdCode, read: ReadPart) {
    this.#module = module;
    this.#exports = exports;
    this.#cold = cold;
    this.#read = read;
    this.#missing = new Set(cold.parts.keys());
    const { wasmTable: table, HEAPU32: words } = module;
    const memory = exports["memory"] as WebAssembly.Memory;
    const traps = makeTraps(cold, memory, table, (part, object) => this.#bring(part, object));
    cold.parts.forEach((_, part) => table.set(cold.firstTrap + part, traps.call));
    HOOKS.forEach((name, number) => {
      const { address, place } = cold[name];
      if (words[address >>> 2] !== place) throw new Surprise(`${name} isn't where it was`);
      const trap = cold.firstTrap + cold.parts.length + number;
      table.set(trap, name === "showField" ? traps.getField : traps[name]);
      words[address >>> 2] = trap;
    });
  }

  /** The chunks that haven't been brought in yet. */
  get parts(): string[] {
    return [...this.#missing].map((part) => this.#cold.parts[part]!);
  }

  /** Brings in a chunk's code; throws if its bytes can't be had. */
  bring(chunk: string): void {
    const part = this.#cold.parts.indexOf(chunk);
    if (this.#missing.has(part)) this.#put(part);
  }

  /** For the traps: whether the code is there now; if not, Python is left with an exception. */
  #bring(part: number, object: number): boolean {
    if (!this.#missing.has(part)) return true;
    console.debug(`Python fetches ${this.#cold.parts[part]!} for ${this.#name(object)}`);
    try {
      this.#put(part);
      return true;
    } catch (error) {
      console.debug(error);
      raise(
        this.#module,
        this.#exports,
        `the code of a function could not be fetched; try again. ${String(error)}`,
      );
      return false;
    }
  }

  #name(object: number): string {
    const { HEAPU32: words, HEAPU8: bytes } = this.#module;
    if (words[(object + TYPE) >>> 2] !== this.#cold.types.function) return "a docstring";
    const name = words[(object + FUNCTION.name) >>> 2]!;
    return new TextDecoder().decode(
      bytes.slice(name + TEXT.ascii, name + TEXT.ascii + words[(name + TEXT.length) >>> 2]!),
    );
  }

  #put(part: number): void {
    const bytes = this.#read(this.#cold.parts[part]!);
    const { HEAPU8: memory, HEAPU32: words } = this.#module;
    putCode(memory, words, bytes, this.#cold.firstTrap + part, this.#cold.vectorcall);
    this.#missing.delete(part);
    if (this.#missing.size > 0) return;
    for (const name of HOOKS) words[this.#cold[name].address >>> 2] = this.#cold[name].place;
  }
}

/** Columns of 32 bits in a part: first of what functions are, then of where bytes go. The bytes follow. */
export const FUNCTION_COLUMNS = ["function", "code", "version", "defaults", "keywordDefaults"] as const;
const STRETCH_COLUMNS = 2;

function putCode(
  memory: Uint8Array,
  words: Uint32Array,
  part: Uint8Array<ArrayBuffer>,
  trap: number,
  vectorcall: number,
): void {
  const numbers = new Uint32Array(part.buffer, part.byteOffset, part.byteLength >>> 2);
  const [functions, stretches] = [numbers[0]!, numbers[1]!];
  const starts = 2 + FUNCTION_COLUMNS.length * functions;
  let at = 4 * (starts + STRETCH_COLUMNS * stretches);
  let start = 0;
  for (let i = 0; i < stretches; i++) {
    start = (start + numbers[starts + i]!) >>> 0;
    const length = numbers[starts + stretches + i]!;
    memory.set(part.subarray(at, (at += length)), start);
  }
  let [address, code] = [0, 0];
  for (let i = 0; i < functions; i++) {
    const column = (number: number): number => numbers[2 + number * functions + i]!;
    address = (address + column(0)) >>> 0;
    code = (code + column(1)) >>> 0;
    // The snapshot holds each code object once more, lest it ends with its function while it is empty.
    words[code >>> 2]! -= 1;
    const field = (offset: number): number => words[(address + offset) >>> 2]!;
    // Another function may lie there by now.
    if (field(FUNCTION.vectorcall) !== trap || field(FUNCTION.code) !== code) continue;
    words[(address + FUNCTION.vectorcall) >>> 2] = vectorcall;
    const isAsRecorded =
      field(FUNCTION.defaults) === column(3) && field(FUNCTION.keywordDefaults) === column(4);
    if (isAsRecorded) words[(address + FUNCTION.version) >>> 2] = column(2);
  }
}

/** Leaves Python with an OSError. */
function raise(module: EmscriptenModule, exports: Functions, message: string): void {
  const text = new TextEncoder().encode(`${message}\0`);
  const address = (exports["malloc"] as (bytes: number) => number)(text.length);
  module.HEAPU8.set(text, address);
  const kind = module.HEAPU32[(exports["PyExc_OSError"] as WebAssembly.Global<"i32">).value >>> 2]!;
  (exports["PyErr_SetString"] as (kind: number, text: number) => void)(kind, address);
  (exports["free"] as (address: number) => void)(address);
}
