/** Parts a snapshot: what lessons need stays in it, other code and docstrings come when somebody needs them. */

import { readFile, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { PyodideAPI } from "pyodide";
import type { PyCallable } from "pyodide/ffi";
import { type ColdCode, countTraps } from "../boot/cold-code.ts";
import type { Snapshot } from "../boot/snapshot.ts";
import type { FoundFunctions } from "./find-functions.ts";
import { type Leavable, listLeavable } from "./leavable.ts";
import { leaveOut, writePart } from "./leave-out.ts";
import { MemoryImage } from "./memory-image.ts";
import { readRecorded, type RecordedFolder, startRecorded } from "./recorded.ts";
import { type Program, runSessions } from "./sessions.ts";

/** What stdin holds. */
interface Request {
  runtime: string;
  /** The snapshot, which is written anew there, and its parts beside it: `NAME.bin` for each name in `cold.parts`. */
  snapshot: RecordedFolder;
  /** The lessons' programs. */
  sessions: Program[][];
}

const request = JSON.parse(await text(process.stdin)) as Request;
const folder = request.snapshot.snapshot;
const recorded = await readRecorded(request.snapshot);
const found = JSON.parse(await readFile(`${folder}/functions.json`, "utf8")) as FoundFunctions;
const image = MemoryImage.of(recorded.snapshot, recorded.pages);
const leavable = listLeavable(image, found);
const used = await findUsed(leavable);
const groups = new Map<string, Leavable[]>();
leavable.forEach((each, number) => {
  if (used.has(number) || staysIn(each.file)) return;
  const name = `code-${groupOf(each.file)}`;
  groups.set(name, [...(groups.get(name) ?? []), each]);
});
const sorted = [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
const { snapshot, pages } = partBy(
  sorted.map(([, left]) => left),
  sorted.map(([name]) => name),
);
for (const [name, left] of sorted) await writeFile(`${folder}/${name}.bin`, writePart(image, left));
await writeFile(`${folder}/pages.bin`, pages);
await writeFile(`${folder}/snapshot.json`, JSON.stringify(snapshot));
process.exit(0);

/** A snapshot in which these are left out. */
function partBy(
  parts: Leavable[][],
  names: string[],
): { snapshot: Snapshot; pages: Uint8Array<ArrayBuffer> } {
  const { tableLength } = recorded.snapshot;
  const cold: ColdCode = { ...found.hooks, parts: names, firstTrap: tableLength };
  const without = image.copy();
  parts.forEach((left, part) => leaveOut(without, left, part, cold));
  const { runs, pages } = without.cut(recorded.snapshot);
  const snapshot = { ...recorded.snapshot, runs, cold, tableLength: tableLength + countTraps(cold) };
  return { snapshot, pages: new Uint8Array(pages) };
}

/** The numbers of those that lessons need: each is a part of its own, and whatever is asked for is noted. */
async function findUsed(all: Leavable[]): Promise<Set<number>> {
  const used = new Set<number>();
  const trial = partBy(
    all.map((each) => [each]),
    all.map((_, number) => String(number)),
  );
  const python = await startRecorded(request.runtime, { ...recorded, ...trial }, (part) => {
    used.add(Number(part));
    return writePart(image, [all[Number(part)]!]);
  });
  await runSessions(python, request.sessions);
  drawUnseen(python);
  return used;
}

/** Pages do that ahead. */
function drawUnseen(python: PyodideAPI): void {
  const draw = python.pyimport("gradus.kernel.warm_up.draw_unseen") as PyCallable;
  for (let number = 0; draw(number); number++);
  draw.destroy();
}

/**
 * What pages ask of the kernel isn't all in the trial, and comes with what an error or a completion needs; and code that
 * was made while Python ran says nothing of where it belongs.
 */
function staysIn(file: string): boolean {
  return /\/gradus\/kernel\/(names\/)?[^/]+$/.test(file) || file === "<string>";
}

/** Few parts: whoever needs one function of a package will soon need another. */
function groupOf(file: string): string {
  const top = /^\/lib\/(?:python3\.\d+\/site-packages\/|gradus\/)?([^/.]+)/.exec(file)?.[1] ?? "";
  if (top === "mpl_toolkits") return "matplotlib";
  if (["matplotlib", "numpy", "gradus"].includes(top)) return top;
  return /site-packages/.test(file) ? "packages" : "python";
}
