/** Makes the next visit's start quick: has the snapshot stored, and the engine compile what figures need. */

import { hasMemory, isDear } from "./device.ts";
import type { KernelClient } from "./kernel-client.ts";
import { onceQuiet } from "./quiet.ts";
import type { FromWorker, RuntimeFiles, SnapshotFile, ToWorker } from "./protocol.ts";
import { isWhole, note } from "./stored-snapshots.ts";
import { startWorker } from "./worker-start.ts";

/** Milliseconds for which Python has had nothing to do. */
const QUIET = 5000;

/** Once Python has had nothing to do for a while, has all that done by a worker that ends then. */
export function prepareSecondVisit(kernel: KernelClient, script: string, runtime: RuntimeFiles): void {
  const snapshot = runtime.start?.snapshot;
  if (!snapshot || !("storage" in navigator) || !("getDirectory" in navigator.storage)) return;
  onceQuiet(kernel, QUIET, () => void prepare(kernel, script, runtime, snapshot));
}

/** Whether a Python that practises costs what the reader may want for something else. */
function isBurden(): boolean {
  return document.hidden || isDear() || !hasMemory();
}

async function prepare(
  kernel: KernelClient,
  script: string,
  runtime: RuntimeFiles,
  snapshot: SnapshotFile,
): Promise<void> {
  if (await isWhole(snapshot)) return note(snapshot, true);
  note(snapshot, false);
  const worker = startWorker(script, "Preparing");
  const post = (message: ToWorker): void => worker.postMessage(message);
  const end = (): void => {
    stop();
    worker.terminate();
  };
  let isStored = false;
  // Storing goes on, for a half is of no use; the figures may end at any time.
  const stop = kernel.onChange(({ name }) => isStored && name !== "ready" && end());
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    switch (data.type) {
      case "stored":
        isStored = data.whole;
        if (isStored) note(snapshot, true);
        if (!isStored || kernel.state.name !== "ready" || isBurden()) return end();
        // A Python of its own: it starts as the next visit's will, and leaves nothing in the reader's.
        return post({ type: "start", runtime, shared: null, stored: true, kept: null, spare: false });
      case "ready":
        return post({ type: "practise" });
      case "practised":
      case "failed":
      case "died":
        return end();
      default:
      // How far its start is.
    }
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    end();
  });
  post({ type: "store", snapshot });
}
