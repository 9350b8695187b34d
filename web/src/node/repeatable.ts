/** Takes from a process what is different each time: what it then records is the same whenever it is recorded. */

import crypto from "node:crypto";

/** Milliseconds since 1970 at which a recording begins: the start of 2026. */
const BEGIN = 1_767_225_600_000;

/**
 * From now on clocks tell made-up times, each a little later than the one before, and random bytes are made-up ones.
 * Another `seed` gives others. Nothing of it may reach a reader's Python: see `warm_up.freshen`. Nor does Python see
 * any more where the process runs.
 */
export function makeRepeatable(seed: number): void {
  process.env["TZ"] = "UTC";
  // Python takes its own name from there; in browsers it has this one.
  process.argv[1] = "./this.program";
  let time = seed;
  const tick = (): number => (time += 1 / 1024);
  Date.now = () => Math.floor(BEGIN + tick());
  performance.now = tick;
  let block = 0;
  const fill = (view: Uint8Array): Uint8Array => {
    for (let at = 0; at < view.length; block++) {
      const bytes = crypto.createHash("sha256").update(`${seed} ${block}`).digest();
      view.set(bytes.subarray(0, view.length - at), at);
      at += bytes.length;
    }
    return view;
  };
  // It is this one that Emscripten takes.
  crypto.randomFillSync = fill as typeof crypto.randomFillSync;
}
