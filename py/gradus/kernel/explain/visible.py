"""Which names of a failing expression still have the values they had, and which may not."""

from __future__ import annotations

import ast
from collections.abc import Iterable

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_OWN_FRAMES = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def parents_of(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    """The node that each node of a tree stands in."""
    return {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}


def ancestors_of(node: ast.AST | None, parents: dict[ast.AST, ast.AST]) -> Iterable[ast.AST]:
    """The nodes that a node stands in, innermost first."""
    node = parents.get(node) if node is not None else None
    while node is not None:
        yield node
        node = parents.get(node)


def names_bound(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """All names that these nodes assign to or delete, in whatever way."""
    names: set[str] = set()
    for top in nodes:
        for node in ast.walk(top):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                names.add(node.id)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                names.add(node.name)
            elif isinstance(node, ast.alias):
                names.add((node.asname or node.name).partition(".")[0])
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names.add(node.name)
    return frozenset(names)


def find_bound(
    node: ast.AST | None, parents: dict[ast.AST, ast.AST], function: str
) -> tuple[frozenset[str], frozenset[str]]:
    """Names that may have changed since the error, and names that only a frame's own locals may tell.

    `function` is the frame's `co_name`. Since Python 3.12 a comprehension runs in the frame around it, and
    gives its names back their former values when it fails. And what a `finally` or an `except` on the way
    out assigns isn't what it was. A walrus may have run after the name was read, or before.
    """
    hidden: set[str] = set()
    only_local: set[str] = set()
    inner: ast.AST | None = node
    own_frame = function in _OWN_FRAMES
    outside = False
    for outer in ancestors_of(node, parents):
        if isinstance(outer, _COMPREHENSIONS):
            names = names_bound([outer])
            (only_local if own_frame or outside else hidden).update(names)
            if own_frame:
                outside = True
        elif isinstance(outer, FUNCTIONS):
            outside = True
        elif isinstance(outer, ast.Try | ast.TryStar) and not outside and inner is not None:
            hidden |= names_bound(outer.finalbody)
            if inner not in outer.finalbody:
                hidden |= names_bound(outer.handlers)
        if isinstance(outer, ast.stmt) and not outside:
            hidden |= _names_of_walruses(outer)
        inner = outer
    return frozenset(hidden), frozenset(only_local)


def _names_of_walruses(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return set()
    return {
        node.target.id
        for node in ast.walk(statement)
        if isinstance(node, ast.NamedExpr) and isinstance(node.target, ast.Name)
    }
