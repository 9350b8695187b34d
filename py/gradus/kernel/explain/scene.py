"""The scene of an error: the reader's frames, the piece of their text that was at work, what it could see."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import FrameType, FunctionType, TracebackType
from typing import Any

from gradus.kernel.explain.describe_values import find_numpy
from gradus.kernel.explain.lookup import Lookup
from gradus.kernel.explain.visible import find_bound, parents_of
from gradus.kernel.sources import CellSource, normalize_newlines

_args: Any = BaseException.__dict__["args"]


@dataclass(frozen=True)
class Surroundings:
    """What an explanation may know besides the cell that failed. All of it may be left out."""

    find_source: Callable[[str], CellSource | None] | None = None
    """The text that a code object with this filename was compiled from, if the reader wrote it."""
    is_current: Callable[[CellSource], bool] = lambda source: True
    """Whether a text is what its cell holds now."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """The lesson's cells, in their order, and their present texts."""
    packages: Sequence[str] = ()
    """Packages that can be imported besides the standard library."""


class Spot:
    """One frame of the reader's, and the expression that was at work in it.

    Nodes of the text are given by exact position; `node` is None where Python doesn't tell it.
    """

    def __init__(self, entry: TracebackType, source: CellSource, tree: ast.Module) -> None:
        self.frame: FrameType = entry.tb_frame
        self.line = entry.tb_lineno or 1
        self.source = source
        self.tree = tree
        self._instruction = entry.tb_lasti

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node that each node of the text stands in."""
        return parents_of(self.tree)

    @cached_property
    def node(self) -> ast.AST | None:
        """What was at work, an expression if possible, else a statement."""
        positions = list(self.frame.f_code.co_positions())
        index = self._instruction // 2
        if not 0 <= index < len(positions):
            return None
        found: ast.AST | None = None
        for node in ast.walk(self.tree):
            place = tuple(getattr(node, name, None) for name in _PLACE)
            # An f-string's parts have its own position before Python 3.12: the outermost stands for all.
            if place == positions[index] and (found is None or not isinstance(found, ast.expr)):
                found = node
        return found

    @cached_property
    def statement(self) -> ast.stmt | None:
        """The statement that the node stands in; without a node, the innermost one on the line."""
        node = self.node
        while node is not None and not isinstance(node, ast.stmt):
            node = self.parents.get(node)
        if node is not None:
            return node
        on_line = (
            item for item in ast.walk(self.tree) if isinstance(item, ast.stmt) and _covers(item, self.line)
        )
        return max(on_line, key=lambda item: item.lineno, default=None)

    @cached_property
    def lookup(self) -> Lookup:
        """What the expression could see. Names that may have changed since are left out."""
        hidden, only_local = find_bound(self.node or self.statement, self.parents, self.frame.f_code.co_name)
        return Lookup(self.frame.f_locals, self.frame.f_globals, hidden, only_local)

    def find(self, node: ast.AST | None) -> Any:
        """What an expression stood for, or UNKNOWN."""
        return self.lookup.find(node)

    @cached_property
    def numpy_name(self) -> str:
        """What the reader calls numpy, or nothing if they haven't imported it."""
        numpy = find_numpy()
        names = [name for name, value in self.frame.f_globals.items() if value is numpy and numpy is not None]
        return "np" if "np" in names else names[0] if names else ""

    def quote(self, node: ast.AST) -> str:
        """The reader's text for a node, on one line."""
        segment = ast.get_source_segment(self.source.text, node)
        return " ".join((ast.unparse(node) if segment is None else segment).split())


@dataclass(frozen=True)
class Scene:
    """An exception with the reader's frames that it passed through, outermost first."""

    error: BaseException
    entries: tuple[tuple[TracebackType, CellSource], ...]
    source: CellSource
    """The cell that was run."""
    namespace: Mapping[str, Any]
    surroundings: Surroundings
    _trees: dict[str, ast.Module] = field(default_factory=dict)

    @cached_property
    def spot(self) -> Spot:
        """The innermost of the reader's frames."""
        return self.spot_at(-1)

    @cached_property
    def message(self) -> str:
        """The error's message, if it is plain text (another object could do anything when made text)."""
        arguments = _args.__get__(self.error)
        return arguments[0] if arguments and type(arguments[0]) is str else ""

    @cached_property
    def is_direct(self) -> bool:
        """Whether that frame's own instruction raised the error, and not Python code that it called."""
        return self.entries[-1][0].tb_next is None

    def spot_at(self, index: int) -> Spot:
        """The frame of that index."""
        entry, source = self.entries[index]
        return Spot(entry, source, self.parse(source))

    def parse(self, source: CellSource) -> ast.Module:
        """The tree of a text, always the same one."""
        if source.filename not in self._trees:
            with warnings.catch_warnings():
                # The reader has been told when the cell was compiled.
                warnings.simplefilter("ignore")
                self._trees[source.filename] = ast.parse(source.text)
        return self._trees[source.filename]

    def find_source(self, filename: str) -> CellSource | None:
        """The reader's text of that filename."""
        find = self.surroundings.find_source
        if find is not None:
            return find(filename)
        # Without an error, a cell's own filename isn't known; names and lines still have to agree.
        return self.source if self.source.filename in ("", filename) else None

    def find_definition(self, function: object) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """Where the reader wrote a function with `def`."""
        if type(function) is not FunctionType:
            return None
        code = function.__code__
        source = self.find_source(code.co_filename) if function.__globals__ is self.namespace else None
        for node in ast.walk(self.parse(source)) if source is not None else ():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == code.co_name:
                first = node.decorator_list[0] if node.decorator_list else node
                if code.co_firstlineno in (first.lineno, node.lineno):
                    return node
        return None


def make_scene(
    error: BaseException, text: str, cell: str, namespace: Mapping[str, Any], surroundings: Surroundings
) -> Scene | None:
    """The scene of an error, or None where no code of the reader's was at work."""
    entries: list[tuple[TracebackType, CellSource]] = []
    own: CellSource | None = None
    entry = error.__traceback__
    while entry is not None:
        filename = entry.tb_frame.f_code.co_filename
        if entry.tb_frame.f_globals is namespace:
            find = surroundings.find_source
            source = find(filename) if find is not None else None
            if source is None and find is None and (own is None or own.filename == filename):
                source = own or CellSource(cell, filename, normalize_newlines(text))
            if source is not None:
                own = own or source
                entries.append((entry, source))
        entry = entry.tb_next
    return Scene(error, tuple(entries), own, namespace, surroundings) if own is not None else None


_PLACE = ("lineno", "end_lineno", "col_offset", "end_col_offset")


def _covers(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)
