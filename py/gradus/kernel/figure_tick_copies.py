"""Makes a figure's many ticks by copying one: making each afresh is a third of the work of drawing it."""

from __future__ import annotations

import copy as copying
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any

Making = Callable[[bool], Any]
"""An axis' `_get_tick`: makes a major or else a minor tick, not yet placed."""

PARTS = ("tick1line", "tick2line", "gridline", "label1", "label2")
SHARED = (int, float, str, bool, tuple, type(None))
"""What two ticks may have in common, beside transforms, markers, paths and the figure."""


def copy_ticks(make: Making) -> Making:
    """Does what `make` does; from the second tick of a kind on it copies, where that is surely the same."""
    patterns: dict[bool, Callable[[], Any] | None] = {}

    def make_or_copy(major: bool) -> Any:
        if major not in patterns:
            tick = make(major)
            patterns[major] = make_pattern(tick)
            return tick
        copy = patterns[major]
        return make(major) if copy is None else copy()

    return make_or_copy


@contextmanager
def sharing_markers() -> Iterator[None]:
    """While this lasts, a marker that is made from another one shares its parts. Only for drawing.

    matplotlib copies each part, and all that it refers to, for every tick that takes over another's looks.
    Drawing changes no marker: it only looks at them.
    """
    from matplotlib import markers

    original = markers.copy  # type: ignore[attr-defined]
    markers.copy = SimpleNamespace(copy=copying.copy, deepcopy=copying.copy)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        markers.copy = original  # type: ignore[attr-defined]


def make_pattern(tick: Any, apart: tuple[str, ...] = ()) -> Callable[[], Any] | None:
    """What makes copies of a tick as it is now; None for a tick of another kind than matplotlib's own.

    Attributes of it and its parts that are `apart` are left out.
    """
    from matplotlib.axis import XTick, YTick
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

    if type(tick) not in (XTick, YTick):
        return None
    parts = {name: getattr(tick, name) for name in PARTS}
    if any(type(part) not in (Line2D, Text) for part in parts.values()):
        return None
    copies = {name: _make_copier(part, apart) for name, part in parts.items()}
    copy = _make_copier(tick, (*PARTS, *apart))
    if copy is None or None in copies.values():
        return None

    def copy_whole() -> Any:
        other = copy()
        for name, copy_part in copies.items():
            other.__dict__[name] = copy_part()  # type: ignore[misc]
        return other

    return copy_whole


def _make_copier(artist: Any, apart: tuple[str, ...]) -> Callable[[], Any] | None:
    """What makes copies of an artist as it is now; None if it has anything of an unknown kind.

    The attributes that are `apart` are left out.
    """
    from matplotlib.artist import Artist
    from matplotlib.cbook import CallbackRegistry
    from matplotlib.figure import FigureBase
    from matplotlib.font_manager import FontProperties
    from matplotlib.markers import MarkerStyle
    from matplotlib.path import Path
    from matplotlib.transforms import TransformNode
    from numpy import ndarray

    kind = type(artist)
    state = {name: value for name, value in vars(artist).items() if name not in apart}
    own: list[tuple[str, Callable[[], Any]]] = []
    for name, value in state.items():
        if isinstance(value, CallbackRegistry):
            if any(value.callbacks.values()):
                return None
            own.append((name, lambda: CallbackRegistry(signals=["pchanged"])))
        elif isinstance(value, FontProperties | ndarray | list):
            # As it is now: the one that is copied may change afterwards.
            state[name] = value = value.copy()
            own.append((name, value.copy))
        elif isinstance(value, tuple) and any(isinstance(part, list) for part in value):
            # Sticky edges: a named tuple of two lists.
            own.append((name, partial(copying.deepcopy, copying.deepcopy(value))))
        elif isinstance(value, Artist):
            if not (isinstance(value, FigureBase) or value is artist.axes):
                return None
        elif not isinstance(value, (*SHARED, TransformNode, MarkerStyle, Path)) and not callable(value):
            return None

    def copy() -> Any:
        other = object.__new__(kind)
        other.__dict__.update(state)
        for name, make in own:
            other.__dict__[name] = make()
        return other

    return copy
