"""Finds gradient descents that a cell has run: its own loops, and calls of functions with such a loop."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FunctionType, MethodType
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN, own_attributes
from gradus.kernel.explain.descent import find_rates
from gradus.kernel.explain.describe_values import is_number, kind_of
from gradus.kernel.explain.histories import NAME
from gradus.kernel.explain.lookup import Lookup
from gradus.kernel.explain.scopes import Function, parameters_of, returns_of, walk_scope
from gradus.kernel.explain.signatures import find_given

_LOOPS = (ast.For, ast.While)
FindDefinition = Callable[[object], Function | None]


@dataclass(frozen=True)
class Training:
    """One descent: what it left behind, and what it worked with, by the reader's names."""

    line: int
    losses: tuple[tuple[str, Any], ...]
    results: tuple[tuple[str, Any], ...]
    """All that it gave, losses included."""
    rate_name: str
    rate: float | None
    inputs: Mapping[str, Any]
    """What it could work with: a function's arguments by their parameters, a loop's names."""
    texts: Mapping[str, str]
    """How the reader wrote an argument, by its parameter."""


def find_trainings(
    tree: ast.Module, namespace: Mapping[str, Any], find_definition: FindDefinition
) -> Iterator[Training]:
    """The descents at a text's top level, in its order. What a loop tries out many times isn't one."""
    lookup = Lookup(namespace, namespace)
    for statement in tree.body:
        if isinstance(statement, _LOOPS):
            training = _read_loop(statement, lookup)
        elif isinstance(statement, ast.Assign | ast.Expr) and isinstance(statement.value, ast.Call):
            training = _read_call(statement, statement.value, lookup, find_definition)
        else:
            training = None
        if training is not None:
            yield training


def _read_loop(loop: ast.For | ast.While, lookup: Lookup) -> Training | None:
    rate = next(find_rates(loop), None)
    if rate is None:
        return None
    losses = [(name, lookup.find_name(name)) for name in _names_appended(loop) if NAME.search(name)]
    names = {node.id for node in ast.walk(loop) if isinstance(node, ast.Name)}
    inputs = {name: lookup.find_name(name) for name in names}
    results = [(name, inputs[name]) for name in sorted(names) if is_number(inputs[name])]
    return Training(
        loop.lineno,
        tuple(losses),
        (*losses, *results),
        ast.unparse(rate),
        _number(lookup.find(rate)),
        inputs,
        {},
    )


def _names_appended(loop: ast.AST) -> list[str]:
    """The lists that something is appended to."""
    calls = [node.func for node in ast.walk(loop) if isinstance(node, ast.Call)]
    owners = [f.value for f in calls if isinstance(f, ast.Attribute) and f.attr == "append"]
    return list(dict.fromkeys(owner.id for owner in owners if isinstance(owner, ast.Name)))


def _read_call(
    statement: ast.Assign | ast.Expr, call: ast.Call, lookup: Lookup, find_definition: FindDefinition
) -> Training | None:
    callee = lookup.find(call.func)
    function = callee.__func__ if type(callee) is MethodType else callee
    definition = find_definition(function)
    if definition is None or type(function) is not FunctionType:
        return None
    loops = [node for node in walk_scope(definition) if isinstance(node, _LOOPS)]
    rate = next((rate for loop in loops for rate in find_rates(loop)), None)
    if rate is None:
        return None
    owner = callee.__self__ if type(callee) is MethodType else None
    inputs = _bind(call, function, definition, lookup, owner)
    if inputs is None:
        return None
    results = list(_read_results(statement, definition, lookup))
    if owner is not None and isinstance(call.func, ast.Attribute):
        name = ast.unparse(call.func.value)
        results += [(f"{name}.{key}", key, value) for key, value in own_attributes(owner).items()]
    return Training(
        statement.lineno,
        tuple((text, value) for text, name, value in results if NAME.search(name)),
        tuple((text, value) for text, _, value in results),
        ast.unparse(rate).removeprefix("self."),
        _number(_find_rate(rate, inputs, owner, function)),
        inputs,
        _find_texts(call, function, owner),
    )


def _read_results(
    statement: ast.Assign | ast.Expr, definition: Function, lookup: Lookup
) -> Iterator[tuple[str, str, Any]]:
    """How the reader gets at each result, what it is called there or in the function, and its value."""
    if not isinstance(statement, ast.Assign):
        return
    target = statement.targets[0]
    if isinstance(target, ast.Tuple | ast.List):
        names = [item.id for item in target.elts if isinstance(item, ast.Name)]
        yield from ((name, name, lookup.find_name(name)) for name in names)
        return
    if not isinstance(target, ast.Name):
        return
    value = lookup.find_name(target.id)
    yield target.id, target.id, value
    returned = [node.value for node in returns_of(definition)]
    last = returned[0] if len(returned) == 1 else None
    if isinstance(last, ast.Tuple) and kind_of(value) is tuple and len(value) == len(last.elts):
        for index, (part, item) in enumerate(zip(last.elts, value, strict=True)):
            yield f"{target.id}[{index}]", ast.unparse(part), item
    elif isinstance(last, ast.Name):
        yield target.id, last.id, value
    if kind_of(value) is dict:
        yield from ((f"{target.id}[{key!r}]", key, item) for key, item in value.items() if type(key) is str)


def _bind(
    call: ast.Call, function: FunctionType, definition: Function, lookup: Lookup, owner: object
) -> dict[str, Any] | None:
    """What each parameter stood for, as far as it can be known; None for a call with a star."""
    given = find_given(call)
    if given is None or definition.args.vararg or definition.args.kwarg:
        return None
    names = parameters_of(definition)
    values: dict[str, Any] = dict.fromkeys(names, UNKNOWN)
    defaults = function.__defaults__ or ()
    positional = names[: function.__code__.co_argcount]
    values |= dict(zip(positional[len(positional) - len(defaults) :], defaults, strict=True))
    values |= function.__kwdefaults__ or {}
    offset = 0 if owner is None else 1
    values |= {
        name: lookup.find(node) for name, node in zip(positional[offset:], given.positional, strict=False)
    }
    return values | {name: lookup.find(node) for name, node in given.keywords.items()}


def _find_texts(call: ast.Call, function: FunctionType, owner: object) -> dict[str, str]:
    code = function.__code__
    positional = code.co_varnames[(0 if owner is None else 1) : code.co_argcount]
    nodes = dict(zip(positional, call.args, strict=False)) | {k.arg: k.value for k in call.keywords if k.arg}
    return {name: ast.unparse(node) for name, node in nodes.items()}


def _find_rate(rate: ast.expr, inputs: Mapping[str, Any], owner: object, function: FunctionType) -> Any:
    if isinstance(rate, ast.Attribute):
        return own_attributes(owner).get(rate.attr, UNKNOWN)
    return inputs.get(ast.unparse(rate), function.__globals__.get(ast.unparse(rate), UNKNOWN))


def _number(value: Any) -> float | None:
    return float(value) if is_number(value) and kind_of(value) is not complex else None
