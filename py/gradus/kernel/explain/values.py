"""The names on a failing line with their values, those in the failing expression first."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import ModuleType

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import describe
from gradus.kernel.explain.explanation import Value
from gradus.kernel.explain.scene import Spot
from gradus.kernel.explain.visible import FUNCTIONS

MAX_VALUES = 6
_HEADERS = {
    ast.If: ("test",),
    ast.While: ("test",),
    ast.For: ("target", "iter"),
    ast.AsyncFor: ("target", "iter"),
    ast.With: ("items",),
    ast.AsyncWith: ("items",),
    ast.Match: ("subject",),
}
"""Of a statement that holds others: what stands on its own line. Of the kinds not here, nothing is shown."""


def collect_values(spot: Spot) -> tuple[Value, ...]:
    """At most 6 names and attributes, without functions, classes and modules, which show in the text."""
    seen: dict[str, Value] = {}
    for node in _find_nodes(spot):
        for part in _find_readable(node):
            name = spot.quote(part)
            if name in seen or len(seen) == MAX_VALUES:
                continue
            value = spot.find(part)
            if value is UNKNOWN or _is_tool(value):
                continue
            seen[name] = Value(name, describe(value))
    return tuple(seen.values())


def _find_nodes(spot: Spot) -> Iterator[ast.AST]:
    if isinstance(spot.node, ast.expr):
        yield spot.node
    statement = spot.statement
    fields = _HEADERS.get(type(statement))
    if fields is not None:
        for field in fields:
            part = getattr(statement, field)
            yield from part if isinstance(part, list) else [part]
    elif statement is not None and not hasattr(statement, "body"):
        yield statement


def _find_readable(node: ast.AST) -> Iterator[ast.AST]:
    """Names and chains of attributes in reading order; what a lambda or a comprehension binds isn't ours."""
    if isinstance(node, ast.Name | ast.Attribute) and _is_chain(node):
        yield node
        return
    if isinstance(node, FUNCTIONS):
        return
    for child in ast.iter_child_nodes(node):
        yield from _find_readable(child)


def _is_chain(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and _is_chain(node.value))


def _is_tool(value: object) -> bool:
    return callable(value) or type(value) is ModuleType
