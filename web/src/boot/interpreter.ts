/** Makes Pyodide's interpreter with something done to it before Pyodide itself goes on. */

import type { loadPyodide, PyodideAPI, PyodideConfig } from "pyodide";
import type { EmscriptenModule } from "./emscripten.ts";
import { makeOneObject } from "./one-object.ts";
import type { Adopt } from "./parted-wasm.ts";
import { shareAdapters } from "./precompiled.ts";
import type { MainInstance } from "./restore.ts";

/** Makes the interpreter: the default export of `pyodide.asm.mjs`. */
export type Factory = NonNullable<PyodideConfig["createPyodideModule"]>;

/** Pyodide's two modules. */
export interface PyodideModules {
  load: typeof loadPyodide;
  factory: Factory;
}

type Receive = (instance: WebAssembly.Instance, compiled: WebAssembly.Module) => void;

interface Settings {
  instantiateWasm(imports: WebAssembly.Imports, receive: Receive): unknown;
}

/** Loads Pyodide; `prepare` gets the interpreter as soon as it is made, before any Python has run if `options` say so. */
export function loadPrepared(
  { load, factory }: PyodideModules,
  options: Record<string, unknown>,
  prepare: (module: EmscriptenModule, main: MainInstance) => void | Promise<void>,
  adopt: Adopt = (_, exports) => exports,
): Promise<PyodideAPI> {
  const createPyodideModule = async (settings: Settings): Promise<unknown> => {
    const main: MainInstance = { imports: {}, exports: {} };
    const instantiate = settings.instantiateWasm;
    settings.instantiateWasm = (imports, receive) =>
      instantiate(imports, (instance, compiled) => {
        const exports = adopt("main", instance.exports, imports);
        main.imports = imports["env"]!;
        main.exports = exports;
        makeOneObject(exports, exports["__indirect_function_table"] as WebAssembly.Table);
        receive({ exports }, compiled);
      });
    const stop = shareAdapters();
    const made = factory(settings as never).finally(stop);
    const module = (await made) as unknown as EmscriptenModule;
    await prepare(module, main);
    return module;
  };
  return load({ ...options, createPyodideModule } as unknown as PyodideConfig);
}
