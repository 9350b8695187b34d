"""Makes the ticks that axes begin with by copying earlier ones: they are half the work of making axes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from matplotlib import rcParams
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis, Tick, XAxis, XTick, YAxis, YTick
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.text import Text

from gradus.kernel.figure_swaps import stand_in
from gradus.kernel.figure_tick_copies import PARTS, make_pattern
from gradus.kernel.figure_ticks import MAKER

Key = tuple[type, bool, str]
"""The kind of axis, whether the tick is a major one, and how it was asked to look."""

MOST = 50
"""Patterns that are kept."""
KINDS = {XAxis: XTick, YAxis: YTick}
GROUPS = (
    "axes.grid",
    "font.",
    "grid.",
    "lines.",
    "markers.",
    "mathtext.",
    "path.",
    "text.",
    "xtick.",
    "ytick.",
)
"""What the names of settings begin with that a new tick looks at."""
PLAIN = {bool, float, int, str, type(None)}
"""Kinds of values of which the repr says all."""
OWN = ("_axes", "_parent_figure", "_transform")
"""What belongs to one axes, and is left out of a pattern."""
USED = (
    *((kind, "__init__") for kind in (Artist, Line2D, MarkerStyle, Text, Tick, XTick, YTick)),
    *((Artist, name) for name in ("set", "update", "_internal_update", "set_figure", "set_transform")),
    *((Line2D, name) for name in ("set_color", "set_data", "set_linestyle", "set_marker", "set_xdata")),
    *((Text, name) for name in ("set_color", "set_fontproperties", "set_rotation", "_reset_visual_defaults")),
    *((kind, name) for kind in (XTick, YTick) for name in ("_apply_tickdir", "update_position")),
)
"""What makes a tick: where a reader has replaced some of it, theirs does."""

_settings = [name for name in rcParams if name.startswith(GROUPS)]
_patterns: dict[Key, tuple[list[Any], Callable[[], Any]]] = {}
"""With the settings that each was made with."""


def install() -> None:
    """Let all axes of this interpreter make their ticks so. Calling it again changes nothing."""
    if Axis.__dict__[MAKER].__code__.co_filename != __file__:
        Axis._get_tick = make_get_tick(Axis.__dict__[MAKER])  # type: ignore[attr-defined]


def make_get_tick(original: Callable[[Any, bool], Any]) -> Callable[[Any, bool], Any]:
    """For `Axis._get_tick`, which gives each tick some eighty properties, most of them several times."""
    untouched = _list_used()

    @stand_in
    @wraps(original)
    def _get_tick(self: Any, major: bool) -> Any:
        wanted = self._major_tick_kw if major else self._minor_tick_kw
        if not _is_plain(self, wanted) or _list_used() != untouched:
            return original(self, major)
        key = type(self), bool(major), repr(sorted(wanted.items()))
        settings = [dict.__getitem__(rcParams, name) for name in _settings]
        known = _patterns.get(key)
        if known is not None and known[0] == settings:
            return _settle(known[1](), self)
        tick = original(self, major)
        pattern = make_pattern(tick, OWN)
        if pattern is not None:
            if len(_patterns) >= MOST:
                _patterns.clear()
            # A list may be changed afterwards.
            kept = [list(value) if type(value) is list else value for value in settings]
            _patterns[key] = kept, pattern
        return tick

    return _get_tick


def _list_used() -> list[Any]:
    return [owner.__dict__.get(name) for owner, name in USED]


def _is_plain(axis: Any, wanted: dict[str, Any]) -> bool:
    """Whether the axis is matplotlib's own, and its ticks are asked to look as a text can say."""
    return (
        type(axis) in KINDS
        and axis._tick_class is KINDS[type(axis)]
        and type(axis.axes) is Axes
        and all(
            type(value) in PLAIN or (type(value) is tuple and all(type(part) in PLAIN for part in value))
            for value in wanted.values()
        )
    )


def _settle(tick: Any, axis: Any) -> Any:
    """Make a copy a tick of this axis."""
    axes = axis.axes
    figure = axes.get_figure(root=False)
    find_transform = axes.get_xaxis_transform if type(axis) is XAxis else axes.get_yaxis_transform
    vars(tick).update(_axes=axes, _parent_figure=figure, _transform=None)
    transforms = {
        "tick1line": find_transform("tick1"),
        "tick2line": find_transform("tick2"),
        "gridline": find_transform("grid"),
        "label1": tick._get_text1_transform()[0],
        "label2": tick._get_text2_transform()[0],
    }
    for name in PARTS:
        vars(getattr(tick, name)).update(_axes=None, _parent_figure=figure, _transform=transforms[name])
    return tick
