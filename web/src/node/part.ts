/** Parts a snapshot: what lessons need stays in it, other code and docstrings come when somebody needs them. */

import { readFile, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { PyodideAPI } from "pyodide";
import type { PyCallable } from "pyodide/ffi";
import { type ColdCode, countTraps } from "../boot/cold-code.ts";
import type { Functions } from "../boot/emscripten.ts";
import { type Owner, partExports } from "../boot/parted-wasm.ts";
import { type LibraryRecord, partLibraries, type Snapshot } from "../boot/snapshot.ts";
import type { FoundFunctions } from "./find-functions.ts";
import { actLikePage } from "./like-a-page.ts";
import { type Leavable, listLeavable } from "./leavable.ts";
import { leaveOut, writePart } from "./leave-out.ts";
import { MemoryImage } from "./memory-image.ts";
import { partWasm, watchWasm } from "./part-wasm.ts";
import { readRecorded, type RecordedFolder, startRecorded } from "./recorded.ts";
import { type Program, runSessions } from "./sessions.ts";
import { WasmFile } from "./wasm-file.ts";

/** What stdin holds. */
interface Request {
  runtime: string;
  /**
   * The snapshot, which is written anew there. Beside it come `NAME.bin` for each name in `cold.parts`, `code-libraries.bin`
   * for the libraries, and `interpreter.wasm` with `interpreter-rest.wasm`.
   */
  snapshot: RecordedFolder;
  /** The lessons' programs. */
  sessions: Program[][];
}

/** Functions between Python and JavaScript, of which browsers that can suspend WebAssembly call others than Node. */
const BORDER = /^(?!_Z).*(pyproxy|jsproxy|hiwire|js2python|python2js|promis|sync|ThreadState)/i;
/** Where the libraries' functions are that come later. */
const LIBRARIES = "code-libraries";

const request = JSON.parse(await text(process.stdin)) as Request;
const folder = request.snapshot.snapshot;
const recorded = await readRecorded(request.snapshot);
const found = JSON.parse(await readFile(`${folder}/functions.json`, "utf8")) as FoundFunctions;
const image = MemoryImage.of(recorded.snapshot, recorded.pages);
const leavable = listLeavable(image, found);
const interpreter = new WasmFile(await readFile(`${request.runtime}/pyodide.asm.wasm`));
const libraries = partLibraries(recorded.snapshot.libraries, recorded.code).map((each) => new WasmFile(each));

const { used, isCalled } = await tryOut();
const groups = new Map<string, Leavable[]>();
leavable.forEach((each, number) => {
  if (used.has(number) || staysIn(each.file)) return;
  const name = `code-${groupOf(each.file)}`;
  groups.set(name, [...(groups.get(name) ?? []), each]);
});
const sorted = [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
for (const [name, left] of sorted) await writeFile(`${folder}/${name}.bin`, writePart(image, left));
const { snapshot, pages } = leaveOutAll(
  sorted.map(([, left]) => left),
  sorted.map(([name]) => name),
);
await writeFile(`${folder}/pages.bin`, pages);
const border = interpreter.exportedAs(BORDER);
const [first, rest] = partWasm(interpreter, (place) => border.has(place) || isCalled("main", place));
await writeFile(`${folder}/interpreter.wasm`, first);
await writeFile(`${folder}/interpreter-rest.wasm`, rest);
const parted = libraries.map((library, owner) => partWasm(library, (place) => isCalled(owner, place)));
await writeFile(`${folder}/libraries.bin`, Buffer.concat(parted.map(([first]) => first)));
await writeFile(`${folder}/${LIBRARIES}.bin`, Buffer.concat(parted.map(([, rest]) => rest)));
parted.forEach(([first, rest], place) => {
  Object.assign(snapshot.libraries[place]!, { bytes: first.length, restBytes: rest.length });
});
await writeFile(`${folder}/snapshot.json`, JSON.stringify(snapshot));
process.exit(0);

/** A snapshot without these. */
function leaveOutAll(
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

/**
 * What lessons need: the numbers of what can't be left out, and which functions of WebAssembly are called. For that each
 * thing that can be left out is a part of its own, and what is asked for is noted.
 */
async function tryOut(): Promise<{ used: Set<number>; isCalled: (owner: Owner, place: number) => boolean }> {
  const used = new Set<number>();
  const noted = new Map<Owner, Functions>();
  const { snapshot, pages } = leaveOutAll(
    leavable.map((each) => [each]),
    leavable.map((_, number) => String(number)),
  );
  const watched = libraries.map((library) => watchWasm(library));
  const all: LibraryRecord[] = snapshot.libraries.map((library, place) => ({
    ...library,
    bytes: watched[place]!.length,
  }));
  const code = new Uint8Array(Buffer.concat(watched));
  const readPart = (part: string): Uint8Array<ArrayBuffer> => {
    used.add(Number(part));
    return writePart(image, [leavable[Number(part)]!]);
  };
  const trial = { ...recorded, snapshot: { ...snapshot, libraries: all }, pages, code };
  const python = await startRecorded(request.runtime, trial, readPart, {
    adopt: (owner, exports) => {
      const { own, others } = partExports(exports);
      noted.set(owner, own);
      return others as WebAssembly.Exports;
    },
    main: new WebAssembly.Module(new Uint8Array(watchWasm(interpreter))),
  });
  await runSessions(python, request.sessions);
  await actLikePage(python, request.sessions[0]!);
  drawUnseen(python);
  const isCalled = (owner: Owner, place: number): boolean =>
    (noted.get(owner)![place] as WebAssembly.Global<"i32">).value === 1;
  return { used, isCalled };
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
