/** Finds out which files lessons open and compiles the modules they load, in Pyodide under Node. */

import { writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { PyCallable } from "pyodide/ffi";
import { type FileSystem, moduleOf } from "../boot/emscripten.ts";
import { KERNEL_FOLDER, startPlain } from "./python.ts";
import { type Program, runSessions } from "./sessions.ts";

/** What stdin holds. */
interface Request {
  /** The site's runtime folder: interpreter, lock file, wheels. */
  runtime: string;
  packages: string[];
  /** The kernel's archive. */
  kernel: string;
  /** Text of the Python that compiles what is loaded. */
  compiler: string;
  /** Programs by session; what these load and open is what a start has to have at hand. */
  lessons: Program[][];
  /** Programs of which only the outputs count. */
  probes: Program[][];
  /** A folder for `files.bin`, `files.json`, `outputs.json` and `standard.zip`. */
  output: string;
}

/** What `files.json` holds. */
interface Found {
  /** Every file, in the order of `files.bin`; `needed` says as which one it was opened first. */
  files: { path: string; bytes: number; needed: number | null }[];
  /** Names of the modules that the programs have loaded, in the order in which they came. */
  modules: string[];
  versions: Record<string, string>;
}

/** Where packages and the kernel lie. */
const FOLDERS = ["/lib/python3.14/site-packages", KERNEL_FOLDER];
const STANDARD_LIBRARY = "/lib/python314.zip";

const request = JSON.parse(await text(process.stdin)) as Request;
const python = await startPlain(request.runtime, request.packages, request.kernel);
const { FS } = moduleOf(python);
const opened = watchOpening(FS);
const lessons = await runSessions(python, request.lessons);
python.runPython(request.compiler);
const names = python.runPython("list_modules()") as { toJs(): string[] };
const modules = names.toJs();
const libraries = python.runPython("list_libraries()") as { toJs(): string[] };
// A library is opened in a way of its own.
for (const path of libraries.toJs()) opened.add(path);
const needed = new Map([...opened].map((path, place) => [path, place]));
const probes = await runSessions(python, request.probes);
await writeFile(`${request.output}/outputs.json`, JSON.stringify([...lessons, ...probes]));
(python.globals.get("compile_files") as PyCallable)(python.toPy(FOLDERS));
const standard = (python.globals.get("compile_standard_library") as PyCallable)(STANDARD_LIBRARY) as {
  toJs(): Uint8Array;
};
await writeFile(`${request.output}/standard.zip`, standard.toJs());
const paths = FOLDERS.flatMap((folder) => [...filesIn(FS, folder)]).sort();
const compiled = new Set(paths.filter((path) => path.endsWith(".pyc")).map(sourceOf));
const contents = paths.map((path) => FS.readFile(path));
const found: Found = {
  files: paths.map((path, i) => ({
    path,
    bytes: contents[i]!.length,
    // Where there is a compiled file its source isn't read.
    needed: compiled.has(path) ? null : (needed.get(path.endsWith(".pyc") ? sourceOf(path) : path) ?? null),
  })),
  modules,
  versions: python.loadedPackages,
};
await writeFile(`${request.output}/files.bin`, Buffer.concat(contents));
await writeFile(`${request.output}/files.json`, JSON.stringify(found));
process.exit(0);

/** Collects the paths of all files that are opened from now on. */
function watchOpening(fs: FileSystem): Set<string> {
  const paths = new Set<string>();
  const open = fs.open;
  fs.open = function (path, ...rest) {
    const stream = open.call(fs, path, ...rest);
    paths.add(stream.path);
    return stream;
  };
  return paths;
}

function* filesIn(fs: FileSystem, folder: string): Generator<string> {
  if (!fs.analyzePath(folder).exists) return;
  for (const name of fs.readdir(folder)) {
    if (name === "." || name === "..") continue;
    const path = `${folder}/${name}`;
    const { mode } = fs.lstat(path);
    if (fs.isDir(mode)) yield* filesIn(fs, path);
    else if (fs.isFile(mode)) yield path;
  }
}

/** The source that a compiled file in a `__pycache__` folder was made from. */
function sourceOf(path: string): string {
  return path.replace(/__pycache__\/([^/]+)\.cpython-\d+\.pyc$/, "$1.py");
}
