"""Says what a value is, in a few characters, without running any code of the reader's.

A `__repr__`, `__len__` or property of the reader's could print, change something or never end; so only what
Python's and NumPy's own types hold is looked at, and everything else is called by the name of its class.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import BuiltinFunctionType, BuiltinMethodType, FunctionType, MethodType, ModuleType
from typing import Any

NUMBERS = (int, float, complex)
FUNCTIONS = (FunctionType, BuiltinFunctionType, MethodType, BuiltinMethodType)
MAX_TEXT = 60
"""Characters of a value's description."""
_MAX_ITEMS, _MAX_DEPTH = 6, 3
_MAX_DIGITS = 8
# A metaclass can make `kind.__name__` run anything.
_name: Any = type.__dict__["__name__"]


def kind_of(value: object) -> type:
    """The value's class, to be compared or looked up; `object` where a metaclass could run code on that."""
    kind = type(value)
    return kind if type(kind) is type else object


def find_numpy() -> Any:
    """The module numpy if something has imported it, else None."""
    numpy = sys.modules.get("numpy")
    if type(numpy) is not ModuleType or "sctypeDict" not in vars(numpy):
        return None
    return numpy


def find_numpy_part(name: str) -> Any:
    """A part of numpy, such as `linalg`, if it has been loaded, which asking numpy for it would do."""
    numpy = find_numpy()
    return None if numpy is None else vars(numpy).get(name)


def is_array(value: object) -> bool:
    """Whether the value is an array of NumPy's own (a subclass could do anything)."""
    numpy = find_numpy()
    return numpy is not None and type(value) is numpy.ndarray


def is_numpy_scalar(value: object) -> bool:
    """Whether the value is a single number, truth value or text of NumPy's."""
    numpy = find_numpy()
    return numpy is not None and kind_of(value) in numpy.sctypeDict.values()


def is_number(value: object) -> bool:
    """Whether the value is a plain number, NumPy's included; a truth value isn't."""
    if kind_of(value) in NUMBERS:
        return True
    return is_numpy_scalar(value) and issubclass(type(value), find_numpy().number)


def is_function(value: object) -> bool:
    """Whether the value is a function or method, NumPy's element-wise ones included."""
    numpy = find_numpy()
    return kind_of(value) in FUNCTIONS or (numpy is not None and type(value) is numpy.ufunc)


def class_name(value: object) -> str:
    """The name of the value's class."""
    return str(_name.__get__(type(value)))


def describe(value: object, limit: int = MAX_TEXT) -> str:
    """The value in short: `[3, 4]`, `array of shape (50, 2), float64`, `function bowl(point)`."""
    text = _describe(value, 0)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def say_kind(value: object) -> str:
    """What sort of thing it is, with its article: `a list`, `a number (float)`, `an array of shape (3,)`."""
    if is_array(value):
        return f"an array of shape {_shape(value)}"
    if is_number(value):
        return f"a number ({class_name(value)})"
    if is_function(value):
        return "a function"
    if kind_of(value) in _KINDS:
        return _KINDS[kind_of(value)]
    if issubclass(type(value), type):
        return "a class"
    name = class_name(value)
    return f"{article(name)} {name} object"


def say_kinds(value: object) -> str:
    """The same in the plural, to say what all such things lack: `lists`, `numbers`."""
    if is_array(value):
        return "arrays"
    if is_number(value):
        return "numbers"
    if is_function(value):
        return "functions"
    plural = {str: "texts", dict: "dictionaries", bool: "truth values", ModuleType: "modules"}
    return plural.get(kind_of(value), f"{class_name(value)}s")


def article(word: str) -> str:
    """The indefinite article for a word."""
    return "an" if word[:1].lower() in "aeio" else "a"


_KINDS: dict[type, str] = {
    str: "text (str)",
    bool: "a truth value",
    type(None): "`None`",
    ModuleType: "a module",
    list: "a list",
    tuple: "a tuple",
    dict: "a dictionary",
    set: "a set",
    range: "a range",
}


def _shape(value: Any) -> str:
    return str(tuple(value.shape))


def _describe(value: Any, depth: int) -> str:
    describer = _DESCRIBERS.get(kind_of(value))
    if describer is not None:
        return describer(value, depth)
    if is_array(value):
        return _describe_array(value)
    if is_numpy_scalar(value):
        return _describe_scalar(value, depth)
    if is_function(value):
        return f"function {value.__name__}"
    if issubclass(type(value), type):
        return f"class {_name.__get__(value)}"
    return f"{class_name(value)} object"


def _describe_number(value: Any, depth: int) -> str:
    # An int of millions of digits takes minutes to write, or raises.
    if type(value) is int and value.bit_length() > 200:
        return f"int of about {int(value.bit_length() * 0.30103):,} digits"
    text = repr(value)
    # Among others a number is there to be compared, not to be read to its last digit.
    return f"{value:.6g}" if depth and type(value) is float and len(text) > _MAX_DIGITS else text


def _describe_text(value: str, depth: int) -> str:
    return repr(value if len(value) <= MAX_TEXT else value[:MAX_TEXT])


def _describe_items(opening: str, closing: str) -> Callable[[Any, int], str]:
    def describe_items(value: Any, depth: int) -> str:
        if depth == _MAX_DEPTH:
            return f"{opening}…{closing}"
        shown = [_describe(item, depth + 1) for item, _ in zip(value, range(_MAX_ITEMS), strict=False)]
        if len(value) > _MAX_ITEMS:
            shown.append(f"… {len(value):,} items")
        comma = "," if opening == "(" and len(value) == 1 else ""
        return opening + ", ".join(shown) + comma + closing

    return describe_items


def _describe_dict(value: dict[Any, Any], depth: int) -> str:
    if depth == _MAX_DEPTH:
        return "{…}"
    pairs = zip(value.items(), range(_MAX_ITEMS), strict=False)
    shown = [f"{_describe(key, depth + 1)}: {_describe(item, depth + 1)}" for (key, item), _ in pairs]
    if len(value) > _MAX_ITEMS:
        shown.append(f"… {len(value):,} keys")
    return "{" + ", ".join(shown) + "}"


def _describe_set(value: set[Any], depth: int) -> str:
    return _describe_items("{", "}")(value, depth) if value else "set()"


def _describe_function(value: FunctionType, depth: int) -> str:
    code = value.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return f"function {code.co_name}({', '.join(names)})"


def _describe_method(value: MethodType, depth: int) -> str:
    function = value.__func__
    return f"method {function.__name__}" if type(function) is FunctionType else "method"


def _describe_array(value: Any) -> str:
    text = f"array of shape {_shape(value)}, {value.dtype.name}"
    if value.ndim in (1, 2) and 0 < value.size <= _MAX_ITEMS and value.dtype.kind in "biuf":
        rows = value.tolist() if value.ndim == 2 else [value.tolist()]
        shown = [f"[{', '.join(f'{item:.4g}' for item in row)}]" for row in rows]
        text += f": [{', '.join(shown)}]" if value.ndim == 2 else f": {shown[0]}"
    return text


def _describe_scalar(value: Any, depth: int) -> str:
    if depth and type(value.item()) in NUMBERS:
        return _describe_number(value.item(), depth)
    return f"{value.item()!r} ({class_name(value)})" if type(value.item()) in NUMBERS else str(type(value))


_DESCRIBERS: dict[type, Callable[[Any, int], str]] = {
    int: _describe_number,
    float: _describe_number,
    complex: _describe_number,
    bool: lambda value, depth: repr(value),
    type(None): lambda value, depth: "None",
    str: _describe_text,
    list: _describe_items("[", "]"),
    tuple: _describe_items("(", ")"),
    set: _describe_set,
    dict: _describe_dict,
    range: lambda value, depth: repr(value),
    FunctionType: _describe_function,
    MethodType: _describe_method,
    BuiltinFunctionType: lambda value, depth: f"function {value.__name__}",
    ModuleType: lambda value, depth: "module",
}
