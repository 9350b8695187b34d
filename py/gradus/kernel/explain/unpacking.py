"""Explains unpacking with too many or too few names: `w, b = fit(X, y)` where `fit` returns three values."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import describe, is_array, kind_of
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.lookup import SIZED
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.scopes import Function, returns_of
from gradus.kernel.explain.sentences import code, count

_MAX_SEARCHED = 100_000


@dataclass(frozen=True)
class Unpacked:
    """Names on the left and what they are to be filled from: one thing, or in a loop each item of it."""

    target: ast.Tuple | ast.List
    source: ast.expr
    in_loop: bool


def find_unpacked(spot: Spot) -> Unpacked | None:
    """The unpacking that was at work."""
    target = spot.node
    if not isinstance(target, ast.Tuple | ast.List) or not isinstance(target.ctx, ast.Store):
        return None
    outer = spot.parents.get(target)
    if isinstance(outer, ast.Assign):
        return Unpacked(target, outer.value, False)
    if isinstance(outer, ast.For | ast.comprehension) and outer.target is target:
        return Unpacked(target, outer.iter, True)
    return None


def explain_unpacking(scene: Scene) -> Finding | None:
    """How many values there are, how many names, and how the two could meet."""
    found = find_unpacked(scene.spot) if scene.is_direct else None
    if found is None or any(isinstance(name, ast.Starred) for name in found.target.elts):
        return None
    if found.in_loop:
        return _explain_loop(scene.spot, found)
    return _explain_assignment(scene, found)


def _explain_assignment(scene: Scene, found: Unpacked) -> Finding | None:
    spot, names = scene.spot, len(found.target.elts)
    value, text = spot.find(found.source), spot.quote(found.source)
    if value is UNKNOWN:
        return _explain_call(scene, found)
    size = _measure(value)
    if size is None or size == names:
        return None
    what = "character" if kind_of(value) is str else "value"
    title = f"{code(text)} has {count(size, what)}, and there are {count(names, 'name')} for them."
    return Finding(title, tuple(_suggest(spot, found, size)))


def _explain_call(scene: Scene, found: Unpacked) -> Finding | None:
    """A function of the reader's, each of whose `return`s gives the same number of values."""
    spot, names = scene.spot, len(found.target.elts)
    if not isinstance(found.source, ast.Call):
        return None
    definition = scene.find_definition(spot.find(found.source.func))
    returned = None if definition is None else _find_returned(definition)
    if definition is None or returned is None or len(returned) == names:
        return None
    values = ", ".join(ast.unparse(part) for part in returned)
    title = (
        f"{code(definition.name)} returns {count(len(returned), 'value')} ({code(values)}), "
        f"and there are {count(names, 'name')} for them."
    )
    return Finding(title, tuple(_suggest(spot, found, len(returned), returned)))


def _find_returned(definition: Function) -> list[ast.expr] | None:
    """What the function returns, if it is a tuple of one length wherever it returns."""
    returns = returns_of(definition)
    tuples = [node.value.elts for node in returns if isinstance(node.value, ast.Tuple)]
    if definition.decorator_list or not tuples or len(tuples) != len(returns):
        return None
    if len({len(parts) for parts in tuples}) != 1 or any(isinstance(p, ast.Starred) for p in tuples[0]):
        return None
    return tuples[-1]


def _suggest(spot: Spot, found: Unpacked, size: int, returned: list[ast.expr] | None = None) -> list[str]:
    names = [spot.quote(name) for name in found.target.elts]
    text = spot.quote(found.source)
    if not 0 < size <= 8:
        return [f"One name for all of them: {code(f'{names[0]} = {text}')}."]
    if len(names) > size:
        return [f"Use {count(size, 'name')}: {_assign(names[:size], text)}."]
    more = [ast.unparse(part) for part in (returned or [])[len(names) :]]
    more = [name if name.isidentifier() and name not in names else "_" for name in more]
    more = more or ["_"] * (size - len(names))
    hints = [f"Take all of them: {_assign([*names, *more], text)}."]
    if len(names) > 1:
        hints.append(f"A star takes the rest as a list: {_assign([*names[:-1], '*' + names[-1]], text)}.")
    return hints


def _assign(names: list[str], text: str) -> str:
    return code(f"{', '.join(names)} = {text}")


def _explain_loop(spot: Spot, found: Unpacked) -> Finding | None:
    names = len(found.target.elts)
    value, text = spot.find(found.source), spot.quote(found.source)
    if kind_of(value) is dict and value and all(kind_of(key) is str for key in value):
        if any(len(key) != names for key in value) and names == 2:
            return Finding(
                f"A loop over the dictionary {code(text)} gives its keys alone, and there are two names.",
                (f"For keys and values: {code(f'for {_names(spot, found)} in {text}.items()')}.",),
            )
        return None
    if kind_of(value) not in (list, tuple) or len(value) > _MAX_SEARCHED:
        return None
    sizes = [_measure(item) for item in value]
    if None in sizes:
        return None
    wrong = next((index for index, size in enumerate(sizes) if size != names), None)
    if wrong is None:
        return None
    item = value[wrong]
    title = (
        f"{code(f'{text}[{wrong}]')} has {count(sizes[wrong] or 0, 'value')}, {code(describe(item))}, "
        f"and the loop has {count(names, 'name')}."
    )
    if len(set(sizes)) == 1:
        return Finding(title, (f"Give the loop {count(sizes[0] or 0, 'name')}, one for each value.",))
    return Finding(title, (f"The items of {code(text)} differ in length: look at number {wrong}.",))


def _names(spot: Spot, found: Unpacked) -> str:
    return ", ".join(spot.quote(name) for name in found.target.elts)


def _measure(value: Any) -> int | None:
    if is_array(value) and value.ndim:
        return int(value.shape[0])
    return len(value) if kind_of(value) in SIZED else None
