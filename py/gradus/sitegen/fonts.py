"""Cuts fonts down to the characters that the site shows in them: formulas use a small part of KaTeX's."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from fontTools import subset, ttLib, version  # type: ignore[import-untyped]

from gradus.sitegen.cache import write_whole


def characters_in(fragments: Iterable[str]) -> str:
    """All characters of the text in pieces of HTML, each once, in order."""
    return "".join(
        sorted({each for piece in fragments for each in html.unescape(re.sub(r"<[^>]+>", "", piece))})
    )


def cut_font(font: bytes, characters: str, cache: Path) -> bytes:
    """Give a WOFF2 font without the glyphs that none of these characters needs; what was cut once is kept."""
    decides = b"\0".join((font, characters.encode(), version.encode()))
    kept = cache / f"{hashlib.sha256(decides).hexdigest()}.woff2"
    if kept.is_file():
        return kept.read_bytes()
    options = subset.Options(flavor="woff2", layout_features=["*"])
    with ttLib.TTFont(BytesIO(font), recalcTimestamp=False) as opened:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(opened)
        opened.flavor = "woff2"
        small = BytesIO()
        opened.save(small)
    write_whole(kept, small.getvalue())
    return small.getvalue()
