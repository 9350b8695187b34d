/** Does with a Python what a page does with it beside running cells. */

import type { PyodideAPI } from "pyodide";
import type { PyCallable } from "pyodide/ffi";
import { makePageLink } from "../page-link.ts";
import { limitStack } from "../python-limits.ts";
import { Waits } from "../waits.ts";
import type { Wire } from "../worker-session.ts";
import type { Program } from "./sessions.ts";

/** The page's cells are the programs; the last one is planned and run. */
export async function actLikePage(python: PyodideAPI, programs: Program[]): Promise<void> {
  limitStack(python);
  python.setInterruptBuffer(new Int32Array(1));
  const waits = new Waits(null, () => undefined);
  const link = makePageLink(python, waits, { onAgain: () => undefined, onOver: () => undefined });
  const share = python.pyimport("gradus.kernel.wire.share_interpreter") as PyCallable;
  const open = share(link, "") as PyCallable;
  const wire = open(() => undefined) as Wire;
  const cells = programs.map(({ cell, source }) => [cell, source]);
  const { cell, source } = programs.at(-1)!;
  wire.plan(JSON.stringify({ cells, wanted: cell }));
  const page = { cells, packages: [] };
  await wire.run(JSON.stringify({ source, cell, pixel_ratio: 2, page }));
  wire.evaluate("1");
  const stale = programs.map((each) => ({
    id: each.cell,
    shown: each.source,
    lesson: each.source,
    version: null,
  }));
  wire.find_stale(JSON.stringify(stale));
  wire.ask(JSON.stringify({ about: "variables" }));
  wire.close();
  for (const each of [wire, open, share]) each.destroy();
}
