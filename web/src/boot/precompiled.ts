/** Hands compiled WebAssembly to code that would compile it itself. */

/** While it lasts, Pyodide gets what is compiled already. */
export interface CompiledUse {
  /** Rejects when the interpreter can't be made: Pyodide itself only warns, and then waits for ever. */
  failed: Promise<never>;
  stop(): void;
}

/**
 * Lets Pyodide's interpreter be made from `main`; `standard` gives what Pyodide fetches as the standard library, or
 * nothing where it isn't read.
 */
export function useCompiled(
  main: Promise<WebAssembly.Module>,
  standard: () => Promise<ArrayBuffer> = () => Promise.resolve(new ArrayBuffer()),
): CompiledUse {
  const { fetch: originalFetch } = globalThis;
  const { instantiateStreaming } = WebAssembly;
  globalThis.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    // It is asked for and then not looked at.
    if (address.endsWith("pyodide.asm.wasm")) return new Response();
    if (address.endsWith("python_stdlib.zip")) return new Response(await standard());
    return originalFetch(input, init);
  };
  const failed = new Promise<never>((_, reject) => {
    WebAssembly.instantiateStreaming = async (_source, imports) => {
      try {
        const module = await main;
        return { module, instance: await WebAssembly.instantiate(module, imports) };
      } catch (error) {
        reject(error as Error);
        throw error;
      }
    };
  });
  failed.catch(() => undefined);
  const stop = (): void => {
    globalThis.fetch = originalFetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
  return { failed, stop };
}

/** Bytes of a module that does nothing but hand a JavaScript function to WebAssembly. */
const ADAPTER = 64;

/**
 * Lets the adapters that Pyodide makes of JavaScript's functions, about 260, be compiled once for each signature, until
 * the function that it gives is called.
 */
export function shareAdapters(): () => void {
  const original = WebAssembly.Module;
  const known = new Map<string, WebAssembly.Module>();
  WebAssembly.Module = new Proxy(original, {
    construct(target, [source]: [BufferSource]) {
      if (!(source instanceof Uint8Array) || source.length > ADAPTER) return new target(source);
      const bytes = String.fromCharCode(...source);
      const adapter = known.get(bytes) ?? new target(source);
      known.set(bytes, adapter);
      return adapter;
    },
  });
  return () => (WebAssembly.Module = original);
}

/** Lets shared libraries that Python loads from now on be taken from `modules`, if they are the same to the last byte. */
export function useCompiledLibraries(
  modules: WebAssembly.Module[],
  bytesOf: (place: number) => Uint8Array,
): void {
  WebAssembly.Module = new Proxy(WebAssembly.Module, {
    construct(target, [source]: [BufferSource]) {
      const bytes = ArrayBuffer.isView(source)
        ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
        : new Uint8Array(source);
      const place = modules.findIndex((_, i) => isSame(bytesOf(i), bytes));
      return place < 0 ? new target(source) : modules[place]!;
    },
  });
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
