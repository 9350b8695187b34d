"""Turns pictures into small files of the site: one for ordinary screens, one for sharper ones."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageStat, __version__

from gradus.sitegen.assets import short_hash
from gradus.sitegen.cache import write_whole

FOLDER = "figures"
COLOURS = (64, 128, 256)
UNSEEN = 0.75
"""Root mean square difference, of 255, up to which a picture with fewer colours looks the same."""


@dataclass(frozen=True)
class StoredFile:
    """Where a picture lies, from the site's root."""

    address: str
    sharp: str | None = None
    """The same picture with twice the pixels, for screens that have them."""


class Figures:
    """Gathers the pictures of a site."""

    def __init__(self, cache: Path, plain: Mapping[bytes, bytes] | None = None) -> None:
        """Keep in `cache` what was compressed once; `plain` has the plain picture for each sharp one."""
        self.files: dict[str, bytes] = {}
        """What has been stored: address from the site's root → content."""
        self._cache = cache
        self._plain = plain or {}

    def store(self, data: bytes, ending: str) -> StoredFile:
        """Store a picture, given its content and its name's ending (`.png`)."""
        if data in self._plain:
            return StoredFile(self._put(self._plain[data], ending), self._put(data, ending))
        return StoredFile(self._put(data, ending))

    def _put(self, data: bytes, ending: str) -> str:
        if ending == ".png":
            data, ending = self._compress(data), ".webp"
        address = f"{FOLDER}/{short_hash(data)}{ending}"
        self.files[address] = data
        return address

    def _compress(self, png: bytes) -> bytes:
        way = f"{COLOURS} {UNSEEN} {__version__}".encode()
        kept = self._cache / hashlib.sha256(way + png).hexdigest()
        if kept.is_file():
            return kept.read_bytes()
        small = compress(png)
        write_whole(kept, small)
        return small


def compress(png: bytes) -> bytes:
    """Give the PNG as WebP without loss, in as few colours as nobody can tell."""
    with Image.open(BytesIO(png)) as opened:
        picture = opened.convert("RGBA")
    if picture.getchannel("A").getextrema() == (255, 255):
        picture = _reduce_colours(picture.convert("RGB"))
    encoded = BytesIO()
    # The two efforts above the fourth take ten times as long for 0.3 %.
    picture.save(encoded, format="WEBP", lossless=True, quality=100, method=4)
    return encoded.getvalue()


def _reduce_colours(picture: Image.Image) -> Image.Image:
    for count in COLOURS:
        palette = picture.quantize(count, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
        fewer = palette.convert("RGB")
        if max(ImageStat.Stat(ImageChops.difference(picture, fewer)).rms) <= UNSEEN:
            return fewer
    return picture


def pair_figures(
    sharp: Mapping[str, Sequence[Mapping[str, Any]]], plain: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[bytes, bytes]:
    """Match the PNGs of two runs of the same cells, by their order: sharp picture → plain one.

    Both are outputs by cell. A cell that drew another number of pictures the second time is left out.
    """
    pairs: dict[bytes, bytes] = {}
    for cell in sharp:
        first, second = _pictures(sharp[cell]), _pictures(plain[cell])
        if len(first) == len(second):
            pairs.update(zip(first, second, strict=True))
    return pairs


def _pictures(outputs: Sequence[Mapping[str, Any]]) -> list[bytes]:
    bundles = [output.get("data", {}) for output in outputs]
    return [b64decode(bundle["image/png"]) for bundle in bundles if "image/png" in bundle]
