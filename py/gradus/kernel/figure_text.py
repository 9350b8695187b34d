"""Formulas in figures, parsed once: every number on an axis is one, and most come again in the next."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from matplotlib import rcParams
from matplotlib.backends.backend_agg import get_hinting_flag
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from gradus.kernel.figure_numbers import parse_number

MOST = 1000
"""Formulas that are kept. matplotlib itself keeps 50, and none of them for the next figure."""
SETTINGS = tuple(
    f"mathtext.{name}"
    for name in ("bf", "bfit", "cal", "default", "fallback", "fontset", "it", "rm", "sf", "tt")
)
"""Choose the fonts within a formula."""


class FormulaParser:
    """Stands in for Agg's `MathTextParser`, for all figures. What it gives is shared."""

    def parse(
        self, s: str, dpi: float = 72, prop: FontProperties | None = None, *, antialiased: bool | None = None
    ) -> Any:
        """The picture of a formula with its size, as `MathTextParser.parse` gives it."""
        smooth = rcParams["text.antialiased"] if antialiased is None else antialiased
        hinting = get_hinting_flag()  # type: ignore[no-untyped-call]
        fonts = tuple(str(rcParams[name]) for name in SETTINGS)
        # A copy, because whoever gave it may change it later.
        return _parse(s, dpi, None if prop is None else prop.copy(), smooth, hinting, fonts)


@lru_cache(1)
def _find_parser() -> Any:
    return MathTextParser("agg")


@lru_cache(MOST)
def _parse(
    text: str, dpi: float, prop: FontProperties | None, smooth: bool, hinting: int, fonts: tuple[str, ...]
) -> Any:
    number = parse_number(text, dpi, prop or FontProperties(), smooth, hinting)
    return _find_parser().parse(text, dpi, prop, antialiased=smooth) if number is None else number
