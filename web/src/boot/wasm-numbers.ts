/** How WebAssembly's binary format has numbers (Core Specification, chapter 5). */

/** The numbers of sections. */
export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** The numbers of what can be imported and exported. */
export const KIND = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** The types of numbers of 32 bits, and of tables of functions; the mark in front of a function's type. */
export const [INTEGER, FUNCTIONS, FUNCTION_TYPE] = [0x7f, 0x70, 0x60];

/** Some instructions. */
export const CODE_OF = {
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  call: 0x10,
  callIndirect: 0x11,
  localGet: 0x20,
  globalGet: 0x23,
  globalSet: 0x24,
  load: 0x28,
  constant: 0x41,
  isZero: 0x45,
  equal: 0x46,
  lessUnsigned: 0x49,
  subtract: 0x6b,
} as const;

/** A number in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}

/** The instruction for a constant of 32 bits. */
export function constant(value: number): number[] {
  const bytes: number[] = [];
  // Of the last byte, the second bit from the left is the sign.
  for (; value < -0x40 || value > 0x3f; value >>= 7) bytes.push((value & 0x7f) | 0x80);
  return [CODE_OF.constant, ...bytes, value & 0x7f];
}
