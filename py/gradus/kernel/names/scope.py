"""Which names a function or a comprehension has for itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, *COMPREHENSIONS)


def find_locals(function: Function) -> frozenset[str]:
    """The names that are local to a function."""
    bound = set(argument_names(function.args))
    body: Iterable[ast.AST] = [function.body] if isinstance(function, ast.Lambda) else function.body
    foreign: set[str] = set()
    for node in walk_scope(body):
        if isinstance(node, ast.Global | ast.Nonlocal):
            foreign.update(node.names)
        else:
            bound.update(bound_names(node))
    return frozenset(bound - foreign)


def argument_names(arguments: ast.arguments) -> list[str]:
    """All parameters' names."""
    plain = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    starred = [argument for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
    return [argument.arg for argument in plain + starred]


def bound_names(node: ast.AST) -> list[str]:
    """The names that this node itself (not what is inside it) sets or deletes in the scope it stands in."""
    if isinstance(node, ast.Name):
        return [] if isinstance(node.ctx, ast.Load) else [node.id]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names if alias.name != "*"]
    if isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
        return [node.name] if node.name else []
    if isinstance(node, ast.MatchMapping):
        return [node.rest] if node.rest else []
    return []


def walk_scope(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All nodes of a scope; of the scopes inside it only what they set outside."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, COMPREHENSIONS):
            yield from _walrus_targets(node)
            waiting.append(node.generators[0].iter)
        elif isinstance(node, SCOPES):
            waiting += outer_parts(node)
        else:
            waiting += ast.iter_child_nodes(node)


def outer_parts(node: ast.AST) -> list[ast.AST]:
    """The parts of a definition that are evaluated where it stands: decorators, defaults, bases and so on."""
    parts: list[ast.AST] = [*getattr(node, "decorator_list", [])]
    if isinstance(node, ast.ClassDef):
        parts += [*node.bases, *(keyword.value for keyword in node.keywords)]
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        arguments = node.args
        parts += [*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)]
        every = [
            *arguments.posonlyargs,
            *arguments.args,
            *arguments.kwonlyargs,
            arguments.vararg,
            arguments.kwarg,
        ]
        parts += [argument.annotation for argument in every if argument is not None and argument.annotation]
        if not isinstance(node, ast.Lambda) and node.returns is not None:
            parts.append(node.returns)
    return parts


def _walrus_targets(comprehension: ast.AST) -> Iterator[ast.AST]:
    """`:=` inside a comprehension sets a name outside it."""
    for node in ast.walk(comprehension):
        if isinstance(node, ast.NamedExpr):
            yield node.target
