"""Shapes of arrays, and of expressions over them, worked out by NumPy's rules without computing anything."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import NUMBERS, is_array, is_number, kind_of
from gradus.kernel.explain.drawing import Shape
from gradus.kernel.explain.made_arrays import find_made_shape
from gradus.kernel.explain.scene import Spot

_MAX_DEPTH = 4
_MAX_ROWS = 2_000
_OPERATIONS = (
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow),
    *(ast.MatMult, ast.BitAnd, ast.BitOr),
)


@dataclass(frozen=True)
class Operand:
    """What is known of one side: how the reader wrote it, its shape, whether it is an array already."""

    text: str
    shape: Shape
    is_array: bool

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        size = 1
        for length in self.shape:
            size *= length
        return size


def find_operand(spot: Spot, node: ast.AST) -> Operand | None:
    """The operand that an expression is, or None where its shape can't be known."""
    value = spot.find(node)
    if value is not UNKNOWN:
        shape = shape_of_value(value)
        return None if shape is None else Operand(spot.quote(node), shape, is_array(value))
    shape = _infer(spot, node)
    return None if shape is None else Operand(spot.quote(node), shape, True)


def shape_of_value(value: Any, depth: int = 0) -> Shape | None:
    """The shape NumPy would give a value: of an array, a number, or evenly nested lists of numbers."""
    if is_array(value):
        return tuple(value.shape)
    if is_number(value) or kind_of(value) is bool:
        return ()
    if kind_of(value) not in (list, tuple, range) or depth == _MAX_DEPTH or len(value) > _MAX_ROWS:
        return None
    if kind_of(value) is range or all(kind_of(item) in NUMBERS for item in value):
        return (len(value),)
    shapes = {shape_of_value(item, depth + 1) for item in value}
    inner = shapes.pop()
    return None if shapes or inner is None else (len(value), *inner)


def multiply_shapes(left: Shape, right: Shape) -> Shape | None:
    """The shape of a matrix product; None if there is none."""
    if not left or not right or left[-1] != right[-2 if len(right) > 1 else 0]:
        return None
    batch = broadcast_shapes(left[:-2], right[:-2])
    return None if batch is None else batch + left[-2:-1] + (right[-1:] if len(right) > 1 else ())


def broadcast_shapes(left: Shape, right: Shape) -> Shape | None:
    """The shape of an element-wise operation; None if the two don't fit."""
    longer = max(len(left), len(right))
    padded = [(1,) * (longer - len(shape)) + shape for shape in (left, right)]
    if any(a != b and 1 not in (a, b) for a, b in zip(*padded, strict=True)):
        return None
    return tuple(b if a == 1 else a for a, b in zip(*padded, strict=True))


def wrap(text: str) -> str:
    """The text of an expression, in parentheses if something is to be put behind it."""
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return f"({text})"
    simple = isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call | ast.List | ast.Constant)
    return text if simple else f"({text})"


def transpose(text: str) -> str:
    """The text for an expression's transpose."""
    return text.removesuffix(".T") if text.endswith(".T") else f"{wrap(text)}.T"


def _infer(spot: Spot, node: ast.AST) -> Shape | None:
    """The shape of an expression that has at least one array in it."""
    if isinstance(node, ast.Call):
        return find_made_shape(spot, node)
    if isinstance(node, ast.UnaryOp):
        return _shape_of_array(spot, node.operand)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        shape = _shape_of_array(spot, node.value)
        return None if shape is None else shape[::-1]
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _combine(spot, node.left, node.comparators[0], product=False)
    if isinstance(node, ast.BinOp) and isinstance(node.op, _OPERATIONS):
        return _combine(spot, node.left, node.right, isinstance(node.op, ast.MatMult))
    return None


def _combine(spot: Spot, left: ast.AST, right: ast.AST, product: bool) -> Shape | None:
    sides = find_operand(spot, left), find_operand(spot, right)
    if sides[0] is None or sides[1] is None or not (sides[0].is_array or sides[1].is_array):
        return None
    return (multiply_shapes if product else broadcast_shapes)(sides[0].shape, sides[1].shape)


def _shape_of_array(spot: Spot, node: ast.AST) -> Shape | None:
    operand = find_operand(spot, node)
    return operand.shape if operand is not None and operand.is_array else None
