"""Writes the files of a fast start: names that follow the content, weight, and reason."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import zstandard

from gradus.sitegen.cache import write_whole

LEVEL = 19
FRAME = 12_000_000
"""Bytes of content in a frame: readers decode one while the next is still coming."""


@dataclass(frozen=True)
class StartFile:
    """A file that pages fetch to start Python."""

    name: str
    """Its name in the folder of all such files."""
    bytes: int
    sha256: str
    """In base64's alphabet, as browsers' `integrity` has it."""
    reason: str
    """Why it is there, for the build's report."""

    def as_json(self) -> dict[str, Any]:
        """The fields, for `from_json`."""
        return asdict(self)


def write_file(folder: Path, name: str, data: bytes, reason: str) -> StartFile:
    """Write `data` with its hash in its name."""
    digest = hashlib.sha256(data)
    stem, dot, ending = name.rpartition(".")
    hashed = f"{stem}-{digest.hexdigest()[:8]}{dot}{ending}"
    write_whole(folder / hashed, data)
    return StartFile(hashed, len(data), digest.hexdigest(), reason)


def split(contents: Sequence[bytes]) -> list[bytes]:
    """What each frame holds; a frame never goes from one content into the next."""
    return [
        content[start : start + FRAME]
        for content in contents
        for start in range(0, max(len(content), 1), FRAME)
    ]


def compress(contents: Sequence[bytes]) -> bytes:
    """Frames behind a table: how many there are, then compressed and whole length of each, in 32 bits.

    Each frame carries a checksum; the contents, one after another, are what all frames decode to.
    """
    pieces = split(contents)
    # Other formats' hosts compress on the way; nobody compresses these, so it pays to take pains.
    with ThreadPoolExecutor(2) as pool:
        frames = list(pool.map(_compress_frame, pieces))
    table = struct.pack("<I", len(frames))
    for piece, frame in zip(pieces, frames, strict=True):
        table += struct.pack("<II", len(frame), len(piece))
    return table + b"".join(frames)


def _compress_frame(piece: bytes) -> bytes:
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, source_size=len(piece), window_log=24, write_checksum=True, write_content_size=True
    )
    return zstandard.ZstdCompressor(compression_params=parameters).compress(piece)
