/** How a run ended, in a few words: a screen reader says them, in place of reading out whole outputs. */

import { nameOf } from "./cell-name.ts";
import type { OutputSummary } from "./outputs.ts";
import type { RunResult, SourceLocation } from "./protocol.ts";

/** `cell` is the id of the cell that ran. */
export function summarizeRun(
  cell: string,
  result: RunResult,
  { figures, error, explanation }: OutputSummary,
): string {
  const parts = [describeEnd(cell, result, error?.ename ?? "Error")];
  if (explanation) parts.push(explanation.about === "error" ? "Explained below." : "There is a note below.");
  if (figures > 0) parts.push(figures === 1 ? "1 figure." : `${figures} figures.`);
  return parts.join(" ");
}

/** The innermost of a run's frames that lies in `cell`. */
export function deepestIn(cell: string, locations: readonly SourceLocation[]): SourceLocation | undefined {
  return locations.findLast((location) => location.cell === cell);
}

function describeEnd(cell: string, result: RunResult, ename: string): string {
  if (result.status === "ok") return "Finished.";
  if (result.status === "error") return `${ename}${whereabouts(cell, result)}.`;
  if (ename === "SystemExit") return "Ended by sys.exit().";
  return `Stopped${whereabouts(cell, result)}. Python keeps its variables.`;
}

function whereabouts(cell: string, { locations }: RunResult): string {
  const deepest = locations.at(-1);
  if (!deepest) return "";
  const elsewhere = deepest.cell === cell ? "" : ` of ${nameOf(deepest.cell)}`;
  return ` on line ${deepest.line}${elsewhere}`;
}
