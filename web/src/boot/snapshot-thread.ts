/** Reads a snapshot in a thread of its own: decoding it takes as long as all else that a start has to do meanwhile. */

import { describeProblem, LoadError } from "../load-error.ts";
import type { DataFile, Problem } from "../protocol.ts";
import { startWorker } from "../worker-start.ts";
import { Downloads } from "./downloads.ts";
import type { SnapshotParts } from "./restore.ts";
import { SnapshotReader } from "./snapshot-reader.ts";

/** What the thread tells Python's worker. */
type FromThread =
  /** How much of the file has come so far. */
  | { type: "progress"; bytes: number }
  | { type: "read"; parts: SnapshotParts }
  /** `known`: a reader can be told why; otherwise another way of starting may work. */
  | { type: "failed"; problem: Problem; known: boolean };

/** What this file uses of a worker's global scope; the project's types are the page's. */
const scope = globalThis as unknown as {
  postMessage: (message: FromThread, handed?: Transferable[]) => void;
};

/**
 * Lets another worker with this very script read the snapshot; `count` is told how many more bytes have come.
 * Rejects with a `LoadError` when the file doesn't come or is damaged, with another error if there can be no thread.
 */
export function readInThread(file: DataFile, count: (bytes: number) => void): Promise<SnapshotParts> {
  return new Promise((resolve, reject) => {
    const thread = startWorker(import.meta.url, "Snapshot");
    let counted = 0;
    const progress = (bytes: number): void => {
      count(bytes - counted);
      counted = bytes;
    };
    const end = (): void => thread.terminate();
    thread.addEventListener("message", ({ data }: MessageEvent<FromThread>) => {
      if (data.type === "progress") return progress(data.bytes);
      end();
      if (data.type === "read") return resolve(data.parts);
      const { message, cause } = data.problem;
      reject(data.known ? new LoadError(message, cause) : new Error(`the snapshot wasn't read: ${cause}`));
    });
    thread.addEventListener("error", (event) => {
      event.preventDefault();
      end();
      reject(new Error(`no thread to read the snapshot: ${event.message}`));
    });
    thread.postMessage({ type: "read", file });
  });
}

/** Does the thread's work. */
export async function serveSnapshot(file: DataFile): Promise<void> {
  try {
    const reader = new SnapshotReader(file);
    const downloads = new Downloads([{ ...file, reader }], ({ bytes }) =>
      scope.postMessage({ type: "progress", bytes }),
    );
    await Promise.race([downloads.buffer(file.url), downloads.failed]);
    const parts = await reader.finish();
    const handed = parts.pages.map(({ buffer }) => buffer);
    scope.postMessage({ type: "read", parts }, handed);
  } catch (error) {
    const problem = describeProblem(error, "Python could not be loaded.");
    scope.postMessage({ type: "failed", problem, known: error instanceof LoadError });
  }
}
