/**
 * The first script of a page with cells: it is small, and runs while the page is still being read. By the time the page's
 * own script is there, Python's worker has read its own, and all that it needs is on its way.
 */

import { readConfig } from "./page-config.ts";
import type { RuntimeFiles } from "./protocol.ts";
import { PythonWorker } from "./python-worker.ts";
import { isNoted } from "./stored-snapshots.ts";
import { isDear, oncePainted } from "./warm-start.ts";

/** The page's settings; null on a page that has nothing to run. */
export const config = readConfig();

/** The worker, which starts Python by itself; null where bytes are dear. */
export const headStart = config && !isDear() ? new PythonWorker(config.worker) : null;

if (config && headStart) begin(headStart, config.runtime);

/** Once the page is painted, so that its own files come first; at once where Python's have come on an earlier visit. */
function begin(worker: PythonWorker, runtime: RuntimeFiles): void {
  if (isNoted(runtime.start?.snapshot)) worker.start(runtime);
  else oncePainted(() => worker.start(runtime));
}
