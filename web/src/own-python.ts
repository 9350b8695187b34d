/** A Python for one page alone. */

import type { EarlyWorker } from "./early-worker.ts";
import type { TakeSeat } from "./kernel-client.ts";
import type { RuntimeFiles } from "./protocol.ts";
import { Python } from "./python.ts";

/** `script` is the worker's absolute URL; `first` may be one that has come to life already. */
export function ownPython(script: string, runtime: RuntimeFiles, first: EarlyWorker | null = null): TakeSeat {
  const python = new Python(script, runtime, first);
  return (listener) => ({ seat: python.join(listener), isThere: () => true });
}
