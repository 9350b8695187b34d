"""Explains element-wise operations on arrays of different sizes: `a + b`, `a < b`, `np.maximum(a, b)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from gradus.kernel.explain.describe_values import find_numpy
from gradus.kernel.explain.drawing import Drawing, Shape, Side, make_rectangle
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.shapes import Operand, broadcast_shapes, find_operand, transpose, wrap
from gradus.kernel.explain.signs import sign_of

_SHAPE = re.compile(r"\(((?:\d+,)*\d*)\)")


def explain_broadcasting(scene: Scene) -> Finding | None:
    """`a + b` where sizes differ and neither is 1: which side is in the way, and which changes would do."""
    if find_numpy() is None or not scene.is_direct:
        return None
    spot = scene.spot
    found = _find_operation(spot, scene.message)
    if found is None:
        return None
    left, right, sign = found
    result = broadcast_shapes(left.shape, right.shape)
    if result is not None:
        return _explain_in_place(spot, left, right, sign, result)
    if not _agrees(scene.message, left, right):
        return None
    axis = _find_conflict(left.shape, right.shape)
    side: Side = "columns" if axis == -1 else "rows"
    parts = tuple(make_rectangle(o.text, o.shape, side if axis >= -2 else None) for o in (left, right))
    title = (
        f"{_say_operation(spot, left, right, sign)} pairs entries, but along {_say_axis(left, right, axis)} "
        f"{code(left.text)} has {left.shape[axis]} and {code(right.text)} has {right.shape[axis]}."
    )
    hints = list(_suggest(left, right, sign)) or [
        f"Check how {code(left.text)} and {code(right.text)} were made: sizes must be equal, or 1."
    ]
    return Finding(title, tuple(hints), Drawing(parts, sign))


def _find_operation(spot: Spot, message: str) -> tuple[Operand, Operand, str] | None:
    """Both operands, at least one of them an array, and the sign between them."""
    node, sign = spot.node, ""
    pair: tuple[ast.AST, ast.AST] | None = None
    if isinstance(node, ast.BinOp):
        pair, sign = (node.left, node.right), sign_of(node.op)
    elif isinstance(node, ast.AugAssign):
        pair, sign = (node.target, node.value), sign_of(node.op) + "="
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        pair, sign = (node.left, node.comparators[0]), sign_of(node.ops[0])
    elif isinstance(node, ast.Call) and len(node.args) == 2 and _is_elementwise(spot, node.func):
        pair, sign = (node.args[0], node.args[1]), ","
    if pair is None or sign in ("", "=", "@", "@="):
        return None
    # What a call gives isn't known, but NumPy tells its shape.
    told = _shapes_in(message)
    sides = []
    for node, shape in zip(pair, told[:2] or (None, None), strict=False):
        side = find_operand(spot, node)
        if side is None and shape is not None and isinstance(node, ast.Call):
            side = Operand(spot.quote(node), shape, True)
        sides.append(side)
    left, right = sides
    if left is None or right is None or not (left.is_array or right.is_array or sign == ","):
        return None
    return left, right, sign


def _is_elementwise(spot: Spot, function: ast.AST) -> bool:
    value, numpy = spot.find(function), find_numpy()
    return type(value) is numpy.ufunc and value.nin == 2 and value.signature is None


def _agrees(message: str, left: Operand, right: Operand) -> bool:
    """Whether NumPy's message speaks of the same shapes: then this operation is the one that failed."""
    return _shapes_in(message)[:2] == [left.shape, right.shape]


def _shapes_in(message: str) -> list[Shape]:
    if not message.startswith("operands could not be broadcast together with shapes"):
        return []
    return [tuple(int(size) for size in text.split(",") if size) for text in _SHAPE.findall(message)]


def _find_conflict(left: Shape, right: Shape) -> int:
    """The last axis, counted from the end, along which the sizes don't fit."""
    for axis in range(-1, -1 - min(len(left), len(right)), -1):
        if left[axis] != right[axis] and 1 not in (left[axis], right[axis]):
            return axis
    raise ValueError("the shapes fit")


def _say_operation(spot: Spot, left: Operand, right: Operand, sign: str) -> str:
    node = spot.node
    if isinstance(node, ast.Call):
        return f"`{spot.quote(node.func)}`"
    return code(f"{wrap(left.text)} {sign} {wrap(right.text)}")


def _say_axis(left: Operand, right: Operand, axis: int) -> str:
    if len(left.shape) == len(right.shape) == 1:
        return "their only axis"
    return "the last axis" if axis == -1 else f"axis {axis}"


def _suggest(left: Operand, right: Operand, sign: str) -> Iterator[str]:
    """Changes that would work, each with the shape that comes out."""
    a, b = wrap(left.text), wrap(right.text)
    plain = sign if sign != "," else "and"
    changes: list[tuple[str, Shape, Shape]] = []
    for operand, text in ((right, b), (left, a)):
        if not operand.is_array:
            continue
        if len(operand.shape) == 2:
            changes.append((transpose(operand.text), *_replace(left, right, operand, operand.shape[::-1])))
        if len(operand.shape) == 1 and max(len(left.shape), len(right.shape)) == 2:
            changes.append((f"{text}[:, None]", *_replace(left, right, operand, (*operand.shape, 1))))
    for text, first, second in changes:
        result = broadcast_shapes(first, second)
        keeps = sign.endswith("=") and sign not in ("==", "<=", ">=", "!=")
        if result is None or (keeps and result != left.shape):
            continue
        whole = f"{text} {plain} {b}" if second == right.shape else f"{a} {plain} {text}"
        yield f"`{whole}` would work: its shape is {result}."
    if len(left.shape) == len(right.shape) == 1:
        yield "Both need the same number of entries: see how the two were made."
        if left.is_array and not sign.endswith("=") and sign != ",":
            both = (left.shape[0], right.shape[0])
            yield f"To combine each with each, `{a}[:, None] {sign} {b}` gives a table of shape {both}."


def _replace(left: Operand, right: Operand, changed: Operand, shape: Shape) -> tuple[Shape, Shape]:
    return (shape, right.shape) if changed is left else (left.shape, shape)


def _explain_in_place(spot: Spot, left: Operand, right: Operand, sign: str, result: Shape) -> Finding | None:
    """`a += c` where the sum is larger than `a`."""
    if not isinstance(spot.node, ast.AugAssign) or result == left.shape or not left.is_array:
        return None
    if not left.shape and not result:
        return None
    whole = f"{left.text} = {left.text} {sign[:-1]} {wrap(right.text)}"
    drawing = Drawing((make_rectangle(left.text, left.shape), make_rectangle(right.text, right.shape)), sign)
    return Finding(
        f"`{sign}` writes into {code(left.text)}, which has shape {left.shape}; the result has {result}.",
        (f"{code(whole)} makes a new array instead.",),
        drawing,
    )
