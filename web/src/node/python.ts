/** Pyodide under Node, started as it is in a reader's browser at its plainest. */

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { loadPyodide, PyodideAPI, PyodideConfig } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";

/** The Python side of the kernel; the strings are JSON. */
export interface Wire extends PyProxy {
  run(request: string): Promise<string>;
  close(): void;
}

/** As in the reader's browser: outside the folder in which a lesson's own files lie. */
export const KERNEL_FOLDER = "/lib/gradus";

/** What every Python of the build is started with. */
export const OPTIONS: PyodideConfig = {
  // Standard output carries answers; whatever escapes the kernel's own streams goes where people look.
  stdout: (line) => console.error(line),
  stderr: (line) => console.error(line),
};

/** The `loadPyodide` of a runtime folder. */
export async function loader(runtime: string): Promise<typeof loadPyodide> {
  const entry = pathToFileURL(`${runtime}/pyodide.mjs`).href;
  return ((await import(entry)) as { loadPyodide: typeof loadPyodide }).loadPyodide;
}

/** Starts Python with these packages and the kernel's archive. */
export async function startPlain(runtime: string, packages: string[], kernel: string): Promise<PyodideAPI> {
  const load = await loader(runtime);
  const python = await load({ ...OPTIONS, indexURL: runtime });
  await python.loadPackage(packages, {
    messageCallback: (line) => console.error(line),
    // It would only say so and carry on.
    errorCallback: (line) => {
      throw new Error(line);
    },
  });
  python.unpackArchive(new Uint8Array(await readFile(kernel)), "zip", { extractDir: KERNEL_FOLDER });
  addKernelFolder(python);
  return python;
}

/** Lets Python find the kernel. */
export function addKernelFolder(python: PyodideAPI): void {
  const path = python.pyimport("sys.path") as PyProxy & { append(folder: string): void };
  path.append(KERNEL_FOLDER);
  path.destroy();
}

/** Starts a session that gives its outputs to `post`, as JSON. */
export function openWire(python: PyodideAPI, post: (output: string) => void): Wire {
  return (python.pyimport("gradus.kernel.wire.open_wire") as PyCallable)(post) as Wire;
}
