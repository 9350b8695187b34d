"""Explains `[…]` behind things that have no items, and indices of the wrong kind."""

from __future__ import annotations

import ast
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import is_function, is_number, kind_of, say_kind
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nothing import explain_nothing
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.visible import ancestors_of

_SEQUENCES = (list, tuple, str)


def explain_subscript(scene: Scene) -> Finding | None:
    """`f[0]` of a function, `x[1.0]`, `rows["name"]`, `text[0] = "a"`."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct:
        return None
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Subscript):
        node = node.target
    if isinstance(node, ast.Subscript):
        return explain_nothing(scene, node.value, "and has no items to take with `[…]`") or _explain(
            spot, node
        )
    return _explain_unhashable(spot, node)


def _explain(spot: Spot, node: ast.Subscript) -> Finding | None:
    value, name = spot.find(node.value), spot.quote(node.value)
    if is_function(value):
        arguments = spot.quote(node.slice)
        return Finding(
            f"{code(name)} is a function, and functions have no items.",
            (f"To call it, use parentheses: {code(f'{name}({arguments})')}.",),
        )
    if is_number(value):
        return Finding(
            f"{code(name)} is a single number and has no items.",
            _suggest_for_number(spot, node, name),
        )
    if (
        kind_of(value) in _SEQUENCES
        and isinstance(node.ctx, ast.Store | ast.Del)
        and kind_of(value) is not list
    ):
        return _explain_fixed(value, name)
    if kind_of(value) in _SEQUENCES:
        return _explain_index(spot, node, value, name)
    if kind_of(value) is set:
        return Finding(
            f"{code(name)} is a set, and a set has no order, so no item number.",
            (f"{code(f'sorted({name})')} puts its items into a list.",),
        )
    if kind_of(value) is dict:
        return _explain_key(spot, node, name)
    return None


def _suggest_for_number(spot: Spot, node: ast.Subscript, name: str) -> tuple[str, ...]:
    """A loop's variable is an item already."""
    for outer in ancestors_of(node, spot.parents):
        if isinstance(outer, ast.For) and isinstance(outer.target, ast.Name) and outer.target.id == name:
            whole = spot.quote(outer.iter)
            return (f"In this loop {code(name)} is already one item of {code(whole)}: use it as it is.",)
    return (f"Use {code(name)} as it is, or see where it should have become a list.",)


def _explain_fixed(value: Any, name: str) -> Finding:
    if kind_of(value) is str:
        return Finding(
            f"{code(name)} is text, and the characters of a text can't be changed.",
            (f"Make a new text: {code(f'{name}.replace(old, new)')}, or put one together with `+`.",),
        )
    return Finding(
        f"{code(name)} is a tuple, and tuples can't be changed.",
        (f"Make it a list: {code(f'{name} = list({name})' if name.isidentifier() else f'list({name})')}.",),
    )


def _explain_index(spot: Spot, node: ast.Subscript, value: Any, name: str) -> Finding | None:
    key = node.slice
    kind = say_kind(value)
    if isinstance(key, ast.Slice):
        return _explain_slice(spot, key, name)
    index = spot.find(key)
    if isinstance(key, ast.Tuple) and len(key.elts) == 2:
        first, second = (spot.quote(part) for part in key.elts)
        inner = value[0] if len(value) else None
        hints = [f"Lists inside lists are indexed one after the other: {code(f'{name}[{first}][{second}]')}."]
        if kind_of(inner) not in _SEQUENCES:
            hints = ["Take one item at a time: one index in the brackets."]
        return Finding(f"{code(name)} is {kind}, and takes one index, not two.", tuple(hints))
    if kind_of(index) is str:
        hints = ["Items of a list are numbered, from 0; only dictionaries have names for theirs."]
        inner = value[0] if len(value) else None
        if type(inner) is dict and index in inner:
            hints = [
                f"The items of {code(name)} are dictionaries: {code(f'{name}[0][{index!r}]')} is the first's."
            ]
        return Finding(
            f"{code(name)} is {kind}, and {code(repr(index))} is not a position in it.", tuple(hints)
        )
    return _explain_fraction(spot, key, index)


def _explain_fraction(spot: Spot, key: ast.AST, index: Any) -> Finding | None:
    quoted = spot.quote(key)
    if isinstance(key, ast.BinOp) and isinstance(key.op, ast.Div):
        whole = f"{spot.quote(key.left)} // {spot.quote(key.right)}"
        return Finding(
            f"An index must be a whole number, and {code(quoted)} is a float: `/` always gives one.",
            (f"`//` gives a whole number: {code(whole)}.",),
        )
    if index is UNKNOWN or not is_number(index) or kind_of(index) is int or hasattr(index, "__index__"):
        return None
    return Finding(
        f"An index must be a whole number, and {code(quoted)} is {say_kind(index)}.",
        (f"{code(f'int({quoted})')} makes it one.",),
    )


def _explain_slice(spot: Spot, key: ast.Slice, name: str) -> Finding | None:
    for end in (key.lower, key.upper, key.step):
        if end is not None:
            finding = _explain_fraction(spot, end, spot.find(end))
            if finding is not None:
                return finding
    return None


def _explain_key(spot: Spot, node: ast.Subscript, name: str) -> Finding | None:
    key = spot.find(node.slice)
    if kind_of(key) not in (list, dict, set):
        return None
    return _say_unhashable(spot.quote(node.slice), key, f"a key of {code(name)}")


def _explain_unhashable(spot: Spot, node: ast.AST | None) -> Finding | None:
    """`{[1, 2]}` and `{[1]: 2}`."""
    parts = node.keys if isinstance(node, ast.Dict) else node.elts if isinstance(node, ast.Set) else []
    for part in parts:
        value = spot.find(part)
        if part is not None and kind_of(value) in (list, dict, set):
            return _say_unhashable(
                spot.quote(part), value, "a key" if isinstance(node, ast.Dict) else "in a set"
            )
    return None


def _say_unhashable(quoted: str, value: Any, role: str) -> Finding:
    hint = (
        f"A tuple can: {code(f'tuple({quoted})')}."
        if kind_of(value) is list
        else "Use text or a tuple instead."
    )
    return Finding(f"{code(quoted)} is {say_kind(value)}, which can change, so it can't be {role}.", (hint,))
