/** Runs programs in a Python started from a snapshot, for comparison with what they gave in a plain one. */

import { writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { type RecordedFolder, startRecorded } from "./recorded.ts";
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
const python = await startRecorded(request.runtime, request.snapshot);
await writeFile(request.output, JSON.stringify(await runSessions(python, request.sessions)));
process.exit(0);
