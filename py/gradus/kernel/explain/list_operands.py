"""Explains arithmetic with lists, which Python's lists don't do."""

from __future__ import annotations

from typing import Any

from gradus.kernel.explain.describe_values import is_number, kind_of, say_kind
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Spot
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.shapes import wrap

_ARITHMETIC = ("+", "-", "*", "/", "//", "%", "**")
_COMPARISONS = ("<", "<=", ">", ">=")
_SEQUENCES = (list, tuple)


def explain_list(spot: Spot, left: tuple[str, Any], sign: str, right: tuple[str, Any]) -> Finding | None:
    """`a * 1.5`, `a - b`, `a + 1`, `a ** 2`, `a < 3`: how each item gets its turn."""
    first, second = kind_of(left[1]) in _SEQUENCES, kind_of(right[1]) in _SEQUENCES
    if first and second:
        return _explain_two(spot, left, sign, right)
    if not first and not second:
        return None
    (name, items), (other, value) = (left, right) if first else (right, left)
    if not is_number(value) or sign not in (*_ARITHMETIC, *_COMPARISONS):
        return None
    each = f"item {sign} {wrap(other)}" if first else f"{wrap(other)} {sign} item"
    whole = (
        f"{_array(spot, name)} {sign} {wrap(other)}"
        if first
        else f"{wrap(other)} {sign} {_array(spot, name)}"
    )
    hints = []
    if kind_of(items) is list and sign == "+" and first:
        hints.append(f"To add an item at the end: {code(f'{name} + [{other}]')}.")
    if items and all(is_number(item) for item in items):
        hints.append(f"For each item: {code(f'[{each} for item in {name}]')}.")
        if spot.numpy_name:
            hints.append(f"As an array: {code(whole)}.")
    if not hints:
        return None
    what = "repeats a list a whole number of times" if sign == "*" else "doesn't work item by item"
    title = f"{code(name)} is {say_kind(items)} and {code(other)} a number: `{sign}` {what}."
    return Finding(title, tuple(hints))


def _explain_two(spot: Spot, left: tuple[str, Any], sign: str, right: tuple[str, Any]) -> Finding | None:
    (a, first), (b, second) = left, right
    if sign == "+" and kind_of(first) is not kind_of(second):
        return Finding(
            f"{code(a)} is {say_kind(first)}, {code(b)} {say_kind(second)}: `+` joins two of one kind.",
            (f"{code(f'list({a}) + list({b})')} makes one list of both.",),
        )
    if sign not in _ARITHMETIC or not all(is_number(item) for item in (*first, *second)):
        return None
    hints = []
    if len(first) == len(second) > 0:
        hints.append(f"For each pair: {code(f'[u {sign} v for u, v in zip({a}, {b})]')}.")
        if spot.numpy_name:
            hints.append(f"As arrays: {code(f'{_array(spot, a)} {sign} {_array(spot, b)}')}.")
    hints = hints or [f"They have {len(first)} and {len(second)} items, so the items don't pair up either."]
    return Finding(
        f"{code(a)} and {code(b)} are lists, and `{sign}` doesn't work on lists item by item.", tuple(hints)
    )


def _array(spot: Spot, name: str) -> str:
    return f"{spot.numpy_name}.array({name})"
