/** Which snapshots the browser stores for the next visit; see `boot/snapshot-store.ts`. */

import type { SnapshotFile } from "./protocol.ts";
import { ask, KEPT, openFolder, sizeOf } from "./snapshot-folder.ts";

/** A note in local storage: pages can read it at once. */
const NOTE = "gradus:snapshots";

/** Whether an earlier visit has stored it, as far as is known. */
export function isNoted(snapshot: SnapshotFile | null | undefined): boolean {
  return snapshot != null && readNote().includes(snapshot.sha256);
}

/** Whether it is stored, in its full length. */
export async function isWhole(snapshot: SnapshotFile): Promise<boolean> {
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

/** Notes whether it is stored; of the last ones, for of older ones nothing is left. */
export function note({ sha256 }: SnapshotFile, isThere: boolean): void {
  const others = readNote().filter((other) => other !== sha256 && other !== "");
  const noted = isThere ? [sha256, ...others] : others;
  try {
    localStorage.setItem(NOTE, noted.slice(0, KEPT).join(" "));
  } catch {
    // The next visit does without.
  }
}
