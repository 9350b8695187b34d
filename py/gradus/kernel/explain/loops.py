"""Explains loops, unpacking and `len` over things that aren't made of items."""

from __future__ import annotations

import ast

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import is_function, is_number, kind_of
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nothing import explain_nothing
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.unpacking import find_unpacked

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_CONSUMERS = (
    "sum",
    "min",
    "max",
    "list",
    "tuple",
    "set",
    "sorted",
    "enumerate",
    "zip",
    "any",
    "all",
    "reversed",
)


def explain_not_iterable(scene: Scene) -> Finding | None:
    """`for i in 5`, `a, b = 3`, `len(7)`, `sum(3)`."""
    if not scene.is_direct:
        return None
    return _explain_loop(scene) or _explain_unpacked(scene) or _explain_call(scene)


def _explain_loop(scene: Scene) -> Finding | None:
    spot = scene.spot
    node = _find_iterated(spot)
    if node is None:
        return None
    nothing = explain_nothing(scene, node, "and a loop needs something with items")
    if nothing is not None:
        return nothing
    value, text = spot.find(node), spot.quote(node)
    if is_number(value):
        title = f"{code(text)} is a single number, and a loop needs something with items."
        if kind_of(value) is float:
            return Finding(title, (f"To count, use a whole number: {code(f'range(int({text}))')}.",))
        return Finding(title, (f"To count from 0 to one less than {code(text)}: {code(f'range({text})')}.",))
    if is_function(value):
        return Finding(
            f"{code(text)} is the function itself, and a loop needs what it gives.",
            (f"Call it: {code(f'{text}(…)')}.",),
        )
    return None


def _find_iterated(spot: Spot) -> ast.expr | None:
    """What the failing loop goes over. Before Python 3.12 the whole `for` is at work, since then its end."""
    node = spot.node
    if isinstance(node, ast.For):
        return node.iter
    if isinstance(node, _COMPREHENSIONS):
        # Which one of several it is can't be told.
        return node.generators[0].iter if len(node.generators) == 1 else None
    outer = spot.parents.get(node) if node is not None else None
    if isinstance(outer, ast.For | ast.comprehension) and outer.iter is node:
        return outer.iter
    return None


def _explain_unpacked(scene: Scene) -> Finding | None:
    """`for i, x in [5, 6]` and `a, b = 3`."""
    spot = scene.spot
    found = find_unpacked(spot)
    if found is None:
        return None
    nothing = explain_nothing(scene, found.source, "and can't be taken apart") if not found.in_loop else None
    if nothing is not None:
        return nothing
    value, text = spot.find(found.source), spot.quote(found.source)
    names = len(found.target.elts)
    if found.in_loop:
        if kind_of(value) in (list, tuple, range) and len(value) and all(is_number(item) for item in value):
            hints = [f"Give each item one name: {code(f'for x in {text}')}."]
            if names == 2:
                pair = ", ".join(spot.quote(name) for name in found.target.elts)
                hints.insert(0, f"To count along: {code(f'for {pair} in enumerate({text})')}.")
            return Finding(
                f"The items of {code(text)} are single numbers, and the loop has {names} names for each.",
                tuple(hints),
            )
        return None
    if is_number(value):
        return Finding(
            f"{code(text)} is a single number, and there are {names} names for it.",
            ("Give it one name.",),
        )
    return None


def _explain_call(scene: Scene) -> Finding | None:
    spot, node = scene.spot, scene.spot.node
    if not isinstance(node, ast.Call) or len(node.args) != 1 or isinstance(node.args[0], ast.Starred):
        return None
    argument = node.args[0]
    is_length = spot.lookup.is_builtin(node.func, "len")
    if not is_length and not spot.lookup.is_builtin(node.func, *_CONSUMERS):
        return None
    name = spot.quote(node.func)
    nothing = explain_nothing(scene, argument, f"and `{name}` needs something with items")
    if nothing is not None:
        return nothing
    value, text = spot.find(argument), spot.quote(argument)
    if value is UNKNOWN or not (is_number(value) or is_function(value)):
        return None
    if is_function(value):
        title = f"{code(text)} is the function itself, and {code(name)} needs what it gives."
        return Finding(title, (f"Call it: {code(f'{text}(…)')}.",))
    title = f"{code(text)} is a single number, and {code(name)} needs something with items."
    if is_length:
        return Finding(title, (f"The number of its digits would be {code(f'len(str({text}))')}.",))
    if name in ("sum", "min", "max"):
        return Finding(title, (f"Give it a list: {code(f'{name}([{text}, …])')}.",))
    return Finding(title, (f"Several numbers in a row are a range: {code(f'range({text})')}.",))
