/**
 * Brings Python's worker to life when a page with cells has only begun to be read.
 *
 * The build writes this script into the pages, before their style sheets: one in a file would run only when the page has
 * been laid out, which takes as long as the worker takes to read its own script.
 */

import { isDear } from "./device.ts";
import { bringToLife, leaveEarlyWorker, tellToStart } from "./early-worker.ts";
import { readConfig } from "./page-config.ts";
import { isNoted } from "./stored-snapshots.ts";
import { oncePainted } from "./warm-start.ts";

const config = readConfig();
if (config && !isDear()) {
  const { runtime, worker } = config;
  const early = bringToLife(worker);
  leaveEarlyWorker(early);
  const start = (): void => tellToStart(early, runtime);
  // At once where Python's files have come on an earlier visit; else those that the page is seen with come first.
  if (isNoted(runtime.start?.snapshot)) start();
  else oncePainted(start);
}
