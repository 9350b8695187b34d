"""Explains operators between things that they don't work on: None, text and numbers, lists, functions."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from gradus.kernel.explain.array_operands import explain_array_operands
from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import is_array, is_function, is_number, kind_of, say_kind
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.list_operands import explain_list
from gradus.kernel.explain.nothing import explain_nothing, is_nothing
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.shapes import wrap
from gradus.kernel.explain.signs import sign_of

__all__ = ["explain_array_operands", "explain_operands"]


@dataclass(frozen=True)
class Side:
    """One operand: the reader's expression, its text, its value if that is known."""

    node: ast.expr
    text: str
    value: Any


def explain_operands(scene: Scene) -> Finding | None:
    """`y + 1` with `y` None, `"3" + 4`, `[1, 2] * 1.5`, `f + 1` with `f` a function."""
    spot = scene.spot
    found = _find_operation(spot)
    if not scene.is_direct or found is None:
        return None
    left, sign, right = found
    sides = [side for side in (left, right) if side is not None]
    if any(is_array(side.value) for side in sides):
        return None
    for side in sides:
        if is_nothing(scene, side.node):
            return explain_nothing(scene, side.node, f"and `{sign}` doesn't work on that")
    for side in sides:
        if is_function(side.value):
            return Finding(
                f"{code(side.text)} is the function itself, and `{sign}` needs what it gives.",
                (f"Call it: {code(f'{side.text}(…)')}.",),
            )
    if left is None or right is None:
        return _explain_unary(sign, sides[0])
    return _explain_text(spot, left, sign, right) or explain_list(
        spot, (left.text, left.value), sign, (right.text, right.value)
    )


def _find_operation(spot: Spot) -> tuple[Side | None, str, Side | None] | None:
    """The operands and the sign between them; the left one is None for a sign in front."""
    node = spot.node
    pair: tuple[ast.expr | None, ast.AST, ast.expr] | None = None
    if isinstance(node, ast.BinOp):
        pair = node.left, node.op, node.right
    elif isinstance(node, ast.AugAssign):
        pair = node.target, node.op, node.value
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        pair = node.left, node.ops[0], node.comparators[0]
    elif isinstance(node, ast.UnaryOp):
        pair = None, node.op, node.operand
    if pair is None or not sign_of(pair[1]):
        return None
    left, operation, right = pair
    sides = [
        None if part is None else Side(part, spot.quote(part), spot.find(part)) for part in (left, right)
    ]
    return sides[0], sign_of(operation), sides[1]


def _explain_unary(sign: str, side: Side) -> Finding | None:
    if kind_of(side.value) is list and sign == "-" and all(is_number(item) for item in side.value):
        return Finding(
            f"{code(side.text)} is a list, and a list has no negative.",
            (f"Turn the sign of each item: {code(f'[-item for item in {side.text}]')}.",),
        )
    if kind_of(side.value) is str:
        return _explain_number_as_text(side, f"`{sign}` needs a number")
    return None


def _explain_text(spot: Spot, left: Side, sign: str, right: Side) -> Finding | None:
    """Text on one side."""
    text, other = (left, right) if kind_of(left.value) is str else (right, left)
    if kind_of(text.value) is not str or other.value is UNKNOWN:
        return None
    if kind_of(other.value) is str:
        if sign in ("-", "/", "**", "//") and _reads_as_number(text.value) and _reads_as_number(other.value):
            return _explain_number_as_text(text, f"like {code(other.text)}, and `{sign}` needs numbers")
        return None
    if sign == "*" and is_number(other.value):
        return _explain_number_as_text(
            text, f"`*` repeats a text a whole number of times, and {code(other.text)} isn't one"
        )
    if not is_number(other.value) and kind_of(other.value) is not bool:
        if sign != "+":
            return None
        hint = f"{code(f'str({other.text})')} makes it text."
        return Finding(
            f"{code(text.text)} is text, and {code(other.text)} is {say_kind(other.value)}.", (hint,)
        )
    finding = _explain_number_as_text(text, f"and {code(other.text)} is a number")
    if finding is not None or sign != "+":
        return finding
    before, after = ("{" + side.text + "}" if side is other else _unquote(side) for side in (left, right))
    hints = [f"{code(f'str({other.text})')} makes the number text."]
    if '"' not in before + after and isinstance(
        spot.parents.get(spot.node or left.node), ast.stmt | ast.Call
    ):
        formatted = f'f"{before}{after}"'
        hints.insert(0, f"An f-string puts it in: {code(formatted)}.")
    return Finding(
        f"{code(text.text)} is text and {code(other.text)} is a number: `+` can't join them.", tuple(hints)
    )


def _explain_number_as_text(side: Side, why: str) -> Finding | None:
    if not _reads_as_number(side.value):
        return None
    function = "int" if side.value.strip().lstrip("+-").isdecimal() else "float"
    return Finding(
        f"{code(side.text)} is text, even if it looks like a number, {why}.",
        (f"{code(f'{function}({side.text})')} makes it a number.",),
    )


def _reads_as_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.strip()[-1:].isdecimal()


def _unquote(side: Side) -> str:
    """What to put into an f-string for a side: a written text itself, anything else in braces."""
    is_plain = isinstance(side.node, ast.Constant) and not set("{}\\\"'\n") & set(side.value)
    return side.value if is_plain else "{" + wrap(side.text) + "}"
