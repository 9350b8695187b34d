"""Arrays that are made on the spot, `np.zeros((3, 2))`: their shapes, and sizes given in the wrong way."""

from __future__ import annotations

import ast
from typing import Any

from gradus.kernel.explain.describe_values import find_numpy, find_numpy_part, is_array, kind_of
from gradus.kernel.explain.drawing import Shape
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code

_BY_SHAPE = ("zeros", "ones", "empty", "full")
_BY_SIZES = ("rand", "randn")


def find_made_shape(spot: Spot, node: ast.Call) -> Shape | None:
    """The shape of what a call makes, for the few ways of making arrays that everybody uses."""
    if not isinstance(node.func, ast.Attribute) or any(isinstance(item, ast.Starred) for item in node.args):
        return None
    numpy, owner, name = find_numpy(), spot.find(node.func.value), node.func.attr
    if numpy is None:
        return None
    values = [spot.find(argument) for argument in node.args]
    if owner is numpy and name in _BY_SHAPE and values:
        return _as_shape(values[0])
    if owner is numpy and name in ("eye", "identity") and len(values) == 1 and not node.keywords:
        return _as_shape((values[0], values[0]))
    if owner is numpy and name == "arange" and len(values) == 1:
        return _as_shape(values[0])
    if owner is find_numpy_part("random") and name in _BY_SIZES:
        return _as_shape(tuple(values))
    if name == "reshape" and is_array(owner) and not node.keywords:
        return _as_shape(values[0] if len(values) == 1 else tuple(values))
    return None


def explain_made_array(scene: Scene) -> Finding | None:
    """`np.zeros(3, 2)` needs its sizes as one tuple, `np.random.rand((3, 2))` needs them one by one."""
    spot, node = scene.spot, scene.spot.node
    numpy = find_numpy()
    if numpy is None or not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    owner, name = spot.find(node.func.value), code(spot.quote(node.func))
    values, quoted = [spot.find(item) for item in node.args], [spot.quote(item) for item in node.args]
    sizes = len(values) > 1 and not node.keywords and all(kind_of(value) is int for value in values)
    if owner is numpy and node.func.attr in _BY_SHAPE[:3] and sizes:
        corrected = f"{spot.quote(node.func)}(({', '.join(quoted)}))"
        return Finding(
            f"{name} takes the shape as one tuple.", (f"Put it in parentheses: {code(corrected)}.",)
        )
    is_tuple = len(values) == 1 and kind_of(values[0]) is tuple
    if (
        owner is find_numpy_part("random")
        and node.func.attr in _BY_SIZES
        and is_tuple
        and _as_shape(values[0]) is not None
    ):
        corrected = f"{spot.quote(node.func)}({', '.join(map(str, values[0]))})"
        return Finding(f"{name} takes the sizes one by one, not as a tuple.", (f"Write {code(corrected)}.",))
    return None


def _as_shape(value: Any) -> Shape | None:
    sizes = value if kind_of(value) is tuple else (value,)
    return tuple(sizes) if all(kind_of(size) is int and size >= 0 for size in sizes) else None
