/** Starts Python with the packages and the kernel that a page names. */

import type { PyodideAPI } from "pyodide";
import type { LoadProgress, RuntimeFiles } from "../protocol.ts";
import { startPlain } from "./start-plain.ts";

/** `report` is told how far loading is. Rejects, mostly with a `LoadError`, when Python can't be had. */
export function startPython(
  runtime: RuntimeFiles,
  report: (progress: LoadProgress) => void,
): Promise<PyodideAPI> {
  return startPlain(runtime, report);
}
