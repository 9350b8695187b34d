"""What a text's look depends on beside itself, and whether all its letters are there to be drawn."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from matplotlib import font_manager, rcParams
from matplotlib.font_manager import FontProperties

SETTINGS = (
    *("text.hinting", "text.hinting_factor", "text.kerning_factor", "text.antialiased"),
    *("font.family", "font.serif", "font.sans-serif", "font.cursive", "font.fantasy", "font.monospace"),
    *(
        f"mathtext.{name}"
        for name in ("bf", "bfit", "cal", "default", "fallback", "fontset", "it", "rm", "sf", "tt")
    ),
)
"""Choose fonts, and how letters are made of them."""
MINUS = "\N{MINUS SIGN}"


def find_settings() -> object:
    """Stands for the settings as they are now, and for no others."""
    found = font_manager.fontManager.ttflist
    return _stand_for(id(found), len(found), *(str(rcParams[name]) for name in SETTINGS))


@lru_cache(100)
def _stand_for(*settings: object) -> object:
    # Compared sooner than the settings themselves.
    return object()


def find_font_key(font: Any) -> tuple[object, ...] | None:
    """All that a font is chosen by, to be compared; None for a font of another kind than matplotlib's own."""
    if type(font) is not FontProperties:
        return None
    return (
        *font._family,  # type: ignore[attr-defined]
        font._slant,  # type: ignore[attr-defined]
        font._variant,  # type: ignore[attr-defined]
        font._weight,  # type: ignore[attr-defined]
        font._stretch,  # type: ignore[attr-defined]
        font._size,  # type: ignore[attr-defined]
        font._file,  # type: ignore[attr-defined]
        font._math_fontfamily,  # type: ignore[attr-defined]
    )


def says_nothing(text: str, font: FontProperties, settings: object) -> bool:
    """Whether matplotlib measures and draws this without a word: each of its fonts and letters is there."""
    letters = text.replace(MINUS, "-")
    return letters.isascii() and letters.replace("\n", "").isprintable() and _is_whole(font.copy(), settings)


@lru_cache(100)
def _is_whole(font: FontProperties, settings: object) -> bool:
    """Whether all its families are there, and the first has what is usual on an axis."""
    manager: Any = font_manager.fontManager
    try:
        for family in font.get_family():
            single = font.copy()
            single.set_family(family)
            manager.findfont(single, fallback_to_default=False)
    except ValueError:
        return False
    first = font_manager.get_font(manager._find_fonts_by_props(font))
    return all(first.get_char_index(code) for code in (*range(ord(" "), 127), ord(MINUS)))
