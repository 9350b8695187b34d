/** Puts files into Python's file system whose bytes are looked up only when somebody reads them. */

import type { FileNode, FileSystem } from "./emscripten.ts";

/** A file, and where its bytes are: in which chunk and at which place there. */
export interface FilePlace {
  path: string;
  bytes: number;
  chunk: string;
  offset: number;
}

/** Every file of a site's packages and kernel, as the build lists them: folders, each with its files. */
export interface FileIndex {
  /** The chunks' names; files name theirs by its number. */
  chunks: string[];
  /** By folder: name, bytes, chunk, offset, one after the other. */
  folders: Record<string, (string | number)[]>;
}

/** The modes of a file and of a folder as Pyodide's own unpacking leaves them. */
const FILE_MODE = 0o100644;

/** Gives a chunk's bytes, at once: Python can't wait for a file that it opens. */
export type ReadChunk = (chunk: string) => Uint8Array<ArrayBuffer>;

/** The files of an index, one by one. */
export function* placesOf(index: FileIndex): Generator<FilePlace> {
  for (const [folder, entries] of Object.entries(index.folders)) {
    for (let i = 0; i < entries.length; i += 4) {
      const [name, bytes, chunk, offset] = entries.slice(i, i + 4) as [string, number, number, number];
      yield { path: `${folder}/${name}`, bytes, chunk: index.chunks[chunk]!, offset };
    }
  }
}

/** Adds the files; `readChunk` is called when one of a chunk's files is first read. */
export function addFiles(fs: FileSystem, places: Iterable<FilePlace>, readChunk: ReadChunk): void {
  const folders = new Map<string, FileNode>();
  for (const { path, bytes, chunk, offset } of places) {
    const slash = path.lastIndexOf("/");
    const folder = path.slice(0, slash);
    let parent = folders.get(folder);
    if (!parent) {
      fs.mkdirTree(folder);
      parent = fs.lookupPath(folder).node;
      folders.set(folder, parent);
    }
    addFile(fs, parent, path.slice(slash + 1), bytes, () => readChunk(chunk).slice(offset, offset + bytes));
  }
}

/** Adds one file of which the length is known and the bytes come when they are needed. */
export function addFile(
  fs: FileSystem,
  parent: FileNode,
  name: string,
  bytes: number,
  read: () => Uint8Array,
): void {
  const node = fs.filesystems.MEMFS.createNode(parent, name, FILE_MODE, 0);
  node.usedBytes = bytes;
  const keep = (value: unknown): void => {
    Object.defineProperty(node, "contents", { value, writable: true, configurable: true, enumerable: true });
  };
  Object.defineProperty(node, "contents", {
    configurable: true,
    enumerable: true,
    get() {
      const contents = read();
      keep(contents);
      return contents;
    },
    set: keep,
  });
}
