"""How large texts are, measured once for all figures: most come again in the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from gradus.kernel.figure_fonts import find_font_key, find_settings, says_nothing
from gradus.kernel.figure_swaps import Swap, is_own

MOST = 2000
"""Texts whose layout is kept."""
MOST_LETTERS = 200
METHODS = frozenset(
    {
        *("_get_layout", "get_window_extent", "get_text", "_get_wrapped_text", "get_wrap", "get_usetex"),
        *("get_rotation", "get_transform_rotates_text", "get_rotation_mode", "_get_multialignment"),
        *("_preprocess_math", "get_parse_math", "get_unitless_position"),
    }
)
"""A text that has one of these of its own is measured by it."""


@dataclass(frozen=True)
class Layout:
    """A text around its place, in pixels."""

    corners: np.ndarray
    """Of its box."""
    lines: tuple[Any, ...]
    """As `Text._get_layout` gives them."""
    descent: Any


_layouts: dict[tuple[object, ...], Layout] = {}


class TextSizes:
    """Measures texts for one drawing."""

    def __init__(self) -> None:
        self._settings = find_settings()
        self._measure: Any = Text.__dict__["_get_layout"]

    def find(self, text: Any, renderer: Any) -> Layout | None:
        """The text's layout; None if it can't be known without asking the text itself."""
        found = self.find_all([text._text], text, renderer)
        return None if found is None else found[0]

    def find_all(self, labels: list[str], text: Any, renderer: Any) -> list[Layout] | None:
        """The layouts that the text has when it says one or the other; None if one of them isn't known."""
        look = self._find_look(text, renderer)
        if look is None:
            return None
        found = [self._find_words(words, look, text, renderer) for words in labels]
        known = [layout for layout in found if layout is not None]
        return known if len(known) == len(found) else None

    def _find_look(self, text: Any, renderer: Any) -> tuple[object, ...] | None:
        """All that a layout depends on beside the words, to be compared; None if that isn't known."""
        if (
            type(text) not in (Text, Annotation)
            or type(renderer) is not RendererAgg
            or text._wrap
            or text._usetex
            or text._transform_rotates_text
            or not METHODS.isdisjoint(text.__dict__)
        ):
            return None
        font = find_font_key(text._fontproperties)
        return font and (
            text._rotation,
            text._rotation_mode,
            text._horizontalalignment,
            text._verticalalignment,
            text._multialignment,
            text._linespacing,
            text._parse_math,
            renderer.dpi,
            self._settings,
            font,
        )

    def _find_words(self, words: str, look: tuple[object, ...], text: Any, renderer: Any) -> Layout | None:
        key = words, look
        found = _layouts.get(key)
        if found is None:
            if len(words) > MOST_LETTERS or not says_nothing(words, text._fontproperties, self._settings):
                return None
            own, text._text = text._text, words
            try:
                box, lines, descent = self._measure(text, renderer)
            finally:
                text._text = own
            if len(_layouts) >= MOST:
                _layouts.clear()
            _layouts[key] = found = Layout(box.get_points(), tuple(lines), descent)
        return found

    def list_swaps(self) -> list[Swap]:
        """What measures all texts with this; nothing if someone has changed how texts are measured."""
        if not is_own(Text, *METHODS):
            return []
        return [
            Swap(Text, "_get_layout", self._make_get_layout),
            Swap(Text, "get_window_extent", self._make_get_window_extent),
        ]

    def _make_get_layout(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def get_layout(text: Any, renderer: Any) -> Any:
            found = self.find(text, renderer)
            if found is None:
                return original(text, renderer)
            return Bbox(found.corners.copy()), list(found.lines), found.descent

        return get_layout

    def _make_get_window_extent(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def get_window_extent(text: Any, renderer: Any = None, dpi: Any = None) -> Any:
            if dpi is not None or renderer is None or not text._visible or not text._text:
                return original(text, renderer, dpi)
            found = self.find(text, renderer)
            if found is None:
                return original(text, renderer, dpi)
            text._renderer = renderer
            return Bbox(found.corners + text.get_transform().transform(text.get_unitless_position()))

        return get_window_extent
