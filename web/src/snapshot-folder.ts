/** Where snapshots are stored for the next visit, in the browser's file system for this origin (OPFS). */

import type { SnapshotFile } from "./protocol.ts";

/** How many are kept: sites have a few, for lessons with different packages, and readers mostly need one of them. */
export const KEPT = 2;
const FOLDER = "gradus-snapshots";

/** The folder of all of them, each a file whose name is the SHA-256 of the file that was fetched. */
export async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** Bytes of what is stored: what all frames decode to, one after the other. */
export function sizeOf({ frames }: SnapshotFile): number {
  return frames.reduce((total, { bytes }) => total + bytes, 0);
}
