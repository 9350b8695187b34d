"""Where a text gives names their values: at its top level, in its functions, on which lines."""

from __future__ import annotations

import ast
from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef


def find_bindings(scope: ast.AST, name: str) -> list[ast.AST]:
    """The nodes that give a name its value in a scope (a module or function), in the order of the text."""
    return [node for node in walk_scope(scope) if name in names_given(node)]


def top_level_names(tree: ast.Module) -> set[str]:
    """All names that a text binds at its top level."""
    return {name for node in walk_scope(tree) for name in names_given(node)}


def functions_in(tree: ast.AST) -> Iterator[Function]:
    """All functions and methods, wherever they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def parameters_of(function: Function | ast.Lambda) -> list[str]:
    """The names of all parameters."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [argument.arg for argument in [*named, arguments.vararg, arguments.kwarg] if argument is not None]


def returns_of(function: Function) -> list[ast.Return]:
    """The function's own `return` statements."""
    return [node for node in walk_scope(function) if isinstance(node, ast.Return)]


def returns_nothing(function: Function) -> bool:
    """Whether a call can only give None: no `return` with a value, and no generator or coroutine."""
    if isinstance(function, ast.AsyncFunctionDef):
        return False
    own = list(walk_scope(function))
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in own):
        return False
    return all(node.value is None for node in own if isinstance(node, ast.Return))


def walk_scope(scope: ast.AST) -> Iterator[ast.AST]:
    """All nodes of a scope, in the order of the text; what is inside its functions and classes is theirs."""
    body = getattr(scope, "body", [])
    for child in body if isinstance(body, list) else [body]:
        yield from _walk(child)


def names_given(node: ast.AST) -> set[str]:
    """The names that this very node binds."""
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Store) else set()
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ExceptHandler) and node.name:
        return {node.name}
    if isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
        return {node.name}
    return set()


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        # What a comprehension binds is its own; only a walrus in it reaches out.
        for child in ast.walk(node):
            if isinstance(child, ast.NamedExpr):
                yield child.target
        return
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)
