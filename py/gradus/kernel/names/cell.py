"""Gathers what a cell does with names: what it needs before it has set it, and what it leaves behind."""

# ruff: noqa: D102 - a visitor's methods say by their names what they visit or are told

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from gradus.kernel.names.code import find_code
from gradus.kernel.names.model import GIVEN, Call, Change, Code, Names, Value, find_own_codes
from gradus.kernel.names.values import FRESH
from gradus.kernel.names.visit import NameVisitor


class CellCollector(NameVisitor):
    """Knows what was found. Functions are looked into when their names are used, not where they stand."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        super().__init__(modules)
        self.surely_set: set[str] = set()
        """Names that have surely been set where the walk is."""
        self.branches = 0
        self.classes = 0
        self._needs: dict[str, frozenset[str]] = {}
        self.defines: dict[str, list[Value]] = {}
        self._changes: set[Change] = set()
        self._calls: set[Call] = set()
        self._keeps: set[tuple[str, str]] = set()
        self.stars: list[str] = []
        self._opaque = False
        self._codes: dict[ast.AST, Code] = {}

    def conclude(self) -> Names:
        """What was found, after the last statement."""
        return Names(
            # Sorted: sets come in another order in each process.
            needs=dict(sorted(self._needs.items())),
            defines={name: tuple(values) for name, values in self.defines.items()},
            always_defines=frozenset(self.surely_set),
            changes=frozenset(self._changes),
            calls=frozenset(self._calls),
            keeps=frozenset(self._keeps),
            modules=dict(sorted(self.modules.items())),
            stars=tuple(self.stars),
            opaque=self._opaque,
        )

    def read(self, name: str) -> None:
        self._need(name)
        for code in find_own_codes(self.defines, {name}):
            self.run_code(code)

    def _need(self, name: str) -> None:
        if name not in self.surely_set:
            present = frozenset(self.surely_set)
            self._needs[name] = self._needs.get(name, present) & present

    def store(self, name: str, value: Value) -> None:
        if self.classes:
            return
        self.defines.setdefault(name, []).append(value)
        self.surely_set.add(name)
        if not self.branches:
            self.modules.pop(name, None)

    def change(self, name: str, deep: bool) -> None:
        if not self.is_hidden(name):
            self._changes.add(Change(name, deep))

    def call(self, function: str, arguments: frozenset[str]) -> None:
        if not self.is_hidden(function):
            outer = frozenset(name for name in arguments if not self.is_hidden(name))
            self._calls.add(Call(function, outer))

    def keep(self, container: str, content: str) -> None:
        if not self.is_hidden(container) and not self.is_hidden(content):
            self._keeps.add((container, content))

    def be_opaque(self) -> None:
        self._opaque = True

    def find_code(self, node: ast.AST) -> Code:
        if node not in self._codes:
            self._codes[node] = find_code(node, self.modules, self.hidden)
        return self._codes[node]

    def run_code(self, code: Code) -> None:
        """Do what a function does when it is called, and the cell's functions that it uses."""
        codes = {code, *find_own_codes(self.defines, code.reads)}
        for each in codes:
            for name in each.reads:
                self._need(name)
            self._changes |= each.changes
            self._calls |= each.calls
            self._keeps |= {pair for pair in each.keeps if GIVEN not in pair}
            self._opaque |= each.opaque
        written = sorted({name for each in codes for name in each.writes})
        with self.one_way():
            for name in written:
                self.store(name, FRESH)

    @contextmanager
    def one_way(self) -> Iterator[set[str]]:
        """Walk what may happen or not; afterwards the set has the names surely set if it did."""
        before = self.surely_set
        way: set[str] = set(before)
        self.surely_set = way
        self.branches += 1
        yield way
        self.branches -= 1
        self.surely_set = before
