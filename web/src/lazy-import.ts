/** Modules that are loaded when first needed, and loaded again when that failed. */

/**
 * Makes a function of `load`, which calls `import("…")`, that can be called again after a failure.
 *
 * Firefox remembers for the page's whole life that a module could not be loaded, by its address. So the address is taken
 * from the error's message, where browsers put it, and told apart by a fragment, which changes nothing for the server.
 */
export function lazyImport<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let address: string | undefined;
  let failures = 0;
  return async () => {
    try {
      return await (address ? (import(`${address}#${failures}`) as Promise<Module>) : load());
    } catch (error) {
      failures += 1;
      address ??= /https?:\S+?\.js/.exec(String(error))?.[0];
      throw error;
    }
  };
}
