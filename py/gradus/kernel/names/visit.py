"""Walks code in the order in which it runs, and tells what it does with names."""

# ruff: noqa: D102 - a visitor's methods say by their names what they visit or are told

from __future__ import annotations

import ast
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any

from gradus.kernel.names.calls import CallRules
from gradus.kernel.names.model import Code, Value
from gradus.kernel.names.scope import COMPREHENSIONS, bound_names
from gradus.kernel.names.tables import RANDOM_MODULES, SEEDERS, STATELESS_RANDOM
from gradus.kernel.names.values import FRESH, Evaluator, join, take_part


class NameVisitor(ast.NodeVisitor):
    """Walks code; what is found is told to the methods that subclasses have."""

    def __init__(self, modules: Mapping[str, str], hidden: tuple[frozenset[str], ...] = ()) -> None:
        self.modules = dict(modules)
        self.hidden = hidden
        """Names that aren't the module's here: a comprehension's or a function's own."""
        self.evaluator = Evaluator(self.find_path, self.find_code)

    @abstractmethod
    def read(self, name: str) -> None:
        """A name's value is used."""

    @abstractmethod
    def store(self, name: str, value: Value) -> None:
        """A name is set or deleted."""

    @abstractmethod
    def change(self, name: str, deep: bool) -> None:
        """A name's object is changed in place; `deep` if it may be something inside it."""

    @abstractmethod
    def call(self, function: str, arguments: frozenset[str]) -> None:
        """A function of the reader's is called."""

    @abstractmethod
    def keep(self, container: str, content: str) -> None:
        """One object is put into another."""

    @abstractmethod
    def be_opaque(self) -> None:
        """Any name may be read or set."""

    @abstractmethod
    def find_code(self, node: ast.AST) -> Code:
        """What a function, or a generator, does with the module's names when it runs."""

    @abstractmethod
    def run_code(self, code: Code) -> None:
        """A function without a name may be called here."""

    def visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        """Visit each, in order."""
        for node in nodes:
            if node is not None:
                self.visit(node)

    def is_hidden(self, name: str) -> bool:
        """Whether the name isn't the module's here."""
        return any(name in names for names in self.hidden)

    def find_path(self, node: ast.expr) -> str | None:
        """The dotted path of what is imported, or part of it: `np.random.seed` → `numpy.random.seed`."""
        if isinstance(node, ast.Name):
            return None if self.is_hidden(node.id) else self.modules.get(node.id)
        if isinstance(node, ast.Attribute):
            path = self.find_path(node.value)
            return None if path is None else f"{path}.{node.attr}"
        return None

    def names_in(self, node: ast.expr) -> frozenset[str]:
        """Names whose objects an expression may give, or something that contains them."""
        value = self.evaluator.evaluate(node)
        return value.aliases | value.holds

    def set_state(self, name: str) -> None:
        """A state is changed, from what it was."""
        self.read(name)
        self.store(name, FRESH)

    def change_all(self, node: ast.expr, deep: bool = False) -> None:
        """What the expression means is changed: all that its object may belong to."""
        path = self.find_path(node)
        if path is not None:
            self.set_state(path.partition(".")[0] + ".")
        value = self.evaluator.evaluate(node)
        for name in value.aliases:
            self.change(name, deep or not isinstance(node, ast.Name))
        for name in value.holds:
            self.change(name, True)

    def bind(self, target: ast.expr, value: Value) -> None:
        """Set a target: names, parts of objects, or several of them."""
        if isinstance(target, ast.Name):
            if not self.is_hidden(target.id):
                self.store(target.id, value)
        elif isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self.bind(element, take_part(value))
        elif isinstance(target, ast.Starred):
            self.bind(target.value, value)
        elif isinstance(target, ast.Attribute | ast.Subscript):
            self.visit_all([target.value, getattr(target, "slice", None)])
            self.change_all(target.value)
            for container in self.names_in(target.value):
                for content in value.aliases | value.holds:
                    self.keep(container, content)

    def visit_Name(self, node: ast.Name) -> None:
        if not self.is_hidden(node.id):
            self.read(node.id)
            self.use_path(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.visit(node.value)
        self.use_path(node)

    def use_path(self, node: ast.Name | ast.Attribute) -> None:
        """Something of a module's is used: its settings may matter, and some things draw random numbers."""
        path = self.find_path(node)
        if path is None:
            return
        self.read(path.partition(".")[0] + ".")
        for module in RANDOM_MODULES:
            thing = path.removeprefix(module + ".")
            if thing != path and "." not in thing and thing not in STATELESS_RANDOM:
                state = f"{module}.state"
                if thing not in SEEDERS:
                    self.read(state)
                self.store(state, FRESH)

    def visit_Call(self, node: ast.Call) -> None:
        self.visit_all([node.func, *node.args, *node.keywords])
        CallRules(self).apply(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        value = self.evaluator.evaluate(node.value)
        for target in node.targets:
            self.bind(target, value)
            path = self.find_path(node.value)
            if path is not None and isinstance(target, ast.Name):
                self.modules[target.id] = path

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit_all([node.annotation, node.value])
        if node.value is not None:
            self.bind(node.target, self.evaluator.evaluate(node.value))

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit_all([node.target, node.value])
        # A list or an array is changed in place, and the name set to itself.
        self.change_all(node.target)
        # Or else it becomes something new.
        self.bind(node.target, join([self.evaluator.evaluate(node.target), FRESH]))

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self.bind(node.target, self.evaluator.evaluate(node.value))

    def visit_TypeAlias(self, node: Any) -> None:
        # `type X = …`, since Python 3.12; what is right of the sign is looked at when somebody asks.
        self.bind(node.name, FRESH)

    def visit_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self.visit(target)
            self.bind(target, FRESH)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        self.bind(node.target, take_part(self.evaluator.evaluate(node.iter)))
        self.visit_all([*node.body, *node.orelse])

    def visit_AsyncFor(self, node: ast.AsyncFor) -> None:
        self.visit_For(node)

    def visit_withitem(self, node: ast.withitem) -> None:
        self.visit(node.context_expr)
        if node.optional_vars is not None:
            self.bind(node.optional_vars, self.evaluator.evaluate(node.context_expr))

    def visit_comprehension_scope(self, node: ast.AST) -> None:
        """A comprehension: its first iterable belongs outside, all the rest inside."""
        assert isinstance(node, COMPREHENSIONS)
        first, *others = node.generators
        self.visit(first.iter)
        targets = (part for generator in node.generators for part in ast.walk(generator.target))
        own = frozenset(name for part in targets for name in bound_names(part))
        before, self.hidden = self.hidden, (*self.hidden, own)
        self.visit_all(first.ifs)
        for generator in others:
            self.visit_all([generator.iter, *generator.ifs])
        self.visit_all([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        self.hidden = before

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_scope
