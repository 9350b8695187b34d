"""Stores pictures as small files of the site: WebP where that is smaller, as sharp as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from gradus.sitegen.assets import write_hashed
from gradus.sitegen.cache import write_whole

FOLDER = "figures"
COLOURS = 256
UNSEEN = 0.5
"""Root mean square difference, of 255, up to which a picture with fewer colours looks the same."""
# The two steps above this effort take ten times as long for 0.3 %.
WEBP = {"format": "WEBP", "lossless": True, "quality": 100, "method": 4}


def image_store(site: Path, cache: Path) -> Callable[[bytes, str], str]:
    """Gives the function that stores a picture (content, ending) and gives its address from the site's root.

    What was compressed once is kept in `cache`.
    """

    def store(data: bytes, ending: str) -> str:
        if ending != ".png":
            return write_hashed(site, FOLDER, f"figure{ending}", data)
        kept = cache / f"{hashlib.sha256(data).hexdigest()}.webp"
        if kept.is_file():
            small = kept.read_bytes()
        else:
            small = compress(data)
            write_whole(kept, small)
        # Kept under this ending even where the PNG was smaller: browsers look at the content.
        return write_hashed(site, FOLDER, "figure.webp" if small[:4] == b"RIFF" else "figure.png", small)

    return store


def compress(png: bytes) -> bytes:
    """The smallest of the PNG, WebP of just these pixels, and WebP with 256 colours if nobody can tell."""
    with Image.open(BytesIO(png)) as opened:
        picture = opened.convert("RGBA")
    if picture.getextrema()[3] != (255, 255):
        return min(png, _encode(picture), key=len)
    plain = picture.convert("RGB")
    palette = plain.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    fewer = palette.convert("RGB")
    difference = ImageStat.Stat(ImageChops.difference(plain, fewer)).rms
    return min(png, _encode(fewer if max(difference) <= UNSEEN else plain), key=len)


def _encode(picture: Image.Image) -> bytes:
    encoded = BytesIO()
    picture.save(encoded, **WEBP)
    return encoded.getvalue()
