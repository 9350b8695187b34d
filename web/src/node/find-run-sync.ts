/** Finds where an interpreter keeps which function Python's `run_sync` is: it was chosen for Node, not for a browser. */

import { type EmscriptenModule, type Functions, Surprise } from "../boot/emscripten.ts";
import type { RunSync } from "../boot/snapshot.ts";

const NAME = "run_sync";

/** Looks below `end`, among the interpreter's own data. Throws a `Surprise` unless there is exactly one such place. */
export function findRunSync(module: EmscriptenModule, exports: Functions, end: number): RunSync {
  const suspending = findFunction(module, exports, "run_sync");
  const refusing = findFunction(module, exports, "run_sync_not_supported");
  // A PyMethodDef: the name's address, then the function's place in the table.
  const { HEAPU32: words } = module;
  const places: number[] = [];
  for (let word = 1; word < end / 4; word++) {
    const chosen = words[word] === suspending || words[word] === refusing;
    if (chosen && isName(module, words[word - 1]!, end)) places.push(4 * word);
  }
  if (places.length !== 1) throw new Surprise(`${places.length} places for ${NAME}`);
  return { address: places[0]!, suspending, refusing };
}

function findFunction(module: EmscriptenModule, exports: Functions, name: string): number {
  for (let place = 0; place < module.wasmTable.length; place++) {
    if (module.wasmTable.get(place) === exports[name]) return place;
  }
  throw new Surprise(`${name} isn't in the table`);
}

function isName(module: EmscriptenModule, address: number, end: number): boolean {
  if (address === 0 || address >= end) return false;
  return Buffer.from(module.HEAPU8.buffer, address, NAME.length + 1).toString("latin1") === `${NAME}\0`;
}
