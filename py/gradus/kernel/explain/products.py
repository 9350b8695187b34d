"""Explains matrix products whose inner sizes differ: `@`, `np.dot`, `np.matmul`, `x.dot`."""

from __future__ import annotations

import ast
import re

from gradus.kernel.explain.describe_values import find_numpy, is_array
from gradus.kernel.explain.drawing import Drawing, Shape, make_rectangle
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import count
from gradus.kernel.explain.shapes import Operand, find_operand, multiply_shapes, transpose, wrap

_FUNCTIONS = ("dot", "matmul")


def explain_product(scene: Scene) -> Finding | None:
    """`X @ w` where `X` has 2 columns and `w` 3 entries: what must agree, and which changes would do."""
    if find_numpy() is None or not scene.is_direct:
        return None
    spot = scene.spot
    sides = _find_sides(spot)
    if sides is None:
        return None
    left, right = sides
    if not (left.is_array or right.is_array):
        return None
    if not left.shape or not right.shape:
        return _explain_scalar(left, right)
    rows = -2 if len(right.shape) > 1 else 0
    if left.shape[-1] == right.shape[rows] or not _agrees(scene.message, left.shape[-1], right.shape[rows]):
        return None
    first = make_rectangle(left.text, left.shape, "columns")
    second = make_rectangle(right.text, right.shape, "rows", upright=True)
    title = (
        f"A matrix product needs equal inner sizes, but `{left.text}` has {_say_inner(left, -1)} "
        f"and `{right.text}` has {_say_inner(right, rows)}."
    )
    hints = _suggest(spot, left, right) or [
        f"Check how `{left.text}` and `{right.text}` were made: one needs another size."
    ]
    return Finding(title, tuple(hints), Drawing((first, second), "@"))


def _find_sides(spot: Spot) -> tuple[Operand, Operand] | None:
    """Both factors of the product that was at work."""
    node = spot.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return _both(spot, node.left, node.right)
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.MatMult):
        return _both(spot, node.target, node.value)
    if not isinstance(node, ast.Call) or node.keywords or not isinstance(node.func, ast.Attribute):
        return None
    owner = spot.find(node.func.value)
    if node.func.attr in _FUNCTIONS and owner is find_numpy() and len(node.args) == 2:
        return _both(spot, *node.args)
    if node.func.attr == "dot" and is_array(owner) and len(node.args) == 1:
        return _both(spot, node.func.value, node.args[0])
    return None


def _both(spot: Spot, left: ast.AST, right: ast.AST) -> tuple[Operand, Operand] | None:
    first, second = find_operand(spot, left), find_operand(spot, right)
    return None if first is None or second is None else (first, second)


def _agrees(message: str, *sizes: int) -> bool:
    """Whether NumPy's message names these sizes: then this product is the one that failed."""
    numbers = {int(number) for number in re.findall(r"\d+", message)}
    return numbers.issuperset(sizes)


def _say_inner(operand: Operand, axis: int) -> str:
    size = operand.shape[axis]
    word = "entry" if len(operand.shape) == 1 else "column" if axis == -1 else "row"
    return count(size, word)


def _suggest(spot: Spot, left: Operand, right: Operand) -> list[str]:
    """Changes that would work, each with the shape that comes out."""
    a, b = wrap(left.text), wrap(right.text)
    candidates: list[tuple[str, Shape, Shape]] = []
    if left.is_array and len(left.shape) == 2:
        candidates.append((f"{transpose(left.text)} @ {b}", left.shape[::-1], right.shape))
    if right.is_array and len(right.shape) == 2:
        candidates.append((f"{a} @ {transpose(right.text)}", left.shape, right.shape[::-1]))
    if right.is_array and len(right.shape) > 2:
        swapped = (*right.shape[:-2], right.shape[-1], right.shape[-2])
        candidates.append((f"{a} @ {b}.swapaxes(-1, -2)", left.shape, swapped))
    candidates.append((f"{b} @ {a}", right.shape, left.shape))
    if left.is_array and len(left.shape) == 1:
        candidates.append((f"{a}.reshape(-1, 1) @ {b}", (*left.shape, 1), right.shape))
    products = [(text, multiply_shapes(first, second)) for text, first, second in candidates]
    hints = [f"`{text}` would work: its shape is {shape}." for text, shape in products if shape is not None]
    numpy = spot.numpy_name
    is_column = len(right.shape) == 1 or right.shape[1:] == (1,)
    if numpy and not hints and is_column and len(left.shape) == 2 and right.shape[0] == left.shape[1] + 1:
        column = f"{numpy}.ones(len({left.text}))"
        hints.append(
            f"`{right.text}` has one entry more than `{left.text}` has columns. If it is for a bias, "
            f"add a column of ones: `{numpy}.column_stack([{column}, {left.text}])`."
        )
    return hints


def _explain_scalar(left: Operand, right: Operand) -> Finding | None:
    number = left if not left.shape else right
    return Finding(
        f"`@` multiplies matrices, and `{number.text}` is a single number.",
        (f"Multiply by a number with `*`: `{wrap(left.text)} * {wrap(right.text)}`.",),
    )
