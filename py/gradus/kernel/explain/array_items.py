"""Explains indices that an array doesn't have, too many of them, and ones that aren't whole numbers."""

from __future__ import annotations

import ast
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import is_array, is_number, kind_of, say_kind
from gradus.kernel.explain.drawing import Drawing, make_rectangle
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code, count
from gradus.kernel.explain.shapes import find_operand


def explain_array_index(scene: Scene) -> Finding | None:
    """`X[50]` where `X` has 50 rows, `x[:, 0]` of a single row of numbers, `x[2.0]`."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or not isinstance(node, ast.Subscript):
        return None
    array = spot.find(node.value)
    if not is_array(array):
        return None
    keys = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if any(isinstance(key, ast.Constant) and key.value in (None, ...) for key in keys):
        return None
    indices = [UNKNOWN if isinstance(key, ast.Slice) else spot.find(key) for key in keys]
    if len(keys) > array.ndim:
        return _explain_dimensions(spot, node, array, len(keys))
    for axis, (key, index) in enumerate(zip(keys, indices, strict=True)):
        finding = _explain_one(spot, node, array, axis, key, index)
        if finding is not None:
            return finding
    return None


def _explain_one(
    spot: Spot, node: ast.Subscript, array: Any, axis: int, key: ast.AST, index: Any
) -> Finding | None:
    name, length = code(spot.quote(node.value)), int(array.shape[axis])
    if kind_of(index) is int and not -length <= index < length:
        what, along = _say_axis(array, axis), f" along axis {axis}" if array.ndim > 2 else ""
        if length == 0:
            return Finding(f"{name} is empty: its shape is {tuple(array.shape)}.", (f"Fill {name} first.",))
        return Finding(
            f"{name} has {count(length, what)}{along}, so there is none at index {index}.",
            (f"Counting starts at 0: the last {what} has index {length - 1}, or -1.",),
        )
    if is_number(index) and kind_of(index) is not int and _is_fractional_type(index):
        hints = [f"{code(f'int({spot.quote(key)})')} makes it one."]
        if isinstance(key, ast.BinOp) and isinstance(key.op, ast.Div):
            whole = f"{spot.quote(key.left)} // {spot.quote(key.right)}"
            hints = [f"Division with `//` gives a whole number: {code(whole)}."]
        return Finding(
            f"An index must be a whole number, and {code(spot.quote(key))} is {say_kind(index)}.",
            tuple(hints),
        )
    return _explain_mask(spot, array, axis, name, key)


def _explain_mask(spot: Spot, array: Any, axis: int, name: str, key: ast.AST) -> Finding | None:
    """Truth values for another number of entries, or numbers with a fraction as indices."""
    operand, value = find_operand(spot, key), spot.find(key)
    if isinstance(key, ast.Compare) and operand is not None and len(operand.shape) == 1:
        is_mask = True
    else:
        is_mask = is_array(value) and value.dtype.kind == "b" and value.ndim == 1
    if is_array(value) and value.dtype.kind == "f":
        quoted = spot.quote(key)
        return Finding(
            f"Indices must be whole numbers, and {code(quoted)} holds {value.dtype.name}.",
            (f"{code(f'{quoted}.astype(int)')} makes them whole numbers.",),
        )
    if not is_mask or operand is None or operand.shape[0] == array.shape[axis]:
        return None
    drawing = (
        make_rectangle(name.strip("`"), tuple(array.shape)),
        make_rectangle(operand.text, operand.shape),
    )
    return Finding(
        f"{name} has {count(int(array.shape[axis]), _say_axis(array, axis))}, and the condition "
        f"{code(operand.text)} has an answer for {operand.shape[0]}.",
        (f"Make the condition from {name} itself, or from something as long.",),
        Drawing(drawing, "[ ]"),
    )


def _explain_dimensions(spot: Spot, node: ast.Subscript, array: Any, given: int) -> Finding:
    owner = spot.quote(node.value)
    if array.ndim == 0:
        return Finding(
            f"{code(owner)} is a single number and has no entries.",
            (f"Leave the `[…]` out, or write {code(f'{owner}.item()')}.",),
        )
    first = f"{owner}[{', '.join('0' * array.ndim)}]"
    hints = [f"Give it {count(array.ndim, 'index')}, such as {code(first)}."]
    if array.ndim == 1:
        hints.append(f"{code(f'{owner}[:, None]')} makes it a column, of shape {(array.shape[0], 1)}.")
    dimensions = count(array.ndim, "dimension")
    return Finding(
        f"{code(owner)} has {dimensions}, shape {tuple(array.shape)}, and here are {given} indices.",
        tuple(hints),
    )


def _say_axis(array: Any, axis: int) -> str:
    if array.ndim == 1:
        return "entry"
    return "row" if axis == 0 and array.ndim == 2 else "column" if axis == 1 and array.ndim == 2 else "entry"


def _is_fractional_type(value: Any) -> bool:
    return kind_of(value) is float or (
        kind_of(value) is not complex and hasattr(value, "dtype") and value.dtype.kind == "f"
    )
