/** Makes each exported function one object, as the standard has it and WebKit doesn't. */

/**
 * Puts the exported functions themselves where a table holds them already.
 *
 * By the standard (WebAssembly JavaScript Interface, "Exported Function") they are the same objects. WebKit makes another
 * one for each place of a table, so that Emscripten, which looks for functions there, finds none and gives those in the
 * table a second place: then all that follow have other places than those a snapshot was recorded with.
 */
export function makeOneObject(exports: WebAssembly.Exports, table: WebAssembly.Table): void {
  // A function's name is its number in the module.
  const exported = new Map<string, unknown>();
  for (const each of Object.values(exports)) if (typeof each === "function") exported.set(each.name, each);
  for (let place = 0; place < table.length; place++) {
    const there = table.get(place) as { name: string } | null;
    const own = there && exported.get(there.name);
    if (!own) continue;
    if (own === there) return;
    table.set(place, own);
  }
}
