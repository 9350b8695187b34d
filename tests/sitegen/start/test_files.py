"""The files of a fast start: what is written decodes to what it was, and the name follows the content."""

from __future__ import annotations

import struct
from pathlib import Path

import zstandard

from gradus.sitegen.start.files import compress, sum_words, write_file


def decode(data: bytes) -> list[bytes]:
    """What the frames hold."""
    (count,) = struct.unpack_from("<I", data)
    at, frames = 4 + 8 * count, []
    for number in range(count):
        packed, whole = struct.unpack_from("<II", data, 4 + 8 * number)
        frames.append(zstandard.ZstdDecompressor().decompress(data[at : at + packed]))
        assert len(frames[-1]) == whole
        at += packed
    assert at == len(data)
    return frames


def test_contents_come_back_frame_by_frame() -> None:
    assert decode(compress([b"facts", b"memory" * 1000])) == [b"facts", b"memory" * 1000]
    assert decode(compress([b""])) == [b""]


def test_the_checksum_is_of_words() -> None:
    assert sum_words(b"") == 0
    assert sum_words(b"\1\0\0\0\2\0\0\0") == sum_words(b"\1\0\0\0\2") == 33
    assert sum_words(b"\2\0\0\0\1\0\0\0") == 63
    assert sum_words(b"\xff" * 8) == -32


def test_a_name_follows_the_content(tmp_path: Path) -> None:
    one = write_file(tmp_path, "heap.zst", b"one", "why")
    assert write_file(tmp_path, "heap.zst", b"one", "why") == one
    other = write_file(tmp_path, "heap.zst", b"other", "why")
    assert one.name != other.name and one.name.startswith("heap-") and one.name.endswith(".zst")
    assert (tmp_path / one.name).read_bytes() == b"one"
    assert (one.bytes, len(one.sha256)) == (3, 64)
