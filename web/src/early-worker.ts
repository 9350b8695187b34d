/** Python's worker as it is before anybody looks after it: alive, perhaps at work, and what it says is kept. */

import type { KeptStart, RuntimeFiles, ToWorker } from "./protocol.ts";
import { makeSharedMemory } from "./shared-line.ts";
import { isNoted } from "./stored-snapshots.ts";
import { startWorker } from "./worker-start.ts";

export interface EarlyWorker {
  worker: Worker;
  /** The memory that it shares with the page, where browsers allow it. */
  shared: SharedArrayBuffer | null;
  /** Whether it has been told to start Python. */
  isStarted: boolean;
  /** What it has said so far. */
  heard: Event[];
  /** Ends the listening. */
  release(): void;
}

/** Where the page's first script leaves one for the page's own. */
interface Place {
  gradusEarlyWorker?: EarlyWorker;
}

/** Brings a worker to life, which waits for its start then; `script` is its absolute URL. */
export function bringToLife(script: string): EarlyWorker {
  const worker = startWorker(script);
  const heard: Event[] = [];
  const listening = new AbortController();
  for (const type of ["message", "messageerror", "error"]) {
    const hear = (event: Event): void => {
      // Errors are told where the reader sees them, not on the console.
      event.preventDefault();
      heard.push(event);
    };
    worker.addEventListener(type, hear, { signal: listening.signal });
  }
  return {
    worker,
    shared: makeSharedMemory(),
    isStarted: false,
    heard,
    release: () => listening.abort(),
  };
}

/**
 * Starts Python, unless that has been done; `kept` is what an earlier worker has left for this one's start. A `spare`
 * starts from that or not at all.
 */
export function tellToStart(
  early: EarlyWorker,
  runtime: RuntimeFiles,
  kept: KeptStart | null = null,
  { spare = false } = {},
): void {
  if (early.isStarted) return;
  early.isStarted = true;
  const stored = isNoted(runtime.start?.snapshot);
  const message: ToWorker = { type: "start", runtime, shared: early.shared, stored, kept, spare };
  early.worker.postMessage(message, kept?.pages ?? []);
}

/** Leaves it for `takeEarlyWorker`, which may be in another script. */
export function leaveEarlyWorker(early: EarlyWorker): void {
  (globalThis as Place).gradusEarlyWorker = early;
}

/** The one that was left; null if none was, or it has been taken. */
export function takeEarlyWorker(): EarlyWorker | null {
  const place = globalThis as Place;
  const early = place.gradusEarlyWorker;
  delete place.gradusEarlyWorker;
  // An element of the page's with this id would be found as well.
  return early && "heard" in early ? early : null;
}
