/** Takes code and docstrings out of a memory, and writes the parts in which they come back. */

import { type ColdCode, FUNCTION, FUNCTION_COLUMNS, TEXT } from "../boot/cold-code.ts";
import type { Leavable } from "./leavable.ts";
import type { MemoryImage } from "./memory-image.ts";

/** The version of a function that CPython doesn't inline, `FUNC_VERSION_CLEARED`. */
const NOT_INLINED = 1;
const KINDS = ["code", "tuple", "bytes", "text", "number"] as const;

/** What `MissingCode` puts back; `image` is the memory of before. */
export function writePart(image: MemoryImage, left: readonly Leavable[]): Uint8Array<ArrayBuffer> {
  const owners = left
    .flatMap(({ owner }) => owner ?? [])
    .sort((one, other) => one.function - other.function)
    .map((owner) => ({
      ...owner,
      version: image.word(owner.function + FUNCTION.version),
      defaults: image.word(owner.function + FUNCTION.defaults),
      keywordDefaults: image.word(owner.function + FUNCTION.keywordDefaults),
    }));
  const stretches = left
    .flatMap((each) => each.stretches)
    .sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || one.start - other.start);
  const columns = [
    ...FUNCTION_COLUMNS.map((name) => owners.map((owner) => owner[name])).map((column, number) =>
      number < 2 ? differences(column) : column,
    ),
    differences(stretches.map(({ start }) => start)),
    stretches.map(({ length }) => length),
  ];
  const numbers = Uint32Array.from([owners.length, stretches.length, ...columns.flat()]);
  const contents = stretches.map(({ start, length }) => image.bytes.subarray(start, start + length));
  return Uint8Array.from(Buffer.concat([new Uint8Array(numbers.buffer), ...contents]));
}

/** Takes these out; in the place of each there is the number of the part that it is in. */
export function leaveOut(image: MemoryImage, left: readonly Leavable[], part: number, cold: ColdCode): void {
  for (const { owner, text, stretches } of left) {
    for (const { start, length } of stretches) image.bytes.fill(0, start, start + length);
    if (text !== null) image.setWord(text + TEXT.hash, part);
    if (!owner) continue;
    image.setWord(owner.function + FUNCTION.vectorcall, cold.firstTrap + part);
    image.setWord(owner.function + FUNCTION.version, NOT_INLINED);
    // One more, lest it ends with its function while it is empty; `MissingCode` takes that back.
    image.setWord(owner.code, image.word(owner.code) + 1);
  }
}

function differences(numbers: number[]): number[] {
  return numbers.map((each, i) => (each - (numbers[i - 1] ?? 0)) >>> 0);
}
