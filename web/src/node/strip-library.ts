/** Takes out of a shared library what a restored Python has in its memory already: the data that it begins with. */

/** The numbers of WebAssembly's sections. */
const [DATA, DATA_COUNT] = [11, 12];
const HEADER = 8;

interface Section {
  kind: number;
  start: number;
  end: number;
}

/** The module without its data; as it is, if its code refers to pieces of them. */
export function stripLibrary(wasm: Uint8Array): Uint8Array {
  const sections = [...listSections(wasm)];
  if (sections.some(({ kind }) => kind === DATA_COUNT)) return wasm;
  const kept = sections.filter(({ kind }) => kind !== DATA);
  return Buffer.concat([
    wasm.subarray(0, HEADER),
    ...kept.map(({ start, end }) => wasm.subarray(start, end)),
  ]);
}

function* listSections(wasm: Uint8Array): Generator<Section> {
  for (let start = HEADER; start < wasm.length;) {
    const [length, contents] = readNumber(wasm, start + 1);
    const end = contents + length;
    yield { kind: wasm[start]!, start, end };
    start = end;
  }
}

/** A number in LEB128, and where what follows it begins. */
function readNumber(bytes: Uint8Array, at: number): [number, number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value >>> 0, at];
  }
}
