/** Where snapshots are stored for the next visit, in the browser's file system for this origin (OPFS). */

import type { SnapshotFile } from "./protocol.ts";

/** How many are kept: sites have a few, for lessons with different packages, and readers mostly need one of them. */
export const KEPT = 2;
const FOLDER = "gradus-snapshots";

/** The folder of all of them, each a file whose name is the SHA-256 of the file that was fetched. */
export async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return ask(root, () => root.getDirectoryHandle(FOLDER, { create: true }));
}

/** Handles of which something has been asked. */
const asked = new Set<{ handle: FileSystemHandle }>();

/**
 * Asks something of a handle, which lives until the answer has come. Chromium lets go of one that nothing refers to, even
 * in the midst of a question: whoever awaits the answer then waits for ever.
 */
export async function ask<Answer>(
  handle: FileSystemHandle,
  question: () => Promise<Answer>,
): Promise<Answer> {
  const held = { handle };
  asked.add(held);
  try {
    return await question();
  } finally {
    asked.delete(held);
  }
}

/** Bytes of what is stored: all pieces, one after the other. */
export function sizeOf({ pieces }: SnapshotFile): number {
  return pieces.reduce((total, { bytes }) => total + bytes, 0);
}
