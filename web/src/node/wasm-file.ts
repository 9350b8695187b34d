/** Reads a WebAssembly file as far as it takes to change its functions. */

import { Surprise } from "../boot/emscripten.ts";
import { CODE_OF, FUNCTION_TYPE, KIND, SECTION, unsigned } from "../boot/wasm-numbers.ts";

/** In this order; those of one's own come first. */
const ORDER = [
  ...[SECTION.type, SECTION.import, SECTION.function, SECTION.table, SECTION.memory, SECTION.tag],
  ...[SECTION.global, SECTION.export, SECTION.start, SECTION.element, SECTION.dataCount, SECTION.code],
  SECTION.data,
];

interface Section {
  kind: number;
  contents: Uint8Array;
}

const HEADER = 8;
const HAS_MOST = 1;
export class WasmFile {
  readonly #header: Uint8Array;
  readonly #sections: readonly Section[];
  /** How many are imported, by kind. */
  readonly imported: Readonly<Record<number, number>>;
  /** Of each type, how many values it takes. */
  readonly takes: readonly number[];
  /** The number of the type without values and results; -1 if there is none. */
  readonly plainType: number;
  /** The type of each function that is defined here. */
  readonly types: readonly number[];
  readonly bodies: readonly Uint8Array[];
  /** The entries, as they are written, of tables, memories, tags, and those globals that can change. */
  readonly tables: readonly Uint8Array[];
  readonly memories: readonly Uint8Array[];
  readonly tags: readonly Uint8Array[];
  readonly variables: readonly Uint8Array[];
  readonly globals: readonly Uint8Array[];

  /** Throws a `Surprise` if it holds something that isn't known here. */
  constructor(bytes: Uint8Array) {
    this.#header = bytes.subarray(0, HEADER);
    this.#sections = [...listSections(bytes)];
    this.imported = countImports(this.entriesIn(SECTION.import));
    [this.takes, this.plainType] = readTypes(this.entriesIn(SECTION.type));
    const types = this.entriesIn(SECTION.function);
    this.types = types.list(() => types.number());
    const bodies = this.entriesIn(SECTION.code);
    this.bodies = bodies.list(() => bodies.take(bodies.number()));
    this.tables = this.#list(SECTION.table, (entries) => {
      entries.number();
      skipLimits(entries);
    });
    this.memories = this.#list(SECTION.memory, skipLimits);
    this.tags = this.#list(SECTION.tag, (entries) => {
      entries.number();
      entries.number();
    });
    this.globals = this.#list(SECTION.global, (entries) => {
      const [, , opcode] = entries.take(3);
      entries.number();
      if (opcode !== CODE_OF.constant || entries.number() !== CODE_OF.end)
        throw new Surprise("a global that isn't a number");
    });
    const isVariable = this.globals.map((each) => each[1] === 1);
    this.variables = this.globals.filter((_, place) => isVariable[place]);
    if (isVariable.lastIndexOf(true) >= this.variables.length) throw new Surprise("globals in another order");
  }

  /** A reader of a section's entries; of none, if there is no such section. */
  entriesIn(kind: number): Reader {
    return new Reader(this.#contentsOf(kind));
  }

  /** The places of the functions that are exported under such names. */
  exportedAs(pattern: RegExp): Set<number> {
    const entries = this.entriesIn(SECTION.export);
    const first = this.imported[KIND.function] ?? 0;
    const found = entries.list(() => {
      const name = Buffer.from(entries.take(entries.number())).toString();
      const [kind, number] = [entries.number(), entries.number()];
      return kind === KIND.function && pattern.test(name) ? number - first : -1;
    });
    return new Set(found.filter((place) => place >= 0));
  }

  /** A section's contents with more entries at their end. */
  append(kind: number, entries: readonly (Uint8Array | readonly number[])[]): Buffer {
    const contents = this.#contentsOf(kind);
    const count = new Reader(contents).number();
    return Buffer.concat([
      Uint8Array.from(unsigned(count + entries.length)),
      contents.subarray(unsigned(count).length),
      ...entries.map((entry) => Uint8Array.from(entry)),
    ]);
  }

  /** The file with other contents of some sections, and without others. */
  write(changed: Readonly<Record<number, Uint8Array>>, dropped: readonly number[] = []): Uint8Array {
    const known = new Map(this.#sections.map(({ kind, contents }) => [kind, contents]));
    const kinds = ORDER.filter((kind) => !dropped.includes(kind) && (known.has(kind) || kind in changed));
    const sections = [
      ...this.#sections.filter(({ kind }) => kind === SECTION.custom && !dropped.includes(kind)),
      ...kinds.map((kind) => ({ kind, contents: changed[kind] ?? known.get(kind)! })),
    ];
    return Buffer.concat([
      this.#header,
      ...sections.flatMap(({ kind, contents }) => [Uint8Array.of(kind), withLength(contents)]),
    ]);
  }

  #contentsOf(kind: number): Uint8Array {
    return this.#sections.find((section) => section.kind === kind)?.contents ?? Uint8Array.of(0);
  }

  #list(kind: number, skip: (entries: Reader) => void): Uint8Array[] {
    const entries = this.entriesIn(kind);
    return entries.list(() => entries.passed(() => skip(entries)));
  }
}

/** Reads numbers in LEB128, and stretches of bytes, from a place that moves on. */
export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  take(length: number): Uint8Array {
    return this.#bytes.subarray(this.#at, (this.#at += length));
  }

  /** The bytes that `move` moves over. */
  passed(move: () => void): Uint8Array {
    const start = this.#at;
    move();
    return this.#bytes.subarray(start, this.#at);
  }

  /** All entries of a section: how many there are comes first. */
  list<Entry>(read: () => Entry): Entry[] {
    return Array.from({ length: this.number() }, read);
  }
}

function* listSections(bytes: Uint8Array): Generator<Section> {
  const reader = new Reader(bytes.subarray(HEADER));
  while (!reader.isAtEnd) yield { kind: reader.number(), contents: reader.take(reader.number()) };
}

function countImports(entries: Reader): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const kind of entries.list(() => readImport(entries))) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function readImport(entries: Reader): number {
  entries.take(entries.number());
  entries.take(entries.number());
  const kind = entries.number();
  if (kind === KIND.function) entries.number();
  else if (kind === KIND.table) {
    entries.number();
    skipLimits(entries);
  } else if (kind === KIND.memory) skipLimits(entries);
  else entries.take(2);
  return kind;
}

function readTypes(entries: Reader): [number[], number] {
  const types = entries.list(() => {
    if (entries.number() !== FUNCTION_TYPE) throw new Surprise("a type that isn't a function's");
    return { taken: entries.take(entries.number()), given: entries.take(entries.number()) };
  });
  const plain = types.findIndex(({ taken, given }) => taken.length + given.length === 0);
  return [types.map(({ taken }) => taken.length), plain];
}

function skipLimits(entries: Reader): void {
  const flags = entries.number();
  entries.number();
  if (flags & HAS_MOST) entries.number();
}

/** Bytes behind their length. */
export function withLength(bytes: Uint8Array | readonly number[]): Buffer {
  return Buffer.concat([Uint8Array.from(unsigned(bytes.length)), Uint8Array.from(bytes)]);
}

/** Entries behind their number. */
export function vector(entries: readonly (Uint8Array | readonly number[])[]): Buffer {
  return Buffer.concat([
    Uint8Array.from(unsigned(entries.length)),
    ...entries.map((each) => Uint8Array.from(each)),
  ]);
}
