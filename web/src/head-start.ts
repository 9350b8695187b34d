/**
 * The first script of a page with cells: it is small, and runs while the page is still being read. By the time the page's
 * own script is there, Python's worker has read its own, and all that it needs is on its way.
 */

import { readConfig } from "./page-config.ts";
import { PythonWorker } from "./python-worker.ts";
import { isDear, oncePainted } from "./warm-start.ts";

/** The page's settings; null on a page that has nothing to run. */
export const config = readConfig();

/** The worker, which starts Python once the page is painted; null where bytes are dear. */
export const headStart = config && !isDear() ? new PythonWorker(config.worker) : null;

oncePainted(() => headStart?.start(config!.runtime));
