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

LEVEL = 22
WINDOW = 24
"""Binary logarithm of how far back repetitions are looked for: what decodes needs so much memory, 16 MB."""


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


def sum_words(data: bytes) -> int:
    """The signed checksum of `sumWords` in web/src/boot/snapshot.ts; zeros fill up the last word."""
    total = 0
    for (word,) in struct.iter_unpack("<I", data + bytes(-len(data) % 4)):
        total = (31 * total + word) & 0xFFFFFFFF
    return total - 2**32 if total >= 2**31 else total


def compress(contents: Sequence[bytes]) -> bytes:
    """A frame for each content, behind a table: how many there are, then compressed and whole length of each.

    All of these are numbers of 32 bits. Each frame carries a checksum.
    """
    # Other formats' hosts compress on the way; nobody compresses these, so it pays to take pains.
    with ThreadPoolExecutor(2) as pool:
        frames = list(pool.map(_compress_frame, contents))
    table = struct.pack("<I", len(frames))
    for content, frame in zip(contents, frames, strict=True):
        table += struct.pack("<II", len(frame), len(content))
    return table + b"".join(frames)


def _compress_frame(content: bytes) -> bytes:
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, source_size=len(content), window_log=WINDOW, write_checksum=True, write_content_size=True
    )
    return zstandard.ZstdCompressor(compression_params=parameters).compress(content)
