/**
 * Stores snapshots as they are when decoded, and reads them: 50 MB come from the browser's file system in a tenth of the
 * time that it takes to get them out of its cache and to decode them.
 */

import type { SnapshotFile } from "../protocol.ts";
import { ask, KEPT, openFolder, sizeOf } from "../snapshot-folder.ts";
import type { SnapshotParts } from "./restore.ts";
import { sumWords } from "./snapshot.ts";
import { PartsMaker } from "./snapshot-parts.ts";
import { ArrivingFrames, prepareDecoder } from "./zstd.ts";

/** Part of what the site may store that a snapshot may take at most. */
const SHARE = 0.1;

/** Access to a file's bytes that only workers have; the project's types are the page's. */
interface Access {
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
  close(): void;
}

/** What an earlier visit has stored; null if that isn't there, isn't whole, or is in use at this moment. */
export async function readStored(snapshot: SnapshotFile): Promise<SnapshotParts | null> {
  try {
    const folder = await openFolder();
    const pieces = await readPieces(folder, snapshot);
    // The libraries are compiled meanwhile: as a rule everything is in order.
    const made = makeParts(snapshot, pieces);
    made.catch(() => undefined);
    const isSame = ({ buffer }: Uint8Array<ArrayBuffer>, place: number): boolean =>
      sumWords(new Uint32Array(buffer)) === snapshot.pieces[place]!.sum;
    if (!pieces.every(isSame)) {
      await ask(folder, () => folder.removeEntry(snapshot.sha256));
      throw new Error("it isn't what was stored");
    }
    return await made;
  } catch (error) {
    console.debug("The stored snapshot can't be used:", error);
    return null;
  }
}

async function makeParts(snapshot: SnapshotFile, pieces: Uint8Array<ArrayBuffer>[]): Promise<SnapshotParts> {
  const parts = new PartsMaker(snapshot);
  pieces.forEach((piece) => parts.add(piece));
  return parts.finish();
}

/** Each in a buffer of its own, with zeros behind it up to a whole word. */
async function readPieces(
  folder: FileSystemDirectoryHandle,
  snapshot: SnapshotFile,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const handle = await ask(folder, () => folder.getFileHandle(snapshot.sha256));
  const access = await open(handle, "read-only");
  try {
    let at = 0;
    return snapshot.pieces.map(({ bytes }) => {
      const piece = new Uint8Array(new ArrayBuffer(Math.ceil(bytes / 4) * 4), 0, bytes);
      if (access.read(piece, { at }) < bytes) throw new Error("it is too short");
      at += bytes;
      return piece;
    });
  } finally {
    access.close();
  }
}

/** Stores a snapshot that the browser has in its cache, in the place of older ones. False if it couldn't. */
export async function storeSnapshot(snapshot: SnapshotFile): Promise<boolean> {
  try {
    const { quota = 0 } = await navigator.storage.estimate();
    if (sizeOf(snapshot) > quota * SHARE) return false;
    const response = await fetch(snapshot.url, { cache: "only-if-cached", mode: "same-origin" });
    if (!response.ok) return false;
    const data = new Uint8Array(await response.arrayBuffer());
    await prepareDecoder();
    const folder = await openFolder();
    await dropOld(folder, snapshot.sha256);
    await write(folder, snapshot, data);
    return true;
  } catch (error) {
    console.debug("The snapshot isn't stored:", error);
    return false;
  }
}

/** Decodes it into a file. One that isn't whole is shorter, so that nobody takes it for one that is. */
async function write(
  folder: FileSystemDirectoryHandle,
  { sha256 }: SnapshotFile,
  data: Uint8Array,
): Promise<void> {
  const handle = await ask(folder, () => folder.getFileHandle(sha256, { create: true }));
  const access = await open(handle, "readwrite");
  try {
    access.truncate(0);
    let at = 0;
    const frames = new ArrivingFrames((piece) => {
      if (access.write(piece, { at }) < piece.length) throw new Error("there is no room for it");
      at += piece.length;
    });
    frames.push(data);
    frames.end();
    access.flush();
  } finally {
    access.close();
  }
}

function dropOld(folder: FileSystemDirectoryHandle, own: string): Promise<void> {
  return ask(folder, async () => {
    const others: File[] = [];
    for await (const each of folder.values()) {
      const handle = each as FileSystemFileHandle;
      if (handle.name !== own) others.push(await ask(handle, () => handle.getFile()));
    }
    others.sort((a, b) => b.lastModified - a.lastModified);
    // One that is in use stays.
    for (const { name } of others.slice(KEPT - 1)) await folder.removeEntry(name).catch(() => undefined);
  });
}

/** Where browsers know the mode, several pages can read at once. */
function open(handle: FileSystemFileHandle, mode: "read-only" | "readwrite"): Promise<Access> {
  type Opener = { createSyncAccessHandle(options: { mode: string }): Promise<Access> };
  return ask(handle, () => (handle as unknown as Opener).createSyncAccessHandle({ mode }));
}
