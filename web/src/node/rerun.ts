/** Runs programs in a Python started from a snapshot, for comparison with what they gave in a plain one. */

import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { readRecorded, type RecordedFolder, startRecorded } from "./recorded.ts";
import { type Program, runSessions } from "./sessions.ts";

/** What stdin holds. */
interface Request {
  runtime: string;
  snapshot: RecordedFolder;
  sessions: Program[][];
  /** The file for what came of them. */
  output: string;
}

const request = JSON.parse(await text(process.stdin)) as Request;
const recorded = await readRecorded(request.snapshot);
// At once: Python can't wait.
const readPart = (part: string) => new Uint8Array(readFileSync(`${request.snapshot.snapshot}/${part}.bin`));
const python = await startRecorded(request.runtime, recorded, readPart);
await writeFile(request.output, JSON.stringify(await runSessions(python, request.sessions)));
process.exit(0);
