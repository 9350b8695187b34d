"""Explains operators between an array and something that isn't numbers."""

from __future__ import annotations

import ast

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import find_numpy, is_array, is_function, kind_of
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nothing import explain_nothing, is_nothing
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.signs import sign_of


def explain_array_operands(scene: Scene) -> Finding | None:
    """`a + "1"`, `a * None`, an array of texts times 2."""
    spot, node = scene.spot, scene.spot.node
    if find_numpy() is None or not scene.is_direct or not isinstance(node, ast.BinOp):
        return None
    sign = sign_of(node.op)
    sides = (node.left, node.right)
    values = [spot.find(side) for side in sides]
    if not any(is_array(value) for value in values):
        return None
    for side, value in zip(sides, values, strict=True):
        if is_nothing(scene, side):
            return explain_nothing(scene, side, f"and `{sign}` doesn't work on that")
        if is_function(value):
            return Finding(
                f"{code(spot.quote(side))} is the function itself, and `{sign}` needs what it gives.",
                (f"Call it: {code(f'{spot.quote(side)}(…)')}.",),
            )
        if _is_text(value):
            return _explain_text(spot, side, value, sign)
    return None


def _is_text(value: object) -> bool:
    if value is UNKNOWN:
        return False
    return kind_of(value) is str or (is_array(value) and value.dtype.kind == "U")  # type: ignore[attr-defined]


def _explain_text(spot: Spot, node: ast.AST, value: object, sign: str) -> Finding | None:
    text = spot.quote(node)
    if is_array(value):
        hint = f"If they all look like numbers, {code(f'{text}.astype(float)')} makes them numbers."
        return Finding(f"{code(text)} is an array of texts, and `{sign}` needs numbers.", (hint,))
    hint = f"If it looks like a number, {code(f'float({text})')} makes it one."
    return Finding(f"{code(text)} is text, and `{sign}` on an array needs numbers.", (hint,))
