"""The files of packages and kernel, with compiled modules: what lessons need of them, and where each lies."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradus.sitegen.start.files import StartFile, compress, write_file

SITE_PACKAGES = "/lib/python3.14/site-packages/"
SMALL = "small"
"""The chunk with small files that every start reads, such as matplotlib's settings."""
WARM_FIGURES = "warm_figures.py"
"""Read as text, by the kernel."""
LARGE = 100_000
"""Bytes above which a file that isn't code, such as a font, is fetched by itself."""


@dataclass(frozen=True)
class ArchivedFile:
    """A file in Python's file system."""

    path: str
    data: bytes
    needed: int | None
    """As which one the lessons opened it first; None if they never did."""


@dataclass(frozen=True)
class Found:
    """What a run of the lessons in a plain Python has shown."""

    files: tuple[ArchivedFile, ...]
    modules: tuple[str, ...]
    """Loaded modules in the order in which they came."""
    versions: Mapping[str, str]
    """Pyodide's record of loaded packages."""
    standard: bytes
    """The standard library's archive, with compiled modules."""
    lock: dict[str, Any]
    """Pyodide's lock file."""
    outputs: list[list[dict[str, Any]]]
    """By session and program: what came of it."""


def read_found(folder: Path, runtime: Path) -> Found:
    """Read what web/src/node/archive.ts has written of the Python in the folder `runtime`."""
    listing = json.loads((folder / "files.json").read_text("utf-8"))
    files, offset = [], 0
    contents = (folder / "files.bin").read_bytes()
    for entry in listing["files"]:
        data = contents[offset : offset + entry["bytes"]]
        files.append(ArchivedFile(entry["path"], data, entry["needed"]))
        offset += entry["bytes"]
    return Found(
        tuple(files),
        tuple(listing["modules"]),
        listing["versions"],
        (folder / "standard.zip").read_bytes(),
        json.loads((runtime / "pyodide-lock.json").read_text("utf-8")),
        json.loads((folder / "outputs.json").read_text("utf-8")),
    )


def pack_files(files: Sequence[ArchivedFile], folder: Path) -> tuple[dict[str, StartFile], dict[str, Any]]:
    """Write the files in chunks; gives each chunk's file by its name, and the index that says what is where.

    Chunk "modules" has what a start without a snapshot reads; libraries, and large files such as fonts, are
    chunks of their own; and one chunk for each package has all the rest of it.
    """
    chunks: defaultdict[str, list[ArchivedFile]] = defaultdict(list)
    for file in files:
        chunks[_choose_chunk(file)].append(file)
    names = sorted(chunks)
    written = {
        name: _write_chunk(folder, name, b"".join(file.data for file in chunks[name])) for name in names
    }
    return written, {"chunks": names, "folders": dict(_list_folders(chunks, names))}


def library_chunk(path: str) -> str:
    """The chunk with a library that is needed."""
    return "lib-" + path.removeprefix(SITE_PACKAGES).partition(".")[0].replace("/", "-")


def order_data(files: Sequence[ArchivedFile]) -> list[str]:
    """Chunks that every start reads, then those of single files, in the order in which lessons need them."""
    single = [file for file in files if file.needed is not None and _choose_chunk(file).startswith("data-")]
    return [SMALL, *(_choose_chunk(file) for file in sorted(single, key=lambda file: file.needed or 0))]


def _write_chunk(folder: Path, name: str, data: bytes) -> StartFile:
    if name.startswith("lib-"):
        # Hosts compress this type on the way, and browsers compile it while it comes in.
        return write_file(folder, f"{name}.wasm", data, "compiled code of a package")
    return write_file(folder, f"{name}.zst", compress([data]), _explain(name))


def _choose_chunk(file: ArchivedFile) -> str:
    place = Path(file.path)
    if len(file.data) >= LARGE and place.suffix not in (".py", ".pyc", ".so"):
        return "data-" + file.path.removeprefix(SITE_PACKAGES).replace("/", "-")
    if place.name == WARM_FIGURES or (file.needed is not None and place.suffix not in (".py", ".pyc", ".so")):
        return SMALL
    if file.needed is None:
        return (
            "rest-"
            + file.path.removeprefix(SITE_PACKAGES).removeprefix("/lib/").partition("/")[0].partition("-")[0]
        )
    if place.suffix == ".so":
        return library_chunk(file.path)
    return "modules"


def _explain(chunk: str) -> str:
    if chunk == "modules":
        return "modules for a start without a snapshot"
    return "the rest of a package, on demand" if chunk.startswith("rest-") else "a font or other data"


def _list_folders(
    chunks: Mapping[str, Sequence[ArchivedFile]], names: Sequence[str]
) -> Iterator[tuple[str, list[str | int]]]:
    folders: defaultdict[str, list[str | int]] = defaultdict(list)
    for number, name in enumerate(names):
        offset = 0
        for file in chunks[name]:
            parent, _, own = file.path.rpartition("/")
            folders[parent] += [own, len(file.data), number, offset]
            offset += len(file.data)
    yield from sorted(folders.items())
