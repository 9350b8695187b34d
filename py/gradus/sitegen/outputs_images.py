"""Stores pictures as files of the site and writes the elements that show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from markupsafe import Markup
from PIL import Image, UnidentifiedImageError

from gradus.sitegen.figures import StoredFile
from gradus.sitegen.problem import BuildProblem

StoreImage = Callable[[bytes, str], StoredFile]
"""(content, name's ending with its dot) → addresses as the page needs them."""

ENDINGS = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}
"""MIME types that may be shown as pictures."""


@dataclass(frozen=True)
class StoredImage:
    """A picture that has its place in the site."""

    address: str
    width: int | None
    """CSS pixels, so that the page doesn't jump when the picture comes; none for SVG that doesn't say."""
    height: int | None
    sharp: str | None = None
    """Address of the same picture with twice the pixels."""

    def element(self, alt: str) -> Markup:
        """Write the `<img>`; `alt` is what the picture says to those who don't see it."""
        size = Markup(' width="{}" height="{}"').format(self.width, self.height) if self.width else ""
        sharp = Markup(' srcset="{} 2x"').format(self.sharp) if self.sharp else ""
        return Markup('<img src="{}"{}{} alt="{}" loading="lazy" decoding="async">').format(
            self.address, sharp, size, alt
        )


@dataclass(frozen=True)
class Picture:
    """A picture that isn't stored yet; its size is in CSS pixels."""

    data: bytes
    mime: str
    width: float | None
    height: float | None


def take_picture(data: bytes, mime: str, metadata: Mapping[str, Any]) -> Picture:
    """Take what a cell drew; its size is the metadata's, else its own."""
    width, height = metadata.get("width"), metadata.get("height")
    if not width or not height:
        width, height = _measure(data, mime)
    return Picture(data, mime, width, height)


def read_picture(file: Path, path: Path, line: int) -> Picture:
    """Read a picture that the text on `line` of `path` shows; raise `BuildProblem` if it can't be shown."""
    mime = _MIME_TYPES.get(file.suffix.lower())
    if not mime:
        kinds = ", ".join(sorted(_MIME_TYPES))
        raise BuildProblem(f"the picture {file.name} is of no known kind ({kinds})", path, line)
    try:
        return take_picture(file.read_bytes(), mime, {})
    except FileNotFoundError:
        raise BuildProblem(f"there is no picture {file}", path, line) from None
    except (OSError, UnidentifiedImageError):
        raise BuildProblem(f"the picture {file} can't be read", path, line) from None


def store_picture(picture: Picture, store: StoreImage) -> StoredImage:
    """Give a picture its place in the site."""
    stored = store(picture.data, ENDINGS[picture.mime])
    width, height = (round(size) if size else None for size in (picture.width, picture.height))
    return StoredImage(stored.address, width, height, stored.sharp)


_MIME_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_SVG_TAG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_SVG_SIZE = re.compile(rb"""\s(width|height)\s*=\s*["']([\d.]+)(px|pt)?["']""")


def _measure(data: bytes, mime: str) -> tuple[float | None, float | None]:
    if mime != "image/svg+xml":
        with Image.open(BytesIO(data)) as image:
            return image.size
    tag = _SVG_TAG.search(data)
    scales = {b"": 1.0, b"px": 1.0, b"pt": 4 / 3}
    sizes = {
        name: float(number) * scales[unit]
        for name, number, unit in _SVG_SIZE.findall(tag.group() if tag else b"")
    }
    return sizes.get(b"width"), sizes.get(b"height")
