"""Keyword arguments that matplotlib's drawing functions pass on: the properties of what they draw."""

from __future__ import annotations

import sys
from types import FunctionType, ModuleType

_DRAWN = {
    ("matplotlib.lines", "Line2D"): "plot step loglog semilogx semilogy axhline axvline axline errorbar",
    ("matplotlib.patches", "Patch"): "bar barh hist pie axhspan axvspan fill",
    ("matplotlib.collections", "Collection"): "scatter fill_between fill_betweenx hlines vlines quiver",
    ("matplotlib.text", "Text"): "text annotate title suptitle xlabel ylabel set_title set_xlabel set_ylabel",
    ("matplotlib.axes", "Axes"): "subplot add_subplot axes",
    ("matplotlib.figure", "Figure"): "figure subplots",
    ("matplotlib.image", "AxesImage"): "imshow matshow",
}
_FUNCTIONS = {name: drawn for drawn, names in _DRAWN.items() for name in names.split()}
_EXTRA = {"figure": ("figsize", "dpi"), "subplots": ("figsize", "dpi")}
_HIDDEN = frozenset(
    ("figure", "agg_filter", "path_effects", "sketch_params", "rasterized", "snap", "transform")
)


def list_drawing_keywords(function: FunctionType, name: str) -> list[str]:
    """The properties that a function of matplotlib's takes by name beyond those it lists; else none."""
    home = function.__globals__.get("__name__")
    if type(home) is not str or not home.startswith("matplotlib.") or name not in _FUNCTIONS:
        return []
    source, kind = _FUNCTIONS[name]
    loaded = sys.modules.get(source)
    drawn = vars(loaded).get(kind) if type(loaded) is ModuleType else None
    if drawn is None:
        return []
    properties = {member[4:] for base in drawn.__mro__ for member in vars(base) if member.startswith("set_")}
    return sorted((properties - _HIDDEN) | set(_EXTRA.get(name, ())))
