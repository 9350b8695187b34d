/**
 * Makes instances of WebAssembly files that come in two parts: first the functions that lessons use, and the others when
 * one of them is called, or before; see part-wasm.ts, which parts them.
 */

import type { Functions } from "./emscripten.ts";

/** What is exported under names that begin so is between the two parts. */
export const OWN = "gradus:";

/** The interpreter, or a library by its number. */
export type Owner = "main" | number;

/** Gives what an owner's users may know of its exports. */
export type Adopt = (
  owner: Owner,
  exports: WebAssembly.Exports,
  imports: WebAssembly.Imports,
) => WebAssembly.Exports;

/** The functions that an interpreter and its libraries have been made without. */
export class MissingFunctions {
  readonly #read: (owner: Owner) => WebAssembly.Module;
  readonly #missing = new Map<Owner, (rest: WebAssembly.Module) => void>();
  /** Told why functions that are called now can't be had: nothing can go on from there. */
  onLost: (cause: unknown) => void = () => undefined;

  /** `read` gives an owner's second part, at once; it throws if it can't. */
  constructor(read: (owner: Owner) => WebAssembly.Module) {
    this.#read = read;
  }

  /** Those of which the second part isn't there yet. */
  get owners(): Owner[] {
    return [...this.#missing.keys()];
  }

  /** Notes what is missing, for whoever calls it. */
  readonly adopt: Adopt = (owner, exports, imports) => {
    const { own, others } = partExports(exports);
    const isThere = own["isThere"] as WebAssembly.Global<"i32"> | undefined;
    if (!isThere) return exports;
    this.#missing.set(owner, (rest) => {
      // It puts its functions into the table that both have.
      new WebAssembly.Instance(rest, { ...imports, [OWN]: own as WebAssembly.ModuleImports });
      isThere.value = 1;
      this.#missing.delete(owner);
    });
    const ask = (): void => {
      console.debug(`Python fetches functions of ${owner}`);
      try {
        this.bring(owner, this.#read(owner));
      } catch (error) {
        this.onLost(error);
        throw error;
      }
    };
    (own["places"] as WebAssembly.Table).set(0, asFunction(ask));
    return others as WebAssembly.Exports;
  };

  /** Brings in an owner's second part. */
  bring(owner: Owner, rest: WebAssembly.Module): void {
    this.#missing.get(owner)?.(rest);
  }
}

/** Exports of a file by whether they are between its parts; the names of those are given without what they begin with. */
export function partExports(exports: WebAssembly.Exports): { own: Functions; others: Functions } {
  const own: Functions = {};
  const others: Functions = Object.create(null) as Functions;
  for (const [name, value] of Object.entries(exports)) {
    if (name.startsWith(OWN)) own[name.slice(OWN.length)] = value;
    else others[name] = value;
  }
  return { own, others };
}

/** A module that exports what it imports, the function `f`, which takes nothing and gives nothing. */
const PASSING_ON = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 4, 1, 0x60, 0, 0],
  ...[2, 7, 1, 1, 0x6f, 1, 0x66, 0, 0],
  ...[7, 5, 1, 1, 0x66, 0, 0],
);

/** A function of JavaScript's as one that a table can hold. */
function asFunction(run: () => void): unknown {
  return new WebAssembly.Instance(new WebAssembly.Module(PASSING_ON), { o: { f: run } }).exports["f"];
}
