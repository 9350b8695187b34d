"""Explains keys that a dictionary doesn't have, and positions beyond the end of a list."""

from __future__ import annotations

import ast
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import describe, kind_of
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nearest import find_nearest
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import ask, code, count, join_code, pluralize
from gradus.kernel.explain.visible import ancestors_of

_SEQUENCES: dict[type, str] = {list: "item", tuple: "item", str: "character", range: "number"}
_MAX_KEYS = 8


def explain_key(scene: Scene) -> Finding | None:
    """`d["alhpa"]`: the nearest key, or all of them if they are few."""
    spot, node = scene.spot, scene.spot.node
    owner = _find_owner(node, "pop")
    arguments = BaseException.__dict__["args"].__get__(scene.error)
    if owner is None or not scene.is_direct or len(arguments) != 1:
        return None
    table, key = spot.find(owner), arguments[0]
    if kind_of(table) is not dict or kind_of(key) not in (str, int, float, bool, type(None)) or key in table:
        return None
    name = code(spot.quote(owner))
    if not table:
        return Finding(
            f"The dictionary {name} is empty, so it has no key {code(describe(key))}.",
            (f"Fill {name} first.",),
        )
    hints = _suggest_key(table, key, spot.quote(owner))
    if len(table) <= _MAX_KEYS and all(kind_of(other) in (str, int, float, bool) for other in table):
        hints.append(f"Its keys are {join_code([describe(other) for other in table])}.")
    else:
        hints.append(
            f"{code(f'{spot.quote(owner)}.get({describe(key)})')} gives `None` where there is no such key."
        )
    return Finding(f"The dictionary {name} has no key {code(describe(key))}.", tuple(hints))


def explain_index(scene: Scene) -> Finding | None:
    """`x[3]` of a list with three items."""
    spot, node = scene.spot, scene.spot.node
    owner = _find_owner(node, "pop")
    if owner is None or not scene.is_direct:
        return None
    value = spot.find(owner)
    word = _SEQUENCES.get(kind_of(value))
    if word is None:
        return None
    name = code(spot.quote(owner))
    if len(value) == 0:
        return Finding(
            f"{name} is empty: it has no {word} to take.", (f"Check with `if {spot.quote(owner)}:` first.",)
        )
    index = spot.find(node.slice) if isinstance(node, ast.Subscript) else _find_argument(spot, node)
    if kind_of(index) is not int or -len(value) <= index < len(value):
        return None
    title = f"{name} has {count(len(value), word)}, so there is no {code(_say_index(spot, node, index))}."
    return Finding(title, tuple(_suggest_index(spot, node, value, index, spot.quote(owner), word)))


def _find_owner(node: ast.AST | None, method: str) -> ast.expr | None:
    """What is asked for an item: `x` in `x[3]` and in `x.pop(3)`."""
    if isinstance(node, ast.Subscript):
        return node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
        return node.func.value
    return None


def _find_argument(spot: Spot, node: ast.AST | None) -> Any:
    return spot.find(node.args[0]) if isinstance(node, ast.Call) and len(node.args) == 1 else UNKNOWN


def _suggest_key(table: dict[Any, Any], key: Any, owner: str) -> list[str]:
    if kind_of(key) is str:
        found = find_nearest(key, table, limit=2)
        if found:
            return [ask([repr(name) for name in found])]
        if key.lstrip("-").isdecimal() and int(key) in table:
            return [f"The keys are numbers, not texts: {code(f'{owner}[{int(key)}]')}."]
    if kind_of(key) is int and str(key) in table:
        return [f"The keys are texts, not numbers: {code(f'{owner}[{str(key)!r}]')}."]
    return []


def _say_index(spot: Spot, node: ast.AST | None, index: int) -> str:
    quoted = spot.quote(node) if node is not None else ""
    if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Constant):
        return f"{spot.quote(node.value)}[{index}]"
    return quoted


def _suggest_index(
    spot: Spot, node: ast.AST | None, value: Any, index: int, owner: str, word: str
) -> list[str]:
    last = len(value) - 1
    hints = []
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and kind_of(value) is list:
        hints.append(f"{code(f'{owner}.append(…)')} makes the list longer.")
    loop = _find_loop(spot, node)
    if loop:
        hints.append(loop)
    if index < 0:
        hints.append(f"Counted from the end, the {pluralize(word)} are `-1` to `{-len(value)}`.")
    elif last == 0:
        hints.append(f"Counting starts at 0, so the only {word} is {code(f'{owner}[0]')}.")
    else:
        hints.append(
            f"Counting starts at 0: the last {word} is {code(f'{owner}[{last}]')}, or {code(f'{owner}[-1]')}."
        )
    return hints


def _find_loop(spot: Spot, node: ast.AST | None) -> str:
    """`x[i + 1]` in a loop over `range(len(x))`: how far the loop may go."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.BinOp):
        return ""
    step = node.slice
    if not isinstance(step.op, ast.Add) or not isinstance(step.left, ast.Name):
        return ""
    ahead = spot.find(step.right)
    for outer in ancestors_of(node, spot.parents):
        if (
            isinstance(outer, ast.For)
            and isinstance(outer.target, ast.Name)
            and outer.target.id == step.left.id
        ):
            owner = spot.quote(node.value)
            if spot.quote(outer.iter) == f"range(len({owner}))" and kind_of(ahead) is int and ahead > 0:
                return f"The loop goes one too far for that: {code(f'range(len({owner}) - {ahead})')}."
            return ""
    return ""
