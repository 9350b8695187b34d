"""All that pages with one set of packages need to start Python fast, made once and kept."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gradus.sitegen.cache import write_whole
from gradus.sitegen.start.archive import Found, library_chunk, order_data, pack_files, read_found
from gradus.sitegen.start.files import StartFile, compress, sum_words, write_file
from gradus.sitegen.start.recorder import Recorder
from gradus.sitegen.start.verify import find_difference

LISTING = "kit.json"
SNAPSHOT_PARTS = ("snapshot.json", "libraries.bin", "pages.bin")
"""What the snapshot's file consists of: pages can use the first ones while the last one is still coming."""
Report = Callable[[str], None]


@dataclass(frozen=True)
class StartKit:
    """Files in one folder, and what each is for."""

    folder: Path
    index: StartFile
    """JSON: where each file of packages and kernel lies."""
    standard: StartFile
    """The standard library with compiled modules."""
    modules: StartFile
    """The chunk with compiled modules of packages and kernel."""
    libraries: tuple[tuple[str, StartFile], ...]
    """Shared libraries by their chunks' names, for a start without a snapshot."""
    data: tuple[tuple[str, StartFile], ...]
    """Chunks of single files, such as fonts, in the order in which lessons need them."""
    rest: tuple[StartFile, ...]
    """What is fetched only when somebody reads it."""
    snapshot: StartFile | None
    interpreter: tuple[StartFile, StartFile] | None
    """For the snapshot: the interpreter with those functions that lessons use, and the others."""
    pieces: tuple[tuple[int, int], ...]
    """Length and checksum of each piece of what the snapshot decodes to: browsers store it in that form."""
    refusal: str | None
    """Why there is no snapshot."""

    @property
    def files(self) -> tuple[StartFile, ...]:
        """Every file."""
        single = [self.index, self.standard, self.modules, *([self.snapshot] if self.snapshot else [])]
        return (
            *single,
            *(self.interpreter or ()),
            *(file for _, file in (*self.libraries, *self.data)),
            *self.rest,
        )

    def view(self, address: str) -> dict[str, Any]:
        """What a page's script is told; `address` leads to the folder, with a slash at its end."""

        def view(file: StartFile) -> dict[str, Any]:
            return {"url": address + file.name, "bytes": file.bytes, "sha256": file.sha256}

        return {
            "index": view(self.index),
            "standard": view(self.standard),
            "modules": view(self.modules),
            "libraries": [{"chunk": chunk, **view(file)} for chunk, file in self.libraries],
            "data": [{"chunk": chunk, **view(file)} for chunk, file in self.data],
            "snapshot": {
                **view(self.snapshot),
                "pieces": [{"bytes": length, "sum": total} for length, total in self.pieces],
            }
            if self.snapshot
            else None,
            "interpreter": dict(zip(("first", "rest"), map(view, self.interpreter), strict=True))
            if self.interpreter
            else None,
        }


def read_kit(folder: Path) -> StartKit | None:
    """The kit in a folder, if a whole one is there."""
    try:
        kept = json.loads((folder / LISTING).read_text("utf-8"))
    except (OSError, ValueError):
        return None

    def pairs(name: str) -> tuple[tuple[str, StartFile], ...]:
        return tuple((key, StartFile(**file)) for key, file in kept[name])

    return StartKit(
        folder=folder,
        **{name: StartFile(**kept[name]) for name in ("index", "standard", "modules")},
        libraries=pairs("libraries"),
        data=pairs("data"),
        rest=tuple(StartFile(**file) for file in kept["rest"]),
        snapshot=StartFile(**kept["snapshot"]) if kept["snapshot"] else None,
        interpreter=_read_interpreter(*kept["interpreter"]) if kept["interpreter"] else None,
        pieces=tuple((length, total) for length, total in kept["pieces"]),
        refusal=kept["refusal"],
    )


def _read_interpreter(first: dict[str, Any], rest: dict[str, Any]) -> tuple[StartFile, StartFile]:
    return StartFile(**first), StartFile(**rest)


def make_kit(recorder: Recorder, folder: Path, report: Report = lambda progress: None) -> StartKit:
    """Run the lessons, record a snapshot, verify it, and write the files into `folder`.

    A snapshot that can't be taken, or in which anything comes out otherwise than in a plain Python, is left
    out, and `refusal` says why. Raises BuildProblem if not even the lessons can be run.
    """
    with tempfile.TemporaryDirectory(prefix="gradus-start-") as scratch:
        archive, recorded = Path(scratch) / "archive", Path(scratch) / "snapshot"
        archive.mkdir()
        recorded.mkdir()
        report("seeing what lessons load")
        recorder.find_files(archive)
        found = read_found(archive, recorder.runtime.folder)
        report("recording a warm Python")
        refusal = recorder.record(archive, recorded, found.modules)
        if refusal is None:
            report("leaving out what no lesson needs")
            refusal = recorder.part(archive, recorded)
        if refusal is None:
            report("comparing it with a plain one")
            restored = recorder.run_restored(archive, recorded)
            refusal = restored if isinstance(restored, str) else find_difference(found.outputs, restored)
        report("compressing")
        kit = _write_kit(found, recorded if refusal is None else None, folder, refusal)
    fields = asdict(kit) | {"folder": None}
    write_whole(folder / LISTING, json.dumps(fields).encode())
    return kit


def copy_kit(kit: StartKit, site: Path) -> None:
    """Put a kit's files into a folder of the site."""
    site.mkdir(parents=True, exist_ok=True)
    for file in kit.files:
        if not (site / file.name).exists():
            shutil.copyfile(kit.folder / file.name, site / file.name)


def _write_kit(found: Found, recorded: Path | None, folder: Path, refusal: str | None) -> StartKit:
    chunks, index = pack_files(found.files, folder)
    if recorded is not None:
        facts = json.loads((recorded / "snapshot.json").read_text("utf-8"))
        for name in [*facts["cold"]["parts"], "code-libraries"]:
            reason = "code that no lesson needs, when Python has nothing to do"
            content = compress([(recorded / f"{name}.bin").read_bytes()])
            chunks[name] = write_file(folder, f"{name}.zst", content, reason)
            index["chunks"].append(name)
    data = [(chunk, chunks[chunk]) for chunk in order_data(found.files)]
    ready = {"modules", *(chunk for chunk, _ in data)}
    rest = tuple(
        file for chunk, file in chunks.items() if chunk not in ready and not chunk.startswith("lib-")
    )
    snapshot: StartFile | None = None
    interpreter: tuple[StartFile, StartFile] | None = None
    pieces: tuple[tuple[int, int], ...] = ()
    libraries = [file.path for file in found.files if file.path.endswith(".so") and file.needed is not None]
    if recorded is not None:
        parts = [(recorded / name).read_bytes() for name in SNAPSHOT_PARTS]
        reason = "a warm Python's memory and the compiled code of its packages"
        snapshot = write_file(folder, "snapshot.zst", compress(parts), reason)
        interpreter = (
            write_file(
                folder, "interpreter.wasm", (recorded / "interpreter.wasm").read_bytes(), "the interpreter"
            ),
            write_file(
                folder,
                "interpreter-rest.wasm",
                (recorded / "interpreter-rest.wasm").read_bytes(),
                "what no lesson needs of the interpreter, when Python has nothing to do",
            ),
        )
        pieces = tuple((len(part), sum_words(part)) for part in parts)
    return StartKit(
        folder=folder,
        index=write_file(folder, "index.json", _encode_index(index, chunks, found), "where files lie"),
        standard=write_file(
            folder, "standard.zip", found.standard, "the standard library, for a start without a snapshot"
        ),
        modules=chunks["modules"],
        libraries=tuple((chunk, chunks[chunk]) for chunk in map(library_chunk, libraries)),
        data=tuple(data),
        rest=rest,
        snapshot=snapshot,
        interpreter=interpreter,
        pieces=pieces,
        refusal=refusal,
    )


def _encode_index(index: Mapping[str, Any], chunks: Mapping[str, StartFile], found: Found) -> bytes:
    files = [chunks[name] for name in index["chunks"]]
    written = {
        **index,
        "names": [file.name for file in files],
        "sha256": [file.sha256 for file in files],
        "packages": dict(sorted(found.versions.items())),
        "lock": found.lock,
    }
    return json.dumps(written, separators=(",", ":")).encode()
