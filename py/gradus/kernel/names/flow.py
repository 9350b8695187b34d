"""Follows a cell's statements in the order in which they run, through branches that may be taken or not."""

# ruff: noqa: D102 - a visitor's methods say by their names what they visit or are told

from __future__ import annotations

import ast
from collections.abc import Iterable

from gradus.kernel.names.cell import CellCollector
from gradus.kernel.names.code import imported_names
from gradus.kernel.names.model import Value
from gradus.kernel.names.scope import outer_parts
from gradus.kernel.names.values import FRESH, contain, join, take_part


class CellVisitor(CellCollector):
    """Walks a cell from its first line to its last."""

    _subject = FRESH
    """What the innermost `match` looks at."""

    def visit_ways(self, *ways: Iterable[ast.AST | None]) -> list[set[str]]:
        """Visit parts of which each may be run or not; gives the names surely set at the end of each."""
        ends = []
        for nodes in ways:
            with self.one_way() as way:
                self.visit_all(nodes)
            ends.append(way)
        return ends

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        ways = self.visit_ways(node.body, node.orelse)
        self.surely_set |= set.intersection(*ways)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        ways = self.visit_ways([node.body], [node.orelse])
        self.surely_set |= set.intersection(*ways)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.visit(node.values[0])
        self.visit_ways(node.values[1:])

    def visit_Compare(self, node: ast.Compare) -> None:
        self.visit_all([node.left, node.comparators[0]])
        self.visit_ways(node.comparators[1:])

    def visit_Assert(self, node: ast.Assert) -> None:
        self.visit(node.test)
        self.visit_ways([node.msg])

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        part = take_part(self.evaluator.evaluate(node.iter))
        with self.one_way():
            self.bind(node.target, part)
            self.visit_all(node.body)
        self.visit_ways(node.orelse)

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        self.visit_ways(node.body, node.orelse)

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        self.visit_all(node.items)
        # It may swallow an exception of its body's, like contextlib.suppress.
        self.visit_ways(node.body)

    visit_AsyncWith = visit_With

    def visit_Try(self, node: ast.Try | ast.TryStar) -> None:
        ways = self.visit_ways([*node.body, *node.orelse], *([handler] for handler in node.handlers))
        before = set(self.surely_set)
        self.visit_all(node.finalbody)
        self.surely_set |= set.intersection(*ways) | (self.surely_set - before)

    visit_TryStar = visit_Try

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.visit_all([node.type])
        if node.name:
            self.store(node.name, FRESH)
        self.visit_all(node.body)

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        self._subject = take_part(self.evaluator.evaluate(node.subject))
        ways = self.visit_ways(*([case] for case in node.cases))
        last = node.cases[-1]
        if last.guard is None and isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None:
            self.surely_set |= set.intersection(*ways)

    def visit_MatchAs(self, node: ast.MatchAs | ast.MatchStar | ast.MatchMapping) -> None:
        self.generic_visit(node)
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        if name:
            self.store(name, self._subject)

    visit_MatchStar = visit_MatchMapping = visit_MatchAs

    def visit_comprehension_scope(self, node: ast.AST) -> None:
        with self.one_way():
            super().visit_comprehension_scope(node)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_scope

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.visit_all(outer_parts(node))

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.visit_all(outer_parts(node))
        defaults = join([self.evaluator.evaluate(part) for part in outer_parts(node)])
        value = join([defaults, Value(codes=frozenset({self.find_code(node)}))])
        if node.decorator_list:
            # A decorator may call it at once, when its name doesn't mean it yet.
            for code in value.codes:
                self.run_code(code)
        self.store(node.name, value)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.visit_all(outer_parts(node))
        self.classes += 1
        self.visit_all(node.body)
        self.classes -= 1
        bases = [self.evaluator.evaluate(part) for part in outer_parts(node)]
        self.store(node.name, join([*bases, Value(codes=frozenset({self.find_code(node)}))]))
        shared = [
            self.evaluator.evaluate(part.value)
            for part in node.body
            if isinstance(part, ast.Assign | ast.AnnAssign)
        ]
        if not all(value.is_unchanging for value in shared):
            # Something of its own, which all objects of the class share and may change.
            self.defines[node.name].append(contain(join(shared)))

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            self.stars.append(node.module or "")
        for name, path in imported_names(node).items():
            self.store(name, FRESH)
            self.modules[name] = path

    visit_ImportFrom = visit_Import
