/** Runs a lesson's cells in Pyodide under Node, with the runtime folder and the kernel that the reader's browser gets. */

import { text } from "node:stream/consumers";
import { openWire, startPlain } from "./python.ts";

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

async function main(): Promise<void> {
  const request = JSON.parse(await text(process.stdin)) as Request;
  const outputs: unknown[] = [];
  const python = await startPlain(request.runtime, request.packages, request.kernel);
  const wire = openWire(python, (output) => outputs.push(JSON.parse(output)));
  const cells = request.cells.map(({ id, source }) => [id, source]);
  const page = { cells, packages: request.imports };
  for (const { id, source } of request.cells) {
    const answer = await wire.run(
      JSON.stringify({ source, cell: id, pixel_ratio: request.pixelRatio, page }),
    );
    const { status, locations } = JSON.parse(answer) as Pick<Finished, "status" | "locations">;
    const finished: Finished = { id, status, outputs: outputs.splice(0), locations };
    process.stdout.write(JSON.stringify(finished) + "\n");
    if (status === "error") break;
  }
}

await main();
// Python may have left timers running; the cells are done, so once all is written nothing is waited for.
process.stdout.write("", () => process.exit(0));
