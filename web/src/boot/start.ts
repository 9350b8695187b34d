/** Starts Python with the packages and the kernel that a page names, in the fastest way that works here. */

import { LoadError } from "../load-error.ts";
import type { KeptStart, LoadProgress, RuntimeFiles } from "../protocol.ts";
import { startFromKept, startFromModules, startFromSnapshot, type Started } from "./start-fast.ts";
import { startPlain } from "./start-plain.ts";

/** What a start may find done already. */
export interface Head {
  /** From a worker that started before this one. */
  kept: KeptStart | null;
  /** An earlier visit may have stored the snapshot. */
  stored: boolean;
}

/**
 * `report` is told how far loading is.
 * Rejects, mostly with a `LoadError`, when Python can't be had.
 */
export async function startPython(
  runtime: RuntimeFiles,
  { kept, stored }: Head,
  report: (progress: LoadProgress) => void,
): Promise<Started> {
  const { start } = runtime;
  const ways: (() => Promise<Started>)[] = [];
  if (kept) ways.push(() => startFromKept(runtime, kept));
  if (start?.snapshot)
    ways.push(() => startFromSnapshot(runtime, start, stored ? "stored" : "fetched", report));
  if (start) ways.push(() => startFromModules(runtime, start, report));
  for (const way of ways) {
    try {
      return await way();
    } catch (error) {
      // What can't be fetched can't be fetched in another way either.
      if (error instanceof LoadError) throw error;
      console.info(`Python starts in a slower way: ${String(error)}`);
    }
  }
  return { pyodide: await startPlain(runtime, report), keep: null, missing: null };
}
