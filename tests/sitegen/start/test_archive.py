"""Where the files of packages and kernel go: what lessons need apart from what they don't, nothing lost."""

from __future__ import annotations

import struct
from pathlib import Path

import zstandard

from gradus.sitegen.start.archive import LARGE, SITE_PACKAGES, ArchivedFile, order_data, pack_files

FONT = b"font" * LARGE
FILES = (
    ArchivedFile(f"{SITE_PACKAGES}draw/__init__.py", b"source", None),
    ArchivedFile(f"{SITE_PACKAGES}draw/__pycache__/__init__.cpython-314.pyc", b"compiled", 3),
    ArchivedFile(f"{SITE_PACKAGES}draw/_core.cpython-314.so", b"library", 4),
    ArchivedFile(f"{SITE_PACKAGES}draw/_other.cpython-314.so", b"unused", None),
    ArchivedFile(f"{SITE_PACKAGES}draw/fonts/Bold.ttf", FONT + b"b", 9),
    ArchivedFile(f"{SITE_PACKAGES}draw/fonts/Serif.ttf", FONT + b"s", None),
    ArchivedFile(f"{SITE_PACKAGES}draw/fonts/Sans.ttf", FONT, 5),
    ArchivedFile(f"{SITE_PACKAGES}draw-1.0.dist-info/METADATA", b"facts", None),
    ArchivedFile("/lib/gradus/gradus/kernel/style", b"style", 1),
)


def _read(data: bytes) -> bytes:
    (count,) = struct.unpack_from("<I", data)
    return zstandard.ZstdDecompressor().decompress(data[4 + 8 * count :]) if count == 1 else b""


def test_every_file_is_where_the_index_says(tmp_path: Path) -> None:
    chunks, index = pack_files(FILES, tmp_path)
    found = {}
    for folder, entries in index["folders"].items():
        for i in range(0, len(entries), 4):
            name, size, number, offset = entries[i : i + 4]
            chunk = chunks[index["chunks"][number]]
            data = (tmp_path / chunk.name).read_bytes()
            whole = _read(data) if chunk.name.endswith(".zst") else data
            found[f"{folder}/{name}"] = whole[offset : offset + size]
    assert found == {file.path: file.data for file in FILES}


def test_what_is_needed_is_apart(tmp_path: Path) -> None:
    chunks, _ = pack_files(FILES, tmp_path)
    assert set(chunks) == {
        "modules",
        "small",
        "lib-draw-_core",
        "rest-draw",
        "data-draw-fonts-Bold.ttf",
        "data-draw-fonts-Sans.ttf",
        "data-draw-fonts-Serif.ttf",
    }
    assert _read((tmp_path / chunks["modules"].name).read_bytes()) == b"compiled"
    assert _read((tmp_path / chunks["small"].name).read_bytes()) == b"style"
    assert (tmp_path / chunks["lib-draw-_core"].name).suffix == ".wasm"


def test_data_come_in_the_order_in_which_lessons_need_them() -> None:
    assert order_data(FILES) == ["small", "data-draw-fonts-Sans.ttf", "data-draw-fonts-Bold.ttf"]
