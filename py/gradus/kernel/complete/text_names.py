"""The names that a cell's text gives, also while a line of it is unfinished, and what stands behind each."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MOST_REPAIRS = 12
_Function = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Binding:
    """A name that is given somewhere: `node` is a definition, an import's alias, or an assigned expression.

    `item` counts into an assigned sequence, for `a, b = …`. `owner` is the class for a method's first
    parameter. `scope` are the lines of the function around it, None at the top.
    """

    name: str
    line: int
    node: ast.AST | None
    item: int | None = None
    owner: ast.ClassDef | None = None
    module: str | None = None
    """For `from module import name`."""
    annotation: ast.expr | None = None
    scope: tuple[int, int] | None = None


@functools.lru_cache(maxsize=128)
def read_names(text: str, caret_line: int = 0) -> tuple[Binding, ...]:
    """All bindings, from top to bottom; the caret's line (from 1) is left out, for it is being written."""
    tree = _parse(text, caret_line)
    return tuple(_walk(tree.body, None)) if tree else ()


def find_binding(bindings: Sequence[Binding], name: str, line: int) -> Binding | None:
    """The last one above this line that can be seen from it; from 0, the text's last."""
    found = None
    for binding in bindings:
        if binding.name == name and (line == 0 or binding.line <= line) and is_visible(binding, line):
            found = binding
    return found


def is_visible(binding: Binding, line: int) -> bool:
    """Whether a name of a function's own can be seen from this line."""
    return binding.scope is None or binding.scope[0] <= line <= binding.scope[1]


def _parse(text: str, caret_line: int) -> ast.Module | None:
    lines = text.split("\n")
    # A statement in its place keeps the lines around it in their blocks.
    if 0 < caret_line <= len(lines):
        lines[caret_line - 1] = _take_out(lines[caret_line - 1])
    for _ in range(_MOST_REPAIRS):
        try:
            return ast.parse("\n".join(lines))
        except SyntaxError as error:
            index = min(error.lineno or 1, len(lines)) - 1
            lines[index] = "" if lines[index].strip() in ("pass", "") else _take_out(lines[index])
        except (ValueError, RecursionError, MemoryError):
            return None
    return None


def _take_out(line: str) -> str:
    indentation = re.match(r"\s*", line)
    return f"{indentation[0] if indentation else ''}pass"


def _walk(
    body: Sequence[ast.AST], scope: tuple[int, int] | None, owner: ast.ClassDef | None = None
) -> Iterator[Binding]:
    for node in body:
        line = getattr(node, "lineno", 0)
        if isinstance(node, _Function):
            yield Binding(node.name, line, node, scope=scope) if owner is None else _nameless(line)
            inner = (line, node.end_lineno or line)
            yield from _walk_parameters(node, inner, owner)
            yield from _walk(node.body, inner)
        elif isinstance(node, ast.ClassDef):
            yield Binding(node.name, line, node, scope=scope)
            yield from _walk(node.body, (line, node.end_lineno or line), node)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                yield Binding(name, line, alias, module=module, scope=scope)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _walk_target(target, node.value, scope)
            yield from _walk([node.value], scope)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield Binding(node.target.id, line, node.value, annotation=node.annotation, scope=scope)
        elif isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                yield Binding(node.id, line, None, scope=scope)
        elif isinstance(node, ast.NamedExpr):
            yield Binding(node.target.id, line, node.value, scope=scope)
        elif isinstance(node, ast.withitem):
            if isinstance(node.optional_vars, ast.Name):
                yield Binding(node.optional_vars.id, node.optional_vars.lineno, None, scope=scope)
        else:
            if isinstance(node, ast.ExceptHandler) and node.name:
                yield Binding(node.name, line, None, scope=scope)
            yield from _walk(list(ast.iter_child_nodes(node)), scope)


def _nameless(line: int) -> Binding:
    """For a method: its name is its class's."""
    return Binding("", line, None)


def _walk_target(target: ast.expr, value: ast.expr, scope: tuple[int, int] | None) -> Iterator[Binding]:
    if isinstance(target, ast.Name):
        yield Binding(target.id, target.lineno, value, scope=scope)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for index, part in enumerate(target.elts):
            if isinstance(part, ast.Name):
                yield Binding(part.id, part.lineno, value, item=index, scope=scope)


def _walk_parameters(
    function: ast.FunctionDef | ast.AsyncFunctionDef, scope: tuple[int, int], owner: ast.ClassDef | None
) -> Iterator[Binding]:
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    pairs = [
        *zip(positional, [*defaults, *arguments.defaults], strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
        *((extra, None) for extra in (arguments.vararg, arguments.kwarg) if extra),
    ]
    is_method = not any(
        isinstance(each, ast.Name) and each.id == "staticmethod" for each in function.decorator_list
    )
    for index, (argument, default) in enumerate(pairs):
        own = owner if index == 0 and is_method else None
        yield Binding(
            argument.arg, argument.lineno, default, owner=own, annotation=argument.annotation, scope=scope
        )
