/** Runs a lesson's cells in Pyodide under Node, with the runtime folder and the kernel that the reader's browser gets. */

import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { loadPyodide } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";

/** What stdin holds. Each line of stdout is then one cell's `Finished` as JSON, in the order of the cells. */
interface Request {
  /** The site's runtime folder: interpreter, lock file, wheels. */
  runtime: string;
  /** Packages that the lesson imports, by their names in the lock file. */
  packages: string[];
  /** What they are called in an import. */
  imports: string[];
  /** The kernel's archive. */
  kernel: string;
  /** Device pixels per CSS pixel, for figures. */
  pixelRatio: number;
  cells: { id: string; source: string }[];
}

interface Finished {
  id: string;
  status: "ok" | "error";
  outputs: unknown[];
  locations: { cell: string; line: number }[];
}

interface Wire extends PyProxy {
  run: PyCallable;
}

/** As in the reader's browser: outside the folder in which a lesson's own files lie. */
const KERNEL_FOLDER = "/lib/gradus";

async function main(): Promise<void> {
  const request = JSON.parse(await text(process.stdin)) as Request;
  const outputs: unknown[] = [];
  const wire = await startKernel(request, (output) => outputs.push(JSON.parse(output)));
  const cells = request.cells.map(({ id, source }) => [id, source]);
  const page = { cells, packages: request.imports };
  for (const { id, source } of request.cells) {
    const answer = (await wire.run(
      JSON.stringify({ source, cell: id, pixel_ratio: request.pixelRatio, page }),
    )) as string;
    const { status, locations } = JSON.parse(answer) as Pick<Finished, "status" | "locations">;
    const finished: Finished = { id, status, outputs: outputs.splice(0), locations };
    process.stdout.write(JSON.stringify(finished) + "\n");
    if (status === "error") break;
  }
}

async function startKernel(request: Request, post: (output: string) => void): Promise<Wire> {
  const entry = pathToFileURL(`${request.runtime}/pyodide.mjs`).href;
  const { loadPyodide: load } = (await import(entry)) as { loadPyodide: typeof loadPyodide };
  const python = await load({
    indexURL: request.runtime,
    // Standard output carries our answer; whatever escapes the kernel's own streams goes where people look.
    stdout: (line) => console.error(line),
    stderr: (line) => console.error(line),
  });
  await python.loadPackage(request.packages, {
    messageCallback: (line) => console.error(line),
    // It would only say so and carry on.
    errorCallback: (line) => {
      throw new Error(line);
    },
  });
  python.unpackArchive(new Uint8Array(await readFile(request.kernel)), "zip", { extractDir: KERNEL_FOLDER });
  const path = python.pyimport("sys.path") as PyProxy & { append(folder: string): void };
  path.append(KERNEL_FOLDER);
  return (python.pyimport("gradus.kernel.wire.open_wire") as PyCallable)(post) as Wire;
}

await main();
// Python may have left timers running; the cells are done, so once all is written nothing is waited for.
process.stdout.write("", () => process.exit(0));
