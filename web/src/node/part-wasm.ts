/** Parts a WebAssembly file in two: one with the functions that are used, and one with all others, for later. */

import { Surprise } from "../boot/emscripten.ts";
import { OWN } from "../boot/parted-wasm.ts";
import { CODE_OF, constant, FUNCTIONS, INTEGER, KIND, SECTION, unsigned } from "../boot/wasm-numbers.ts";
import { Reader, vector, type WasmFile, withLength } from "./wasm-file.ts";

const VARIABLE = 1;
/** The type of a block that gives nothing. */
const NOTHING = 0x40;
/** Bytes of code that are hardly more than a call of it. */
const SHORT = 24;
/** Of a segment: it is for a given table, from a given place, and has functions by their numbers. */
const [FOR_TABLE, BY_NUMBER] = [2, 0];

type Bytes = Uint8Array | readonly number[];

/**
 * The file that comes first, and the one with the rest; `isUsed` gets a function's place among those defined.
 *
 * The numbers of types, functions, globals, tables and tags are the same in both, so no function's code is changed. A
 * function that is in the other file is called by way of a table of their own, whose first place is for the function that
 * brings in the rest. Throws a `Surprise` if the file holds something that isn't known here.
 */
export function partWasm(file: WasmFile, isUsed: (place: number) => boolean): [Uint8Array, Uint8Array] {
  const parting = new Parting(file, isUsed);
  return [parting.writeFirst(), parting.writeRest()];
}

/** The file with functions that note, each in a global of its own named by its place, that they were called. */
export function watchWasm(file: WasmFile): Uint8Array {
  const first = (file.imported[KIND.global] ?? 0) + file.globals.length;
  const noted = file.bodies.map((_, place) => exported(String(place), KIND.global, first + place));
  const watching = (body: Uint8Array, place: number): Buffer => {
    const locals = lengthOfLocals(body);
    const note = [...constant(1), CODE_OF.globalSet, ...unsigned(first + place)];
    return withLength(join(body.subarray(0, locals), note, body.subarray(locals)));
  };
  return file.write({
    [SECTION.global]: vector([
      ...file.globals,
      ...file.bodies.map(() => [INTEGER, VARIABLE, ...constant(0), CODE_OF.end]),
    ]),
    [SECTION.export]: file.append(SECTION.export, noted),
    [SECTION.code]: vector(file.bodies.map(watching)),
  });
}

class Parting {
  readonly #file: WasmFile;
  readonly #isUsed: (place: number) => boolean;
  readonly #used: number[];
  readonly #late: number[];
  /** Where each function is in the table. */
  readonly #places: Map<number, number>;
  /** Numbers of the table and of the global that says whether the rest is there. */
  readonly #table: number;
  readonly #isThere: number;

  constructor(file: WasmFile, isUsed: (place: number) => boolean) {
    if (file.plainType < 0) throw new Surprise("no function without values");
    this.#file = file;
    this.#isUsed = (place) => file.bodies[place]!.length <= SHORT || isUsed(place);
    const all = [...file.bodies.keys()];
    this.#used = all.filter((place) => this.#isUsed(place));
    this.#late = all.filter((place) => !this.#isUsed(place));
    this.#places = new Map([...this.#used, ...this.#late].map((place, i) => [place, i + 1]));
    this.#table = (file.imported[KIND.table] ?? 0) + file.tables.length;
    this.#isThere = (file.imported[KIND.global] ?? 0) + file.globals.length;
  }

  writeFirst(): Uint8Array {
    const file = this.#file;
    const own = (kind: number, entries: readonly unknown[]): Bytes[] =>
      entries.map((_, place) => exported(nameOf(kind, place), kind, (file.imported[kind] ?? 0) + place));
    const bring = [
      ...[CODE_OF.globalGet, ...unsigned(this.#isThere), CODE_OF.isZero, CODE_OF.if, NOTHING],
      ...[...this.#callPlace(0, file.plainType), CODE_OF.end],
    ];
    return file.write({
      [SECTION.table]: vector([...file.tables, this.#tableEntry]),
      [SECTION.global]: vector([...file.globals, [INTEGER, VARIABLE, ...constant(0), CODE_OF.end]]),
      [SECTION.export]: file.append(SECTION.export, [
        ...own(KIND.table, [...file.tables, this.#tableEntry]),
        ...own(KIND.memory, file.memories),
        ...own(KIND.tag, file.tags),
        ...own(KIND.global, file.variables),
        exported("places", KIND.table, this.#table),
        exported("isThere", KIND.global, this.#isThere),
      ]),
      [SECTION.element]: file.append(SECTION.element, [this.#segment(1, this.#used)]),
      [SECTION.code]: this.#code(this.#isUsed, bring),
    });
  }

  writeRest(): Uint8Array {
    const file = this.#file;
    const from = (kind: number, entries: readonly Bytes[]): Bytes[] =>
      entries.map((entry, place) => join(text(OWN), text(nameOf(kind, place)), [kind], entry));
    return file.write(
      {
        [SECTION.import]: file.append(SECTION.import, [
          ...from(KIND.table, [...file.tables, this.#tableEntry]),
          ...from(KIND.memory, file.memories),
          ...from(KIND.tag, file.tags),
          ...from(
            KIND.global,
            file.variables.map((entry) => entry.subarray(0, 2)),
          ),
        ]),
        // The others never change, so these may be others of the same values.
        [SECTION.global]: vector(file.globals.slice(file.variables.length)),
        [SECTION.element]: vector([this.#segment(1 + this.#used.length, this.#late)]),
        [SECTION.code]: this.#code((place) => !this.#isUsed(place), []),
      },
      [
        ...[SECTION.custom, SECTION.table, SECTION.memory, SECTION.tag, SECTION.export, SECTION.start],
        ...[SECTION.data, SECTION.dataCount],
      ],
    );
  }

  get #tableEntry(): number[] {
    const length = unsigned(this.#places.size + 1);
    return [FUNCTIONS, 1, ...length, ...length];
  }

  /** Puts functions into the table, from a place on. */
  #segment(start: number, places: number[]): number[] {
    const numbers = places.map((place) => unsigned((this.#file.imported[KIND.function] ?? 0) + place));
    return [
      ...[FOR_TABLE, ...unsigned(this.#table), ...constant(start), CODE_OF.end, BY_NUMBER],
      ...[...unsigned(numbers.length), ...numbers.flat()],
    ];
  }

  /** Functions that are in the other file do `before`, and then what the one in the table does. */
  #code(isHere: (place: number) => boolean, before: number[]): Buffer {
    const file = this.#file;
    const stub = (place: number): number[] => {
      const type = file.types[place]!;
      const given = Array.from({ length: file.takes[type]! }, (_, i) => [
        CODE_OF.localGet,
        ...unsigned(i),
      ]).flat();
      return [0, ...before, ...given, ...this.#callPlace(this.#places.get(place)!, type), CODE_OF.end];
    };
    return vector(file.bodies.map((body, place) => withLength(isHere(place) ? body : stub(place))));
  }

  #callPlace(place: number, type: number): number[] {
    return [...constant(place), CODE_OF.callIndirect, ...unsigned(type), ...unsigned(this.#table)];
  }
}

function nameOf(kind: number, place: number): string {
  return `${["function", "table", "memory", "global", "tag"][kind]!}${place}`;
}

/** An entry among a file's exports. */
function exported(name: string, kind: number, number: number): Buffer {
  return join(text(OWN + name), [kind], unsigned(number));
}

/** A function's code begins with its locals: how many there are of which type. */
function lengthOfLocals(body: Uint8Array): number {
  const reader = new Reader(body);
  const skip = (): unknown => reader.list(() => [reader.number(), reader.number()]);
  return reader.passed(skip).length;
}

function text(characters: string): Buffer {
  return withLength(Buffer.from(characters));
}

function join(...parts: Bytes[]): Buffer {
  return Buffer.concat(parts.map((part) => Uint8Array.from(part)));
}
