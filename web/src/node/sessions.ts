/** Runs programs, session after session, and keeps all that comes out. */

import type { PyodideAPI } from "pyodide";
import { openWire } from "./python.ts";

export interface Program {
  cell: string;
  source: string;
}

/** What came of one program: its outputs, and how it ended. */
export interface Ran {
  cell: string;
  outputs: unknown[];
  result: unknown;
}

/** Each session starts with an empty namespace; errors are outputs like any others. */
export async function runSessions(python: PyodideAPI, sessions: Program[][]): Promise<Ran[][]> {
  const all: Ran[][] = [];
  for (const programs of sessions) {
    const outputs: unknown[] = [];
    const wire = openWire(python, (output) => outputs.push(JSON.parse(output)));
    const ran: Ran[] = [];
    const page = { cells: [], packages: [] };
    for (const { cell, source } of programs) {
      const answer = await wire.run(JSON.stringify({ source, cell, pixel_ratio: 1, page }));
      ran.push({ cell, outputs: outputs.splice(0), result: JSON.parse(answer) });
    }
    wire.close();
    wire.destroy();
    all.push(ran);
  }
  return all;
}
