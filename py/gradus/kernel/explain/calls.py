"""Explains calls with the wrong number of arguments, or with names that the function doesn't know."""

from __future__ import annotations

import ast
from types import FunctionType, MethodType
from typing import Any

from gradus.kernel.explain.classes import attribute_names, find_member
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nearest import find_nearest
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import ask, code, count, join_code
from gradus.kernel.explain.signatures import Given, Signature, find_callee, find_given, find_signature


def explain_arguments(scene: Scene) -> Finding | None:
    """Compares what a call gives with what the function takes; says nothing where they agree."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or not isinstance(node, ast.Call):
        return None
    function = find_callee(spot, node)
    given = find_given(node)
    if given is None:
        return None
    if type(function) is type and "__init__" in _mistyped_constructors(function):
        return None
    signature = find_signature(function)
    if signature is None:
        return _explain_constructor(function, given) if type(function) is type else None
    return (
        _explain_self(scene, function, given, signature)
        or _explain_unknown(signature, given)
        or _explain_twice(signature, given)
        or _explain_missing(spot, node, function, signature, given)
        or _explain_too_many(signature, given)
    )


def _explain_unknown(signature: Signature, given: Given) -> Finding | None:
    if signature.takes_any_keyword:
        return None
    wrong = next((name for name in given.keywords if name not in signature.names), None)
    if wrong is None or wrong in signature.positional:
        return None
    title = f"{code(signature.name)} has no parameter {code(wrong)}."
    found = find_nearest(wrong, signature.names, limit=2)
    if found:
        return Finding(title, (ask(found),))
    free = [name for name in signature.names if name not in given.keywords]
    if not free:
        return Finding(title, (f"Leave {code(f'{wrong}=…')} out.",))
    return Finding(title, (f"It takes {join_code(signature.names)}.",))


def _explain_twice(signature: Signature, given: Given) -> Finding | None:
    by_position = signature.positional[: len(given.positional)]
    twice = next((name for name in given.keywords if name in by_position and name in signature.names), None)
    if twice is None:
        return None
    position = by_position.index(twice) + 1
    hints = ["Leave one of the two out."]
    if len(signature.positional) > 1:
        hints.append(f"The parameters come in the order {join_code(signature.positional)}.")
    return Finding(
        f"{code(signature.name)} gets {code(twice)} twice: by its name, and as argument number {position}.",
        tuple(hints),
    )


def _explain_missing(
    spot: Spot, node: ast.Call, function: Any, signature: Signature, given: Given
) -> Finding | None:
    there = set(signature.positional[: len(given.positional)]) | set(given.keywords)
    missing = [
        name
        for name in (*signature.positional, *signature.keyword_only)
        if name in signature.required - there
    ]
    if not missing:
        return None
    takes = join_code(
        [name for name in (*signature.positional, *signature.keyword_only) if name in signature.required]
    )
    title = f"{code(signature.name)} also needs {join_code(missing)}: it takes {takes}."
    if not there:
        title = f"{code(signature.name)} needs {join_code(missing)}, and gets nothing."
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    holder = spot.find(owner)
    if (
        owner is not None
        and type(holder) is type
        and type(function) is FunctionType
        and _names_self(function)
    ):
        name = spot.quote(owner)
        return Finding(
            f"{code(spot.quote(node.func))} is called on the class {code(name)} itself, without an object.",
            (f"Make an object first, {code(f'model = {name}(…)')}, and call the method on that.",),
        )
    parts = [spot.quote(argument) for argument in given.positional]
    parts += [f"{name}={spot.quote(value)}" for name, value in given.keywords.items()]
    corrected = f"{spot.quote(node.func)}({', '.join([*parts, *(f'{name}=…' for name in missing)])})"
    return Finding(
        title, (f"Add it: {code(corrected)}." if len(missing) == 1 else f"Add them: {code(corrected)}.",)
    )


def _explain_too_many(signature: Signature, given: Given) -> Finding | None:
    surplus = len(given.positional) - len(signature.positional)
    if surplus <= 0 or signature.takes_more:
        return None
    takes = count(len(signature.positional), "argument")
    names = f" ({join_code(signature.positional)})" if signature.positional else ""
    hints = [f"Leave {count(surplus, 'argument')} out."]
    if signature.keyword_only:
        hints.append(f"{join_code(signature.keyword_only)} can only be given by name.")
    return Finding(
        f"{code(signature.name)} takes {takes}{names}, and here are {len(given.positional)}.", tuple(hints)
    )


def _explain_self(scene: Scene, function: Any, given: Given, signature: Signature) -> Finding | None:
    """A method whose `def` has no `self`."""
    definition = scene.find_definition(function.__func__) if type(function) is MethodType else None
    if definition is None:
        return None
    names = function.__func__.__code__.co_varnames[: function.__func__.__code__.co_argcount]
    if "self" in names or "cls" in names or signature.takes_more:
        return None
    if len(given.positional) != len(names) or set(given.keywords) - set(names):
        return None
    uses = (node.value for node in ast.walk(definition) if isinstance(node, ast.Attribute))
    if any(isinstance(owner, ast.Name) and owner.id in names[:1] for owner in uses):
        # It may well be the object, under another name.
        return None
    corrected = f"def {signature.name}({', '.join(['self', *names])}):"
    return Finding(
        f"The object itself is the first argument of {code(signature.name)}, which has no parameter for it.",
        (f"Put `self` first: {code(corrected)}.",),
    )


def _explain_constructor(function: Any, given: Given) -> Finding | None:
    """A class without `__init__` that is called with arguments."""
    if not (given.positional or given.keywords) or not _is_plain(function):
        return None
    title = f"The class {code(function.__name__)} takes no arguments: it has no `__init__`."
    mistyped = _mistyped_constructors(function)
    if mistyped:
        return Finding(title, (f"Did you mean `__init__` by {code(mistyped[0])}?",))
    return Finding(title, ("Define `def __init__(self, …):` in it.",))


def _mistyped_constructors(kind: type) -> list[str]:
    if not _is_plain(kind):
        return []
    own = [name for name in attribute_names(kind) if type(find_member(kind, name)) is FunctionType]
    return [name for name in own if name.strip("_") in ("init", "int", "inti", "iint", "init_")]


def _is_plain(kind: type) -> bool:
    return all(find_member(kind, name) is object.__dict__[name] for name in ("__init__", "__new__"))


def _names_self(function: FunctionType) -> bool:
    return function.__code__.co_varnames[:1] == ("self",)
