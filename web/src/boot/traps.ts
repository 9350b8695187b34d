/** Makes the functions that come first when Python calls, or looks into, a function whose code isn't there yet. */

import { CODE, type ColdCode, FUNCTION, TEXT, TUPLE, TYPE } from "./cold-code.ts";
import {
  CODE_OF,
  constant,
  FUNCTION_TYPE,
  FUNCTIONS,
  INTEGER,
  KIND,
  SECTION,
  unsigned,
} from "./wasm-numbers.ts";

/** They stand in for CPython's functions, and have their signatures. */
export interface Traps {
  call: unknown;
  getCode: unknown;
  setCode: unknown;
  getField: unknown;
}

/** `bring` gets a part's number and the object that is asked for; it says whether what belongs to it is there now. */
export function makeTraps(
  cold: ColdCode,
  memory: WebAssembly.Memory,
  table: WebAssembly.Table,
  bring: (part: number, object: number) => boolean,
): Traps {
  const own = { memory, table, bring: (part: number, object: number) => Number(bring(part, object)) };
  const module = new WebAssembly.Module(writeModule(cold));
  return new WebAssembly.Instance(module, { own }).exports as unknown as Traps;
}

/** The functions' numbers: `bring` is imported. */
const [BRING, ENSURE_CODE, ENSURE_TEXT, CALL, GET_CODE, SET_CODE, GET_FIELD] = [0, 1, 2, 3, 4, 5, 6];

/** All numbers of a function are of 32 bits, and so is what it gives: its type is how many it takes, less one. */
const typeOf = (taken: number): number => taken - 1;

function writeModule(cold: ColdCode): Uint8Array<ArrayBuffer> {
  const { parts, firstTrap, vectorcall, getCode, setCode, getField } = cold;
  const count = constant(parts.length);
  // A function's trap says which part has its code.
  const part = [...local(0), ...load(FUNCTION.vectorcall), ...constant(firstTrap), CODE_OF.subtract];
  const ensureCode = when(
    [...part, ...count, CODE_OF.lessUnsigned],
    [...part, ...local(0), ...call(BRING)],
    constant(1),
  );
  const isLeftOut = [
    ...when(local(0), [...local(0), ...load(TYPE), ...constant(cold.types.text), CODE_OF.equal], constant(0)),
    ...when([], [...local(0), ...load(TEXT.state), CODE_OF.isZero], constant(0)),
    ...when([], [...local(0), ...load(TEXT.hash), ...count, CODE_OF.lessUnsigned], constant(0)),
  ];
  const ensureText = when(
    isLeftOut,
    [...local(0), ...load(TEXT.hash), ...local(0), ...call(BRING)],
    constant(1),
  );
  const documentation = [...local(1), ...load(FUNCTION.documentation), ...call(ENSURE_TEXT)];
  const constants = [...local(1), ...load(CODE.constants)];
  const firstConstant = when(
    [...constants, ...load(TUPLE.size)],
    [...constants, ...load(TUPLE.items), ...call(ENSURE_TEXT)],
    constant(1),
  );
  /** What a descriptor's field leads to, if it is asked for of an object of this type. */
  const asked = (descriptor: number, type: number, then: number[], otherwise: number[]): number[] =>
    when(
      [...local(0), ...constant(descriptor), CODE_OF.equal],
      when(
        // For the type itself there is no object.
        when(local(1), [...local(1), ...load(TYPE), ...constant(type), CODE_OF.equal], constant(0)),
        then,
        constant(1),
      ),
      otherwise,
    );
  const ensureField = asked(
    cold.documentation,
    cold.types.function,
    documentation,
    asked(cold.constants, cold.types.code, firstConstant, constant(1)),
  );
  const ensureOwn = [...local(0), ...call(ENSURE_CODE)];
  const bodies: [taken: number, body: number[]][] = [
    [1, ensureCode],
    [1, ensureText],
    [4, when(ensureOwn, forward(4, vectorcall), constant(0))],
    [2, when(ensureOwn, forward(2, getCode.place), constant(0))],
    [3, when(ensureOwn, forward(3, setCode.place), constant(-1))],
    [3, when(ensureField, forward(3, getField.place), constant(0))],
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      SECTION.type,
      [1, 2, 3, 4].map((taken) => [
        FUNCTION_TYPE,
        ...vector(Array<number[]>(taken).fill([INTEGER])),
        1,
        INTEGER,
      ]),
    ),
    ...section(SECTION.import, [
      [...name("own"), ...name("bring"), KIND.function, typeOf(2)],
      [...name("own"), ...name("table"), KIND.table, FUNCTIONS, 0, 0],
      [...name("own"), ...name("memory"), KIND.memory, 0, 0],
    ]),
    ...section(
      SECTION.function,
      bodies.map(([taken]) => [typeOf(taken)]),
    ),
    ...section(SECTION.export, [
      [...name("call"), KIND.function, CALL],
      [...name("getCode"), KIND.function, GET_CODE],
      [...name("setCode"), KIND.function, SET_CODE],
      [...name("getField"), KIND.function, GET_FIELD],
    ]),
    ...section(
      SECTION.code,
      bodies.map(([, body]) => withLength([0, ...body, CODE_OF.end])),
    ),
  ]);
}

const local = (number: number): number[] => [CODE_OF.localGet, number];
const call = (number: number): number[] => [CODE_OF.call, number];
/** From an address that is a multiple of 2² bytes. */
const load = (offset: number): number[] => [CODE_OF.load, 2, ...unsigned(offset)];

/** One of two numbers, by a condition; an empty one is what was there last. */
function when(condition: number[], then: number[], otherwise: number[]): number[] {
  return [...condition, CODE_OF.if, INTEGER, ...then, CODE_OF.else, ...otherwise, CODE_OF.end];
}

/** Calls the function at a place of the table with all that this one was given. */
function forward(taken: number, place: number): number[] {
  const given = Array.from({ length: taken }, (_, number) => local(number)).flat();
  return [...given, ...constant(place), CODE_OF.callIndirect, typeOf(taken), 0];
}

function section(kind: number, entries: number[][]): number[] {
  return [kind, ...withLength(vector(entries))];
}

function vector(entries: number[][]): number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

function name(text: string): number[] {
  return withLength([...new TextEncoder().encode(text)]);
}

function withLength(bytes: number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}
