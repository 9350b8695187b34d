/** Finds Python's functions in memory, and what CPython calls when it uses them. */

import { CODE, type ColdCode, FUNCTION, TYPE } from "../boot/cold-code.ts";
import { type EmscriptenModule, type Functions, Surprise } from "../boot/emscripten.ts";
import { findChunks, HEAD } from "./heap.ts";

/** What leaving out code depends on. */
export interface FoundFunctions {
  /** Addresses of all functions. */
  functions: number[];
  types: Types;
  hooks: Omit<ColdCode, "parts" | "firstTrap">;
  resume: Resume;
}

/** The opcode with which a function's code begins, but for a few in front of it, and the one that its first run makes of it. */
export interface Resume {
  fresh: number;
  used: number;
}

/** Addresses of Python's types. */
export type Types = Record<keyof typeof TYPES, number>;

const TYPES = {
  function: "PyFunction_Type",
  code: "PyCode_Type",
  tuple: "PyTuple_Type",
  text: "PyUnicode_Type",
  bytes: "PyBytes_Type",
  int: "PyLong_Type",
  float: "PyFloat_Type",
  field: "PyMemberDescr_Type",
  wrapper: "PyWrapperDescr_Type",
} as const;

/** Bytes in front of an object that the garbage collector follows. */
export const COLLECTED = 8;
/** Where the fields of a type are, and of the descriptor of a field, in bytes. */
const TYPE_OBJECT = { size: 16, vectorcall: 28, getDescribed: 136 } as const;
const DESCRIPTOR = { type: 8, definition: 20, wrapped: 24 } as const;

/** Throws a `Surprise` if Python's objects aren't laid out as expected. Runs Python, which changes its memory. */
export function findFunctions(
  module: EmscriptenModule,
  exports: Functions,
  runPython: (source: string) => unknown,
): FoundFunctions {
  const words = module.HEAPU32;
  const word = (address: number): number => words[address >>> 2]!;
  const types = Object.fromEntries(
    Object.entries(TYPES).map(([name, exported]) => [name, addressOf(exports, exported)]),
  ) as Types;
  const sizes = [types.function, types.code].map((type) => word(type + TYPE_OBJECT.size));
  if (sizes[0] !== FUNCTION.size || sizes[1] !== CODE.size)
    throw new Surprise(`objects of ${sizes.join(" and ")} bytes`);
  if (word(types.function + TYPE_OBJECT.vectorcall) !== FUNCTION.vectorcall)
    throw new Surprise("no vectorcall");
  const functions: number[] = [];
  const fields: number[] = [];
  const wrappers: number[] = [];
  for (const { start, length, isUsed } of findChunks(module)) {
    const object = start + HEAD + COLLECTED;
    if (!isUsed || length < HEAD + COLLECTED + HEAD) continue;
    const type = word(object + TYPE);
    if (type === types.function && word(word(object + FUNCTION.code) + TYPE) === types.code)
      functions.push(object);
    else if (type === types.field) fields.push(object);
    else if (type === types.wrapper) wrappers.push(object);
  }
  const field = (owner: number, name: string): number =>
    only(
      fields.filter(
        (each) =>
          word(each + DESCRIPTOR.type) === owner &&
          isText(module, word(word(each + DESCRIPTOR.definition)), name),
      ),
      name,
    );
  const getCode = findGetter(module, "__code__");
  const getField = types.field + TYPE_OBJECT.getDescribed;
  const shown = wrappers.filter(
    (each) =>
      word(each + DESCRIPTOR.type) === types.field && word(each + DESCRIPTOR.wrapped) === word(getField),
  );
  const [fresh, used] = ["opmap['RESUME']", "_specialized_opmap['RESUME_CHECK']"].map(
    (opcode) => runPython(`import opcode; opcode.${opcode}`) as number,
  );
  return {
    functions,
    types,
    resume: { fresh: fresh!, used: used! },
    hooks: {
      vectorcall: mostFrequent(functions.map((each) => word(each + FUNCTION.vectorcall))),
      getCode: { address: getCode, place: word(getCode) },
      setCode: { address: getCode + 4, place: word(getCode + 4) },
      getField: { address: getField, place: word(getField) },
      showField: { address: only(shown, "__get__") + DESCRIPTOR.wrapped, place: word(getField) },
      documentation: field(types.function, "__doc__"),
      constants: field(types.code, "co_consts"),
      types: { function: types.function, code: types.code, text: types.text },
    },
  };
}

function addressOf(exports: Functions, name: string): number {
  const found = exports[name];
  if (!(found instanceof WebAssembly.Global)) throw new Surprise(`no address of ${name}`);
  return found.value as number;
}

/** Where the getter of a `PyGetSetDef` is named, in the interpreter's own data; the setter follows. */
function findGetter(module: EmscriptenModule, name: string): number {
  const words = module.HEAPU32;
  const places: number[] = [];
  const end = module._emscripten_stack_get_end() / 4;
  for (let word = 0; word < end; word++) {
    const [getter, setter] = [words[word + 1]!, words[word + 2]!];
    const isPair = [getter, setter].every((place) => place > 0 && place < module.wasmTable.length);
    if (isPair && isText(module, words[word]!, name)) places.push(4 * (word + 1));
  }
  return only(places, name);
}

function only(found: number[], what: string): number {
  if (found.length !== 1) throw new Surprise(`${found.length} places for ${what}`);
  return found[0]!;
}

function isText(module: EmscriptenModule, address: number, text: string): boolean {
  if (address === 0 || address + text.length >= module.HEAPU8.length) return false;
  return Buffer.from(module.HEAPU8.buffer, address, text.length + 1).toString("latin1") === `${text}\0`;
}

function mostFrequent(numbers: number[]): number {
  const counts = new Map<number, number>();
  for (const each of numbers) counts.set(each, (counts.get(each) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (!most) throw new Surprise("no functions");
  return most[0];
}
