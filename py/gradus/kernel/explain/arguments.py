"""Explains arguments of the wrong kind: `math.sqrt` of a list, `range` of a float, `int` of a list."""

from __future__ import annotations

import ast
from types import BuiltinFunctionType
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import (
    find_numpy,
    is_array,
    is_function,
    is_number,
    kind_of,
    say_kind,
)
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nothing import explain_nothing, is_nothing
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code

_LISTS = (list, tuple, range)
_CONVERSIONS = ("int", "float", "abs", "round")


def explain_argument(scene: Scene) -> Finding | None:
    """One argument of a function of Python's that needs a single number."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or not isinstance(node, ast.Call) or node.keywords or not node.args:
        return None
    if any(isinstance(argument, ast.Starred) for argument in node.args):
        return None
    if spot.lookup.is_builtin(node.func, "range"):
        return _explain_range(scene, node)
    function = spot.find(node.func)
    is_math = type(function) is BuiltinFunctionType and function.__module__ == "math"
    if not is_math and not (spot.lookup.is_builtin(node.func, *_CONVERSIONS) and len(node.args) == 1):
        return None
    for argument in node.args:
        finding = _explain_number(scene, node, argument, is_math)
        if finding is not None:
            return finding
    return None


def _explain_number(scene: Scene, node: ast.Call, argument: ast.expr, is_math: bool) -> Finding | None:
    spot = scene.spot
    name, text, value = spot.quote(node.func), spot.quote(argument), spot.find(argument)
    if is_nothing(scene, argument):
        return explain_nothing(scene, argument, f"and `{name}` needs a number")
    title = f"{code(name)} takes one number, and {code(text)} is {say_kind(value)}."
    if is_array(value) and value.size != 1:
        return Finding(title, _suggest_for_array(spot, node, name, text, is_math))
    if kind_of(value) in _LISTS:
        if not len(value) or not all(is_number(item) for item in value):
            return (
                Finding(title, (f"Give it one item, such as {code(f'{text}[0]')}.",)) if len(value) else None
            )
        each = code(f"[{name}(item) for item in {text}]")
        alone = (f"For each item: {each}.",) if len(node.args) == 1 else ()
        return Finding(title, alone) if alone else None
    if is_function(value):
        return Finding(title, (f"Call it: {code(f'{name}({text}(…))')}.",))
    if kind_of(value) is str and (is_math or name in ("abs", "round")):
        try:
            float(value)
        except ValueError:
            return None
        return Finding(title, (f"{code(f'float({text})')} makes it a number.",))
    return None


def _suggest_for_array(spot: Spot, node: ast.Call, name: str, text: str, is_math: bool) -> tuple[str, ...]:
    numpy, function = find_numpy(), name.rpartition(".")[2]
    if name in ("int", "float"):
        return (
            f"For every entry: {code(f'{text}.astype({name})')}.",
            f"For one: {code(f'{name}({text}[0])')}.",
        )
    other = vars(numpy).get(function)
    if spot.numpy_name and len(node.args) == 1 and type(other) is numpy.ufunc:
        return (f"NumPy has one for arrays: {code(f'{spot.numpy_name}.{function}({text})')}.",)
    return (f"Give it one entry, such as {code(f'{text}[0]')}.",)


def explain_sum(scene: Scene) -> Finding | None:
    """`sum` of a list in which something isn't a number."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords:
        return None
    items = spot.find(node.args[0])
    if not spot.lookup.is_builtin(node.func, "sum") or kind_of(items) not in (list, tuple):
        return None
    wrong = next((i for i, item in enumerate(items) if kind_of(item) in (str, list, tuple, type(None))), None)
    if wrong is None or not all(is_number(item) for item in items[:wrong]):
        return None
    text = spot.quote(node.args[0])
    place = f"{text}[{wrong}]" if text.isidentifier() else f"item {wrong}"
    hints = [
        f"See how {code(place)} came in." if text.isidentifier() else "Leave it out, or make it a number."
    ]
    if kind_of(items[wrong]) is str and text.isidentifier():
        hints = [f"If all are numbers written as text: {code(f'sum(float(item) for item in {text})')}."]
    what = code(place) if text.isidentifier() else f"Item {wrong}"
    return Finding(f"{what} is {say_kind(items[wrong])}, and `sum` adds numbers.", tuple(hints))


def _explain_range(scene: Scene, node: ast.Call) -> Finding | None:
    """`range(n / 2)`, `range(x)` with `x` a list."""
    spot = scene.spot
    for argument in node.args:
        text, value = spot.quote(argument), spot.find(argument)
        if isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Div) and not is_array(value):
            whole = f"{spot.quote(argument.left)} // {spot.quote(argument.right)}"
            return Finding(
                f"`range` counts whole numbers, and {code(text)} is a float: `/` always gives one.",
                (f"`//` gives a whole number: {code(whole)}.",),
            )
        if is_nothing(scene, argument):
            return explain_nothing(scene, argument, "and `range` needs a whole number")
        finding = _explain_range_value(text, value)
        if finding is not None:
            return finding
    return None


def _explain_range_value(text: str, value: Any) -> Finding | None:
    if value is UNKNOWN or kind_of(value) is int or kind_of(value) is bool:
        return None
    if kind_of(value) is float or (is_number(value) and not hasattr(value, "__index__")):
        return Finding(
            f"`range` counts whole numbers, and {code(text)} is {say_kind(value)}.",
            (f"{code(f'int({text})')} makes it one.",),
        )
    if kind_of(value) in (list, tuple, str, dict) or (is_array(value) and value.ndim):
        return Finding(
            f"`range` counts whole numbers, and {code(text)} is {say_kind(value)}.",
            (
                f"To go over its items: {code(f'for item in {text}')}.",
                f"To count them: {code(f'range(len({text}))')}.",
            ),
        )
    if kind_of(value) is str:
        return Finding(
            f"`range` counts whole numbers, and {code(text)} is text.",
            (f"{code(f'int({text})')} makes it a number.",),
        )
    return None
