"""Finds out what an expression stood for by looking, never by running: names, plain attributes, items.

What can't be had that way (a call, a property, a class of the reader's that defines `[]`) is UNKNOWN.
"""

from __future__ import annotations

import ast
import builtins
import operator
from collections.abc import Callable, Mapping
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN, find_attribute
from gradus.kernel.explain.describe_values import NUMBERS, is_array, kind_of

SIZED = (list, tuple, dict, set, frozenset, str, bytes, range)
_ITEMS = (list, tuple, str, range)
_LARGEST = 1e12
"""Whole numbers up to this size are computed with: no surprise in time or memory."""
_MAX_EXPONENT = 16


def _raise(base: Any, exponent: Any) -> Any:
    return base**exponent if abs(exponent) <= _MAX_EXPONENT else UNKNOWN


_OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _raise,
}


class Lookup:
    """The names that a frame could see. `hidden` are those whose value may not be what it was."""

    def __init__(
        self,
        local_names: Mapping[str, Any],
        global_names: Mapping[str, Any],
        hidden: frozenset[str] = frozenset(),
        only_local: frozenset[str] = frozenset(),
    ) -> None:
        self.locals = local_names
        self.globals = global_names
        self._hidden = hidden
        self._only_local = only_local

    def find(self, node: ast.AST | None) -> Any:
        """What the expression stands for, or UNKNOWN. Lists and tuples written out are built anew."""
        finder = _FINDERS.get(type(node))
        return UNKNOWN if finder is None else finder(self, node)

    def find_name(self, name: str) -> Any:
        """What a name stands for: a local, a global, or one of Python's own."""
        if name in self._hidden:
            return UNKNOWN
        if name in self.locals:
            return self.locals[name]
        if name in self._only_local:
            return UNKNOWN
        return self.globals.get(name, vars(builtins).get(name, UNKNOWN))

    def is_builtin(self, node: ast.AST | None, *names: str) -> bool:
        """Whether the expression is a name of Python's own, one of these, that nothing hides."""
        if not isinstance(node, ast.Name) or node.id not in names:
            return False
        return self.find_name(node.id) is vars(builtins).get(node.id, UNKNOWN)


def _find_attribute(lookup: Lookup, node: Any) -> Any:
    value = lookup.find(node.value)
    return UNKNOWN if value is UNKNOWN else find_attribute(value, node.attr)


def _find_item(lookup: Lookup, node: Any) -> Any:
    value, key = lookup.find(node.value), _find_key(lookup, node.slice)
    if value is UNKNOWN or key is UNKNOWN:
        return UNKNOWN
    plain = kind_of(value) in _ITEMS and kind_of(key) in (int, slice)
    if not plain and not (type(value) is dict and kind_of(key) in (str, int, bool)) and not is_array(value):
        return UNKNOWN
    try:
        return value[key]
    except Exception:
        return UNKNOWN


def _find_key(lookup: Lookup, node: ast.AST) -> Any:
    """An index made of whole numbers, texts and slices; nothing that would copy a large array."""
    if isinstance(node, ast.Slice):
        ends = [None if end is None else lookup.find(end) for end in (node.lower, node.upper, node.step)]
        return slice(*ends) if all(end is None or type(end) is int for end in ends) else UNKNOWN
    if isinstance(node, ast.Tuple):
        keys = [_find_key(lookup, item) for item in node.elts]
        return UNKNOWN if any(key is UNKNOWN for key in keys) else tuple(keys)
    key = lookup.find(node)
    return key if kind_of(key) in (int, str, bool, type(None), type(...)) else UNKNOWN


def _find_number(lookup: Lookup, node: Any) -> Any:
    left, right = lookup.find(node.left), lookup.find(node.right)
    compute = _OPERATORS.get(type(node.op))
    if compute is None or not _is_small(left) or not _is_small(right):
        return UNKNOWN
    try:
        return compute(left, right)
    except ArithmeticError:
        return UNKNOWN


def _find_signed(lookup: Lookup, node: Any) -> Any:
    value = lookup.find(node.operand)
    if kind_of(value) not in NUMBERS or not isinstance(node.op, ast.USub):
        return UNKNOWN
    return -value


def _find_length(lookup: Lookup, node: Any) -> Any:
    if not lookup.is_builtin(node.func, "len") or len(node.args) != 1 or node.keywords:
        return UNKNOWN
    value = lookup.find(node.args[0])
    if is_array(value) and value.ndim:
        return int(value.shape[0])
    return len(value) if kind_of(value) in SIZED else UNKNOWN


def _find_items(lookup: Lookup, node: Any) -> Any:
    items = [lookup.find(item) for item in node.elts]
    if any(item is UNKNOWN for item in items):
        return UNKNOWN
    return items if isinstance(node, ast.List) else tuple(items)


def _is_small(value: Any) -> bool:
    return type(value) is float or (type(value) is int and abs(value) <= _LARGEST)


_FINDERS: dict[type[Any], Callable[[Lookup, Any], Any]] = {
    ast.Name: lambda lookup, node: lookup.find_name(node.id),
    ast.Constant: lambda lookup, node: node.value,
    ast.Attribute: _find_attribute,
    ast.Subscript: _find_item,
    ast.BinOp: _find_number,
    ast.UnaryOp: _find_signed,
    ast.Call: _find_length,
    ast.List: _find_items,
    ast.Tuple: _find_items,
}
