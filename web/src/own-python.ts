/** A Python for one page alone. */

import type { TakeSeat } from "./kernel-client.ts";
import type { RuntimeFiles } from "./protocol.ts";
import { Python } from "./python.ts";

/** `script` is the worker's absolute URL. */
export function ownPython(script: string, runtime: RuntimeFiles): TakeSeat {
  const python = new Python(script, runtime);
  return (listener) => ({ seat: python.join(listener), isThere: () => true });
}
