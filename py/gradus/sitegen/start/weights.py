"""Says what each file of a start weighs on its way to a reader, when it goes there and why."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gradus.sitegen.assets import Runtime
from gradus.sitegen.start.kit import StartKit

COMPRESSED_BY_HOSTS = (".js", ".mjs", ".css", ".html", ".json", ".wasm")
"""What a static host such as GitHub Pages compresses with gzip without being told to."""
HOST_LEVEL = 6
FIRST_DATA = 2
"""How many of the data chunks a start fetches at once: the small files and the first font."""
WHOLE = "pyodide.asm.wasm"
RUNTIME = {
    "pyodide.mjs": "Pyodide",
    "pyodide.asm.mjs": "the interpreter's JavaScript",
    WHOLE: "the interpreter, for a start without a snapshot",
}


@dataclass(frozen=True)
class Weight:
    """One file."""

    name: str
    transferred: int
    """Bytes on the way."""
    cold: bool
    """Whether a first visit fetches it before the first figure."""
    reason: str


def weigh(kit: StartKit, runtime: Runtime) -> list[Weight]:
    """Every file of a start, the heaviest first of those that a first visit waits for, then the others."""
    first = {kit.index, *(file for _, file in kit.data[:FIRST_DATA])}
    without_snapshot = {kit.modules, kit.standard, *(file for _, file in kit.libraries)}
    first |= {kit.snapshot, *(kit.interpreter or ())[:1]} if kit.snapshot else without_snapshot
    weights = [
        Weight(name, measure_transfer(runtime.folder / name), name != WHOLE or not kit.snapshot, reason)
        for name, reason in RUNTIME.items()
    ]
    for file in kit.files:
        transferred = measure_transfer(kit.folder / file.name)
        weights.append(Weight(file.name, transferred, file in first, file.reason))
    return sorted(weights, key=lambda weight: (not weight.cold, -weight.transferred))


def format_weights(weights: Iterable[Weight]) -> str:
    """A table, one file to a line."""
    return "".join(_format(weight) for weight in weights)


def _format(weight: Weight) -> str:
    when = "at once" if weight.cold else "if needed"
    return f"{weight.transferred / 1e6:7.2f} MB  {when:9}  {weight.name}: {weight.reason}\n"


def sum_cold(weights: Iterable[Weight]) -> int:
    """Bytes that a first visit fetches before its first figure."""
    return sum(weight.transferred for weight in weights if weight.cold)


def measure_transfer(path: Path) -> int:
    """Bytes of a file as a static host sends it."""
    data = path.read_bytes()
    if path.suffix not in COMPRESSED_BY_HOSTS:
        return len(data)
    packer = zlib.compressobj(HOST_LEVEL, zlib.DEFLATED, 31)
    return len(packer.compress(data)) + len(packer.flush())
