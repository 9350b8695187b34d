"""What the value of an expression may be made of: whose object it is, what it contains, what it can run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import replace

from gradus.kernel.names.model import Code, Result, Value
from gradus.kernel.names.scope import COMPREHENSIONS
from gradus.kernel.names.tables import (
    COPYING_FUNCTIONS,
    FRESH_FUNCTIONS,
    PICKING_FUNCTIONS,
    PURE_METHODS,
    UNCHANGING_FUNCTIONS,
    VIEW_FUNCTIONS,
    VIEW_METHODS,
)

FRESH = Value()
FOREIGN = Value(is_foreign=True)
UNCHANGING = Value(is_unchanging=True)


class Evaluator:
    """Finds the value of expressions. `find_path` gives the dotted path of a module's thing, else None."""

    def __init__(
        self, find_path: Callable[[ast.expr], str | None], find_code: Callable[[ast.AST], Code]
    ) -> None:
        self._find_path = find_path
        self._find_code = find_code

    def evaluate(self, node: ast.AST | None) -> Value:
        """The value of an expression."""
        match node:
            case ast.Constant() | ast.JoinedStr() | ast.UnaryOp(operand=ast.Constant()):
                return UNCHANGING
            case ast.Name() | ast.Attribute() if self._find_path(node):
                return FOREIGN
            case ast.Name():
                return Value(aliases=frozenset({node.id}))
            case ast.Attribute() | ast.Subscript() | ast.Starred() | ast.Await():
                return take_part(self.evaluate(node.value))
            case ast.NamedExpr():
                return self.evaluate(node.value)
            case ast.IfExp():
                return self._join([node.body, node.orelse])
            case ast.BoolOp():
                return self._join(node.values)
            case ast.BinOp(op=ast.Mult(), left=ast.List() | ast.Tuple()):
                return contain(self.evaluate(node.left))
            case ast.BinOp(op=ast.Add()) if _is_list(node.left) or _is_list(node.right):
                return contain(self._join([node.left, node.right]))
            case ast.Tuple() | ast.List() | ast.Set():
                return contain(self._join(node.elts))
            case ast.Dict():
                return contain(self._join([*node.values, *(key for key in node.keys if key is not None)]))
            case ast.Lambda():
                return Value(codes=frozenset({self._find_code(node)}))
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return self._evaluate_comprehension(node)
            case ast.Call():
                return self._evaluate_call(node)
            case _:
                return FRESH

    def _evaluate_comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    ) -> Value:
        elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        made = self._join(elements)
        targets = (part for generator in node.generators for part in ast.walk(generator.target))
        own = {part.id for part in targets if isinstance(part, ast.Name)}
        parts = take_part(self._join(generator.iter for generator in node.generators))
        made = join([put_in_place(made, own, parts.aliases), Value(results=parts.results)])
        if isinstance(node, ast.GeneratorExp):
            # It goes on when it is asked for the next value, and reads names only then.
            made = join([made, Value(codes=frozenset({self._find_code(node)}))])
        return contain(made)

    def _evaluate_call(self, node: ast.Call) -> Value:
        arguments = self._join([*node.args, *(keyword.value for keyword in node.keywords)])
        names = arguments.aliases | arguments.holds
        nested = Value(codes=arguments.codes, results=arguments.results)
        path = self._find_path(node.func)
        if path is not None:
            shared = arguments if path.rpartition(".")[2] in VIEW_FUNCTIONS else Value(codes=arguments.codes)
            return join([FOREIGN, shared])
        if isinstance(node.func, ast.Attribute):
            owner = self.evaluate(node.func.value)
            method = node.func.attr
            if method in PURE_METHODS and method not in VIEW_METHODS:
                return contain(owner) if method == "copy" else FRESH
            results = {Result(name, names, is_method=True) for name in owner.aliases | owner.holds}
            return join([owner, nested, Value(results=frozenset(results))])
        if isinstance(node.func, ast.Name):
            if node.func.id in UNCHANGING_FUNCTIONS:
                return UNCHANGING
            if node.func.id in FRESH_FUNCTIONS:
                return FRESH
            if node.func.id in PICKING_FUNCTIONS:
                return take_part(arguments)
            if node.func.id in COPYING_FUNCTIONS:
                return contain(arguments)
            return join([nested, Value(results=frozenset({Result(node.func.id, names)}))])
        return join([self.evaluate(node.func), arguments])

    def _join(self, nodes: Iterable[ast.AST | None]) -> Value:
        return join([self.evaluate(node) for node in nodes])


def join(values: Iterable[Value]) -> Value:
    """A value that may be any of these."""
    values = list(values)
    return Value(
        frozenset[str]().union(*(value.aliases for value in values)),
        frozenset[str]().union(*(value.holds for value in values)),
        frozenset[str]().union(*(value.parts for value in values)),
        frozenset[Code]().union(*(value.codes for value in values)),
        frozenset[Result]().union(*(value.results for value in values)),
        any(value.is_foreign for value in values),
        bool(values) and all(value.is_unchanging for value in values),
    )


def take_part(value: Value) -> Value:
    """A part of this one, which may be any of the objects it contains."""
    names = value.aliases | value.holds
    return replace(value, aliases=names, parts=names | value.parts)


def contain(value: Value) -> Value:
    """A new object that contains this one."""
    holds = value.aliases | value.holds | value.parts
    return Value(holds=holds, codes=value.codes, results=value.results)


def put_in_place(value: Value, names: set[str], others: frozenset[str]) -> Value:
    """The value with other names wherever it has these."""

    def change(found: frozenset[str]) -> frozenset[str]:
        return found - names | others if found & names else found

    results = (replace(result, arguments=change(result.arguments)) for result in value.results)
    kept = frozenset(result for result in results if result.owner not in names)
    return replace(
        value,
        aliases=change(value.aliases),
        holds=change(value.holds),
        parts=change(value.parts),
        results=kept,
    )


def _is_list(node: ast.expr) -> bool:
    return isinstance(node, (ast.List, ast.Tuple, *COMPREHENSIONS))
