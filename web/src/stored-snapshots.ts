/** Which snapshots the browser stores for the next visit; see `boot/snapshot-store.ts`. */

import type { KernelClient } from "./kernel-client.ts";
import type { FromWorker, RuntimeFiles, SnapshotFile, ToWorker } from "./protocol.ts";
import { ask, KEPT, openFolder, sizeOf } from "./snapshot-folder.ts";
import { startWorker } from "./worker-start.ts";

/** A note in local storage: pages can read it at once. */
const NOTE = "gradus:snapshots";
/** Milliseconds for which Python has had nothing to do. */
const QUIET = 5000;

/** Whether an earlier visit has stored it, as far as is known. */
export function isNoted(snapshot: SnapshotFile | null | undefined): boolean {
  return snapshot != null && readNote().includes(snapshot.sha256);
}

/** Once Python has had nothing to do for a while, has the snapshot stored by a worker that ends then. */
export function storeWhenQuiet(kernel: KernelClient, script: string, { start }: RuntimeFiles): void {
  const snapshot = start?.snapshot;
  if (!snapshot || !("storage" in navigator) || !("getDirectory" in navigator.storage)) return;
  let delay = 0;
  const stop = kernel.onChange(({ name }) => {
    clearTimeout(delay);
    if (name !== "ready") return;
    delay = window.setTimeout(() => {
      stop();
      void store(script, snapshot);
    }, QUIET);
  });
}

async function store(script: string, snapshot: SnapshotFile): Promise<void> {
  if (await isWhole(snapshot)) return note(snapshot, true);
  note(snapshot, false);
  const worker = startWorker(script, "Storing");
  const end = (): void => worker.terminate();
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    end();
    if (data.type === "stored" && data.whole) note(snapshot, true);
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    end();
  });
  worker.postMessage({ type: "store", snapshot } satisfies ToWorker);
}

async function isWhole(snapshot: SnapshotFile): Promise<boolean> {
  try {
    const folder = await openFolder();
    const handle = await ask(folder, () => folder.getFileHandle(snapshot.sha256));
    const file = await ask(handle, () => handle.getFile());
    return file.size === sizeOf(snapshot);
  } catch {
    return false;
  }
}

function readNote(): string[] {
  try {
    return (localStorage.getItem(NOTE) ?? "").split(" ");
  } catch {
    return [];
  }
}

/** The last ones: of older ones nothing is left. */
function note({ sha256 }: SnapshotFile, isThere: boolean): void {
  const others = readNote().filter((other) => other !== sha256 && other !== "");
  const noted = isThere ? [sha256, ...others] : others;
  try {
    localStorage.setItem(NOTE, noted.slice(0, KEPT).join(" "));
  } catch {
    // The next visit does without.
  }
}
