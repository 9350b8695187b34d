"""What well-known functions give back, so that `np.zeros(3).` completes before it has run."""

from __future__ import annotations

import builtins
import sys
from types import ModuleType
from typing import Any

Result = type | tuple[type, ...]
"""A class, or those of the items where a tuple is given back."""

_NUMPY_ARRAYS = """
    array asarray zeros ones full empty zeros_like ones_like full_like empty_like eye identity arange linspace
    logspace geomspace diag outer matmul cross exp log log2 log10 log1p expm1 sqrt square abs absolute sin cos
    tan tanh sinh cosh arctan maximum minimum clip where sort argsort concatenate stack hstack vstack
    column_stack reshape transpose ravel repeat tile cumsum cumprod diff gradient round floor ceil sign power
    unique loadtxt genfromtxt polyfit polyval interp isnan isfinite logical_and logical_or logical_not
"""
_ARRAY_METHODS = (
    "reshape copy astype transpose ravel flatten clip round repeat cumsum cumprod swapaxes squeeze"
)
_TEXT_METHODS = {
    str: """
        capitalize casefold center expandtabs format join ljust lower lstrip removeprefix removesuffix replace
        rjust rstrip strip swapcase title translate upper zfill
    """,
    list: "split rsplit splitlines",
    bytes: "encode",
    bool: "startswith endswith isdigit isalpha isupper islower isspace",
    int: "find rfind index count",
}
_BUILTINS: dict[str, type] = {
    "input": str,
    "len": int,
    "repr": str,
    "chr": str,
    "ord": int,
    "sorted": list,
    "isinstance": bool,
    "round": float,
}


def find_result(owner: Any, name: str, *, given: bool = False, is_attribute: bool = False) -> Result | None:
    """What `owner.name(…)` gives back, or for `is_attribute` what `owner.name` is; None where nobody knows.

    `owner` is a module or a class. `given`: the call has arguments that may change the result's form.
    """
    if is_attribute:
        return owner if name == "T" and owner is _find_class("numpy", "ndarray") else None
    if owner is builtins:
        return _BUILTINS.get(name)
    if type(owner) is ModuleType:
        return _find_in_module(owner, name, given)
    if owner is str:
        return next((kind for kind, names in _TEXT_METHODS.items() if name in names.split()), None)
    if owner is _find_class("numpy", "ndarray"):
        return _find_class("numpy", "ndarray") if name in _ARRAY_METHODS.split() else None
    if owner is _find_class("numpy.random", "Generator"):
        names = ("normal", "uniform", "random", "integers", "permutation", "standard_normal", "choice")
        return _find_class("numpy", "ndarray") if given and name in names else None
    if owner is _find_class("matplotlib.figure", "Figure"):
        return _find_class("matplotlib.axes", "Axes") if name in ("add_subplot", "gca", "add_axes") else None
    return None


def _find_in_module(module: ModuleType, name: str, given: bool) -> Result | None:
    if module is sys.modules.get("numpy"):
        return _find_class("numpy", "ndarray") if name in _NUMPY_ARRAYS.split() else None
    if module is sys.modules.get("numpy.random"):
        return _find_class("numpy.random", "Generator") if name == "default_rng" else None
    if module is sys.modules.get("matplotlib.pyplot"):
        figure, axes = _find_class("matplotlib.figure", "Figure"), _find_class("matplotlib.axes", "Axes")
        if name in ("figure", "gcf"):
            return figure
        if name in ("gca", "axes", "subplot"):
            return axes
        if name == "subplots" and figure is not None and axes is not None:
            # With rows or columns there are several axes, in an array.
            several = _find_class("numpy", "ndarray") if given else axes
            return None if several is None else (figure, several)
    return None


def _find_class(module: str, name: str) -> type | None:
    """A class of a library, if that has been imported."""
    source = sys.modules.get(module)
    found = vars(source).get(name) if type(source) is ModuleType else None
    return found if type(found) is type else None
