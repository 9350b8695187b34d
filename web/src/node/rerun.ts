/** Runs programs in a Python started from a parted snapshot, for comparison with what they gave in a plain one. */

import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { MissingFunctions } from "../boot/parted-wasm.ts";
import { partLibraries } from "../boot/snapshot.ts";
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
const read = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(`${request.snapshot.snapshot}/${name}`));
const { libraries } = recorded.snapshot;
const missing = new MissingFunctions((owner) => {
  const bytes =
    owner === "main"
      ? read("interpreter-rest.wasm")
      : partLibraries(libraries, read("code-libraries.bin"), "restBytes")[owner]!;
  return new WebAssembly.Module(bytes);
});
const python = await startRecorded(request.runtime, recorded, (part) => read(`${part}.bin`), {
  adopt: missing.adopt,
  main: new WebAssembly.Module(read("interpreter.wasm")),
});
await writeFile(request.output, JSON.stringify(await runSessions(python, request.sessions)));
process.exit(0);
