"""Explains divisions by zero, and arrays too large for the memory."""

from __future__ import annotations

import ast
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import describe, find_numpy, is_number, kind_of
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.lookup import SIZED
from gradus.kernel.explain.made_arrays import find_made_shape
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.shapes import wrap


def explain_zero_division(scene: Scene) -> Finding | None:
    """Which divisor was 0, and why if that can be told."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or not isinstance(node, ast.BinOp | ast.AugAssign):
        return None
    left, divisor = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)
    if isinstance(node.op, ast.Pow):
        return Finding(
            f"{code(spot.quote(left))} is 0, and a negative power divides by it.",
            (f"Check with {code(f'if {wrap(spot.quote(left))} != 0:')} first.",),
        )
    if not isinstance(node.op, ast.Div | ast.FloorDiv | ast.Mod):
        return None
    value, text = spot.find(divisor), spot.quote(divisor)
    if value is not UNKNOWN and not (is_number(value) or kind_of(value) is bool):
        return None
    if is_number(value) and value != 0:
        # It has changed since.
        return None
    emptiness = _explain_empty(spot, divisor)
    if emptiness is not None:
        return emptiness
    if isinstance(divisor, ast.Constant):
        return Finding(
            "Nothing can be divided by 0.", (f"Divide {code(spot.quote(left))} by another number.",)
        )
    hints = [f"Check with {code(f'if {wrap(text)} != 0:')} first."]
    if isinstance(divisor, ast.BinOp) and isinstance(divisor.op, ast.Sub):
        same = describe(spot.find(divisor.left)) if is_number(spot.find(divisor.left)) else ""
        both = f"{code(spot.quote(divisor.left))} and {code(spot.quote(divisor.right))}"
        hints.insert(0, f"{both} are the same{f', {same}' if same else ''}.")
    return Finding(f"The divisor {code(text)} is 0, and nothing can be divided by 0.", tuple(hints))


def _explain_empty(spot: Spot, divisor: ast.AST) -> Finding | None:
    """A mean of nothing: `sum(x) / len(x)`."""
    if not isinstance(divisor, ast.Call) or not spot.lookup.is_builtin(divisor.func, "len"):
        return None
    value = spot.find(divisor.args[0])
    text = spot.quote(divisor.args[0])
    if kind_of(value) not in SIZED or len(value):
        return None
    return Finding(
        f"{code(text)} is empty, so {code(spot.quote(divisor))} is 0, and nothing can be divided by 0.",
        (f"Fill {code(text)} first, or check with {code(f'if {text}:')}.",),
    )


def explain_memory(scene: Scene) -> Finding | None:
    """An array that would need more memory than there is; NumPy's own MemoryError has its shape and type."""
    numpy, node = find_numpy(), scene.spot.node
    if numpy is None:
        return None
    size = 8.0
    if issubclass(type(scene.error), MemoryError) and type(scene.error).__module__.startswith("numpy"):
        shape: Any = getattr(scene.error, "shape", None)
        size = float(getattr(scene.error, "dtype", numpy.dtype(float)).itemsize)
    elif scene.message.startswith("array is too big") and isinstance(node, ast.Call) and not node.keywords:
        # What a 32-bit system, as in a browser, can't even ask for.
        shape = find_made_shape(scene.spot, node)
    else:
        return None
    if type(shape) is not tuple:
        return None
    for length in shape:
        size *= length
    return Finding(
        f"An array of shape {shape} would take {size / 1e9:,.1f} GB, more than there is.",
        ("Use smaller sizes, or work through the data in parts.",),
    )
