"""Finds where in a program a name is given its value, as spans of characters that can be replaced."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """A piece of source, `source[start:end]` in characters, that is an expression."""

    start: int
    end: int
    line: int
    """1-based line of the source on which it begins."""


@dataclass(frozen=True)
class Binding:
    """One place that gives a name its value; without a span where that value can't be replaced."""

    name: str
    line: int
    span: Span | None
    obstacle: str = ""
    """Why there is no span, to be put after "it is"."""


@dataclass(frozen=True)
class Bindings:
    """Every place of a program that gives a name its value."""

    assigned: tuple[Binding, ...]
    """`name = …`, `name: type = …`, `(name := …)`, and tuples of them."""
    passed: tuple[Binding, ...]
    """`call(name=…)`."""
    defaults: tuple[Binding, ...]
    """`def f(name=…)`: found for messages only, a preset doesn't set them."""

    def settable_names(self) -> set[str]:
        """Return the names that a preset can set."""
        return {binding.name for binding in (*self.assigned, *self.passed)}


def find_bindings(source: str) -> Bindings:
    """Find the bindings of a program that parses, in the order of the source."""
    places = _Places(source)
    assigned: list[Binding] = []
    passed: list[Binding] = []
    defaults: list[Binding] = []
    for node, in_string in _walk(ast.parse(source), False):
        found: list[Binding] = []
        if isinstance(node, ast.Assign):
            for target in node.targets:
                found.extend(_pair(target, node.value, places))
            target_list = assigned
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            found.extend(_pair(node.target, node.value, places))
            target_list = assigned
        elif isinstance(node, ast.Call):
            found.extend(
                Binding(keyword.arg, keyword.value.lineno, places.span(keyword.value))
                for keyword in node.keywords
                if keyword.arg is not None
            )
            target_list = passed
        elif isinstance(node, ast.arguments):
            found.extend(_pair_defaults(node))
            target_list = defaults
        else:
            continue
        if in_string:
            # Before Python 3.12, positions inside an f-string are wrong.
            found = [Binding(b.name, b.line, None, "set inside an f-string") for b in found]
        target_list.extend(found)
    return Bindings(*(tuple(sorted(each, key=lambda b: b.line)) for each in (assigned, passed, defaults)))


class _Places:
    """Turns ast's positions (lines, and bytes within them) into characters of the whole source."""

    def __init__(self, source: str) -> None:
        self._lines = source.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def span(self, node: ast.expr) -> Span:
        assert node.end_lineno is not None and node.end_col_offset is not None
        start = self._offset(node.lineno, node.col_offset)
        return Span(start, self._offset(node.end_lineno, node.end_col_offset), node.lineno)

    def _offset(self, line: int, column: int) -> int:
        before = self._lines[line - 1].encode()[:column].decode()
        return self._starts[line - 1] + len(before)


def _walk(node: ast.AST, in_string: bool) -> Iterator[tuple[ast.AST, bool]]:
    yield node, in_string
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, in_string or isinstance(node, ast.JoinedStr))


def _pair(target: ast.expr, value: ast.expr, places: _Places) -> Iterator[Binding]:
    """Pair the names of an assignment's left side with the expressions of its right side."""
    if isinstance(target, ast.Name):
        yield Binding(target.id, target.lineno, places.span(value))
    elif isinstance(target, ast.Starred):
        yield from _unmatched(target, "the starred part of an unpacking")
    elif isinstance(target, ast.Tuple | ast.List):
        values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
        starred = [isinstance(each, ast.Starred) for each in (*target.elts, *values)]
        if len(values) == len(target.elts) and not any(starred):
            for each_target, each_value in zip(target.elts, values, strict=True):
                yield from _pair(each_target, each_value, places)
        else:
            yield from _unmatched(target, "unpacked from a value that isn't written out name by name")


def _unmatched(target: ast.expr, obstacle: str) -> Iterator[Binding]:
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield Binding(node.id, node.lineno, None, obstacle)


def _pair_defaults(arguments: ast.arguments) -> Iterator[Binding]:
    positional = (*arguments.posonlyargs, *arguments.args)
    with_default = positional[len(positional) - len(arguments.defaults) :]
    named = [
        each for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if default
    ]
    for argument in (*with_default, *named):
        yield Binding(argument.arg, argument.lineno, None, "only the default of a parameter")
