/** Starts Python as Pyodide itself does it: interpreter, standard library, wheels, one after the other. */

import type { loadPyodide as LoadPyodide, PyodideAPI, PyodideConfig } from "pyodide";
import type { PyProxy } from "pyodide/ffi";
import { Downloads } from "./downloads.ts";
import { LoadError } from "../load-error.ts";
import type { LoadProgress, RuntimeFiles } from "../protocol.ts";

type Factory = NonNullable<PyodideConfig["createPyodideModule"]>;

/** Where the kernel's archive is unpacked: outside the folder in which a reader's own files lie. */
const KERNEL_FOLDER = "/lib/gradus";

/** `report` is told how far loading is. */
export async function startPlain(
  runtime: RuntimeFiles,
  report: (progress: LoadProgress) => void,
): Promise<PyodideAPI> {
  let phase: LoadProgress["phase"] = "downloading";
  let latest = { part: "", bytes: 0, total: 0 };
  const downloads = new Downloads(runtime.files, (counted) => {
    latest = counted;
    if (counted.bytes === counted.total && phase === "downloading") phase = "starting";
    report({ phase, ...latest });
  });
  const stopServing = downloads.serve();
  try {
    const pyodide = await Promise.race([boot(runtime, downloads), downloads.failed]);
    phase = "installing";
    report({ phase, ...latest });
    await Promise.race([installPackages(pyodide, runtime.packages), downloads.failed]);
    addKernel(pyodide, await downloads.buffer(runtime.kernel));
    return pyodide;
  } finally {
    stopServing();
  }
}

async function boot(runtime: RuntimeFiles, downloads: Downloads): Promise<PyodideAPI> {
  const wasmFailed = watchInstantiation();
  const { loadPyodide } = await downloads.module<{ loadPyodide: typeof LoadPyodide }>(
    `${runtime.runtime}pyodide.mjs`,
  );
  const { default: factory } = await downloads.module<{ default: Factory }>(
    `${runtime.runtime}pyodide.asm.mjs`,
  );
  const options = {
    indexURL: runtime.runtime,
    // The wheels' folder, and with it Pyodide's idea of a CDN: nothing may come from anywhere else.
    packageBaseUrl: runtime.runtime,
    createPyodideModule: factory,
    stdout: (text: string) => console.debug(text),
    stderr: (text: string) => console.debug(text),
  };
  return Promise.race([loadPyodide(options), wasmFailed]);
}

/** Pyodide only warns when WebAssembly fails, and then waits for ever; this promise rejects instead. */
function watchInstantiation(): Promise<never> {
  const original = WebAssembly.instantiateStreaming;
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = async (source, imports) => {
      WebAssembly.instantiateStreaming = original;
      try {
        return await original(source, imports);
      } catch (error) {
        reject(new LoadError("This browser would not start Python's WebAssembly.", error));
        throw error;
      }
    };
  });
}

async function installPackages(pyodide: PyodideAPI, names: string[]): Promise<void> {
  const errors: string[] = [];
  await pyodide.loadPackage(names, {
    checkIntegrity: true,
    messageCallback: (text) => console.debug(text),
    errorCallback: (text) => errors.push(text),
  });
  // It doesn't reject when a package is missing or damaged: it says so and carries on.
  if (errors.length > 0) throw new LoadError("A Python package could not be installed.", errors.join(" "));
}

function addKernel(pyodide: PyodideAPI, kernel: ArrayBuffer): void {
  pyodide.unpackArchive(kernel, "zip", { extractDir: KERNEL_FOLDER });
  const path = pyodide.pyimport("sys.path") as PyProxy & { append(folder: string): void };
  path.append(KERNEL_FOLDER);
  path.destroy();
}
