"""The reader's own names as rows of a table: what each is, its shape, and its value in short.

Objects are looked at and never asked: no `__repr__`, `__len__` or property of the reader's runs.
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from gradus.kernel.explain.classes import find_member, own_attributes
from gradus.kernel.explain.describe_values import (
    class_name,
    describe,
    is_array,
    is_function,
    is_numpy_scalar,
    kind_of,
)

MOST_ROWS = 300
"""Rows that the table has at most; how many more there are is said."""
VALUE_LENGTH = 120
NAME_LENGTH = 60
"""Characters of a name or a type's name; a reader's `type("x" * 10**6, …)` must not fill the page."""
_UNITS: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("item", (list, tuple, set, frozenset)),
    ("key", (dict,)),
    ("character", (str,)),
    ("byte", (bytes,)),
    ("number", (range,)),
)
_SIZED: dict[type, str] = {kind: unit for unit, kinds in _UNITS for kind in kinds}
_LEAVES = (bytes, decimal.Decimal, datetime.date, datetime.timedelta)
"""Classes whose own `__repr__` asks nothing of any other object."""
_MOST_ATTRIBUTES, _MOST_ITEMS = 4, 6


def list_variables(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """`{"variables": rows, "definitions": rows, "omitted": number}`, newest names last.

    A row is `{"name", "type", "shape", "value"}`, all texts. Definitions are functions, classes and modules.
    Names that begin with an underscore are left out, and rows above MOST_ROWS are only counted.
    """
    variables: list[dict[str, str]] = []
    definitions: list[dict[str, str]] = []
    omitted = 0
    for name, value in namespace.items():
        if type(name) is not str or name.startswith("_"):
            continue
        if len(variables) + len(definitions) == MOST_ROWS:
            omitted += 1
        elif is_definition(value):
            definitions.append(_make_row(name, value))
        else:
            variables.append(_make_row(name, value))
    return {"variables": variables, "definitions": definitions, "omitted": omitted}


def is_definition(value: object) -> bool:
    """Whether it is a function, a class or a module."""
    return is_function(value) or issubclass(type(value), (type, ModuleType))


def describe_type(value: object) -> str:
    """The name of its class, and for an array what it holds: `ndarray of float64`."""
    name = _shorten(class_name(value), NAME_LENGTH)
    return f"{name} of {value.dtype.name}" if is_array(value) else name  # type: ignore[attr-defined]


def describe_shape(value: object) -> str:
    """An array's shape, `(50, 2)`, or how much a container holds, `3 items`; empty for what has no size."""
    if is_array(value):
        return str(tuple(value.shape))  # type: ignore[attr-defined]
    unit = _SIZED.get(kind_of(value))
    if unit is None:
        return ""
    count = len(value)  # type: ignore[arg-type]
    return f"{count:,} {unit}{'' if count == 1 else 's'}"


def describe_contents(value: object) -> str:
    """The value in short; of an object of a reader's class, its own attributes: `width=3, height=4`."""
    if is_array(value):
        return _describe_array(value)
    if is_numpy_scalar(value):
        return describe(value, VALUE_LENGTH).rsplit(" (", 1)[0]
    if kind_of(value) in _LEAVES:
        return _shorten(repr(value[:VALUE_LENGTH] if type(value) is bytes else value), VALUE_LENGTH)
    # Those of a library's objects, such as a figure's, mean nothing to a reader.
    if not is_definition(value) and find_member(type(value), "__module__") == "__main__":
        attributes = ", ".join(_describe_attributes(own_attributes(value)))
        return _shorten(attributes or describe(value), VALUE_LENGTH)
    return describe(value, VALUE_LENGTH)


def _make_row(name: str, value: object) -> dict[str, str]:
    row = {"name": _shorten(name, NAME_LENGTH), "type": describe_type(value), "shape": "", "value": ""}
    try:
        row |= {"shape": describe_shape(value), "value": describe_contents(value)}
    except Exception:
        row["value"] = "(can't be shown)"
    return row


def _describe_attributes(attributes: Mapping[Any, Any]) -> Iterator[str]:
    shown = 0
    for name, value in list(attributes.items()):
        if type(name) is not str or name.startswith("_"):
            continue
        if shown == _MOST_ATTRIBUTES:
            yield "…"
            return
        yield f"{name}={describe(value)}"
        shown += 1


def _describe_array(array: Any) -> str:
    """Its first numbers, in one line, with dots where there are more."""
    if array.dtype.kind not in "biufcSU":
        return describe(array, VALUE_LENGTH)
    # A slice of `flat` copies these few items only, also where the array is a view with gaps.
    first = array.flat[:_MOST_ITEMS].tolist()
    items = [f"{item:.4g}" if type(item) is float else _shorten(repr(item), 20) for item in first]
    if array.ndim == 0:
        return items[0]
    return f"[{', '.join(items)}{', …' if array.size > len(items) else ''}]"


def _shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
