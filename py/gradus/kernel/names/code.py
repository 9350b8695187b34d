"""What a function does with the module's names, and with what it is given, when it is called."""

# ruff: noqa: D102 - a visitor's methods say by their names what they visit or are told

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gradus.kernel.names.model import GIVEN, Call, Change, Code, Value
from gradus.kernel.names.scope import COMPREHENSIONS, Function, find_locals, outer_parts, walk_scope
from gradus.kernel.names.values import contain, join
from gradus.kernel.names.visit import NameVisitor

LASTING = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Lambda,
    ast.ClassDef,
    ast.GeneratorExp,
    ast.Yield,
    ast.YieldFrom,
)
"""What may go on after a function has returned."""


def find_code(node: ast.AST, modules: Mapping[str, str], hidden: tuple[frozenset[str], ...]) -> Code:
    """What a function, a generator or a class's methods do; `hidden` are the names of the scopes around."""
    visitor = CodeVisitor(modules, hidden)
    visitor.enter(node)
    is_class = isinstance(node, ast.ClassDef)
    return Code(
        frozenset(visitor.reads),
        frozenset(visitor.writes),
        frozenset(visitor.changes),
        frozenset(visitor.calls),
        frozenset(visitor.keeps),
        Value(holds=frozenset({GIVEN})) if is_class else visitor.result,
        visitor.alters,
        visitor.opaque,
        is_class,
    )


class CodeVisitor(NameVisitor):
    """Walks all that runs when a function is called, functions inside it too, without regard to order."""

    def __init__(self, modules: Mapping[str, str], hidden: tuple[frozenset[str], ...]) -> None:
        super().__init__(modules, hidden)
        self.reads: set[str] = set()
        self.writes: set[str] = set()
        self.changes: set[Change] = set()
        self.calls: set[Call] = set()
        self.keeps: set[tuple[str, str]] = set()
        self.result: Value | None = None
        self.alters = False
        self.opaque = False
        self._own: dict[str, Value] = {}
        """Local names whose values are all made here."""
        self._in_class = False
        self._imported: dict[str, str] = {}

    def enter(self, node: ast.AST) -> None:
        """Walk the inside of a function, a generator expression or a class."""
        if isinstance(node, ast.ClassDef):
            self._enter_class(node)
        elif isinstance(node, COMPREHENSIONS):
            self.visit_comprehension_scope(node)
        elif isinstance(node, Function):
            self._enter_function(node, is_outermost=True)

    def _enter_function(self, node: Function, is_outermost: bool = False) -> None:
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        before = (self.hidden, self._own, self._in_class)
        self.hidden = (*self.hidden, find_locals(node))
        self._own = {**self._own, **self._find_own(body)}
        self._in_class = False
        self.visit_all(body)
        if is_outermost and not isinstance(node, ast.AsyncFunctionDef):
            self.result = self._find_result(body)
        self.hidden, self._own, self._in_class = before

    def _find_result(self, body: Sequence[ast.AST]) -> Value | None:
        """What the function returns; None if it goes on afterwards, or returns a function that does."""
        inner = list(walk_scope(body))
        if any(isinstance(node, LASTING) for node in inner):
            return None
        returned = [node.value for node in inner if isinstance(node, ast.Return)]
        if isinstance(body[0], ast.expr):
            returned = [body[0]]
        value = join([self.evaluator.evaluate(node) for node in returned])
        own = [self._own[name] for name in value.aliases | value.holds if name in self._own]
        made = [contain(other) for other in own]
        whole = join([value, *made])
        return replace(
            whole,
            aliases=frozenset(self._outside(name) for name in whole.aliases if name not in self._own),
            holds=frozenset(self._outside(name) for name in whole.holds if name not in self._own),
            parts=frozenset(self._outside(name) for name in whole.parts if name not in self._own),
            results=frozenset(
                replace(result, arguments=frozenset(self._outside(name) for name in result.arguments))
                for result in whole.results
                # Functions that are given are taken to give something new.
                if not self.is_hidden(result.owner)
            ),
        )

    def _enter_class(self, node: ast.ClassDef) -> None:
        before, self._in_class = self._in_class, True
        self.visit_all(node.body)
        self._in_class = before

    def _find_own(self, body: Sequence[ast.AST]) -> dict[str, Value]:
        made: dict[str, list[Value]] = {}
        times_set: dict[str, int] = {}
        for node in walk_scope(body):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                times_set[node.id] = times_set.get(node.id, 0) + 1
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                made.setdefault(node.target.id, []).append(Value())
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name):
                        made.setdefault(target.id, []).append(self.evaluator.evaluate(node.value))
        whole = {name: join(values) for name, values in made.items() if len(values) == times_set[name]}
        return {name: value for name, value in whole.items() if self._is_own(value)}

    def _is_own(self, value: Value) -> bool:
        return not value.aliases and all(self.is_hidden(result.owner) for result in value.results)

    def read(self, name: str) -> None:
        self.reads.add(name)

    def store(self, name: str, value: Value) -> None:
        if not self._in_class:
            self.writes.add(name)
            self.keeps |= {(name, self._outside(content)) for content in value.aliases | value.holds}

    def change(self, name: str, deep: bool) -> None:
        if not self.is_hidden(name):
            self.changes.add(Change(name, deep))
        elif name not in self._own or (deep and self._own[name].holds):
            self.alters = True

    def call(self, function: str, arguments: frozenset[str]) -> None:
        if self.is_hidden(function):
            return
        passed = {self._outside(name) for name in arguments if name not in self._own or self._own[name].holds}
        self.calls.add(Call(function, frozenset(passed)))

    def keep(self, container: str, content: str) -> None:
        if container in self._own:
            value = self._own[container]
            self._own[container] = replace(value, holds=value.holds | {content})
        else:
            self.keeps.add((self._outside(container), self._outside(content)))

    def _outside(self, name: str) -> str:
        """What a name is to the caller: what is local here may be anything that was given."""
        return GIVEN if self.is_hidden(name) else name

    def be_opaque(self) -> None:
        self.opaque = True

    def find_code(self, node: ast.AST) -> Code:
        # What is inside is walked along with the rest.
        return Code()

    def run_code(self, code: Code) -> None:
        pass

    def find_path(self, node: ast.expr) -> str | None:
        if isinstance(node, ast.Name) and node.id in self._imported:
            return self._imported[node.id]
        return super().find_path(node)

    def visit_Name(self, node: ast.Name) -> None:
        super().visit_Name(node)
        if node.id in self._imported:
            self.use_path(node)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        # A function that lives on, like a counter, changes with every call.
        self.alters = True

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        self.visit_all(outer_parts(node))
        self._enter_function(node)

    visit_AsyncFunctionDef = visit_Lambda = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.visit_all(outer_parts(node))
        self._enter_class(node)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        self._imported.update(imported_names(node))

    visit_ImportFrom = visit_Import


def imported_names(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    """Names that an import sets, with the dotted paths of what they mean."""
    if isinstance(node, ast.Import):
        parts = [(alias.asname or alias.name.partition(".")[0], alias) for alias in node.names]
        return {name: alias.name if alias.asname else name for name, alias in parts}
    module = "." * node.level + (node.module or "")
    return {alias.asname or alias.name: f"{module}.{alias.name}" for alias in node.names if alias.name != "*"}
