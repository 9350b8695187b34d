"""Explains what `np.linalg` and functions with an axis refuse."""

from __future__ import annotations

import ast

from gradus.kernel.explain.describe_values import class_name, find_numpy, find_numpy_part, is_array
from gradus.kernel.explain.drawing import Drawing, make_rectangle
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.shapes import Operand, find_operand, wrap

_SQUARE = ("inv", "det", "solve", "eig", "eigvals", "eigh", "eigvalsh", "cholesky", "matrix_power")


def explain_linear_algebra(scene: Scene) -> Finding | None:
    """A matrix that isn't square or has no inverse, sizes in `solve`, an axis that isn't there."""
    spot = scene.spot
    node, numpy = spot.node, find_numpy()
    if numpy is None or not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    if class_name(scene.error) == "AxisError":
        return _explain_axis(scene, spot, node)
    if (
        spot.find(node.func.value) is not find_numpy_part("linalg")
        or node.func.attr not in _SQUARE
        or not node.args
    ):
        return None
    matrix = find_operand(spot, node.args[0])
    if matrix is None or len(matrix.shape) != 2:
        return None
    name, function = code(matrix.text), code(spot.quote(node.func))
    rows, columns = matrix.shape
    if rows != columns:
        return Finding(
            f"{function} needs a square matrix, but {name} has shape {matrix.shape}.",
            _suggest_for_oblong(spot, node, matrix),
            Drawing((make_rectangle(matrix.text, matrix.shape, "columns"),), ""),
        )
    if node.func.attr == "solve" and len(node.args) == 2:
        return _explain_solve(spot, node, matrix)
    if node.func.attr == "inv" and "ingular" in scene.message:
        return Finding(
            f"{name} has no inverse: its rows depend on each other.",
            (
                f"`{spot.numpy_name}.linalg.matrix_rank({matrix.text})` says how many rows are independent.",
                f"`{spot.numpy_name}.linalg.pinv({matrix.text})` gives the nearest thing to an inverse.",
            ),
        )
    return None


def _suggest_for_oblong(spot: Spot, node: ast.Call, matrix: Operand) -> tuple[str, ...]:
    assert isinstance(node.func, ast.Attribute)
    linalg = spot.quote(node.func.value)
    if node.func.attr == "solve" and len(node.args) == 2:
        return (f"`{linalg}.lstsq({matrix.text}, {spot.quote(node.args[1])})` finds the best fit instead.",)
    if node.func.attr == "inv":
        text = wrap(matrix.text)
        return (
            f"`{linalg}.pinv({matrix.text})` gives the nearest thing to an inverse.",
            f"`{text}.T @ {text}` is square.",
        )
    return (f"`{wrap(matrix.text)}.T @ {wrap(matrix.text)}` is square.",)


def _explain_solve(spot: Spot, node: ast.Call, matrix: Operand) -> Finding | None:
    right = find_operand(spot, node.args[1])
    if right is None or not right.shape or len(right.shape) > 2 or right.shape[0] == matrix.shape[0]:
        return None
    return Finding(
        f"{code(matrix.text)} has {matrix.shape[0]} rows, and {code(right.text)} has {right.shape[0]}: "
        "each row is one equation and needs one right-hand side.",
        (f"Check how {code(matrix.text)} and {code(right.text)} were made.",),
        Drawing(
            (
                make_rectangle(matrix.text, matrix.shape, "rows"),
                make_rectangle(right.text, right.shape, "rows", upright=True),
            ),
            ",",
        ),
    )


def _explain_axis(scene: Scene, spot: Spot, node: ast.Call) -> Finding | None:
    """`X.sum(axis=2)` of a matrix."""
    assert isinstance(node.func, ast.Attribute)
    axis, dimensions = getattr(scene.error, "axis", None), getattr(scene.error, "ndim", None)
    owner = node.func.value
    owner = node.args[0] if spot.find(owner) is find_numpy() and node.args else owner
    array = spot.find(owner)
    if type(axis) is not int or not is_array(array) or array.ndim != dimensions or not array.ndim:
        return None
    last = array.ndim - 1
    axes = "only axis 0" if last == 0 else f"axes 0 to {last}"
    hints = [f"Leave `axis={axis}` out to go over all entries."]
    if array.ndim == 2:
        hints.insert(0, "`axis=0` goes down the rows, one result per column; `axis=1` along each row.")
    return Finding(
        f"{code(spot.quote(owner))} has shape {tuple(array.shape)}, so it has {axes}, and no axis {axis}.",
        tuple(hints),
    )
