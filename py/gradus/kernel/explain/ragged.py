"""Explains lists of unequal length that are to become one array."""

from __future__ import annotations

import ast

from gradus.kernel.explain.describe_values import find_numpy, kind_of
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene
from gradus.kernel.explain.sentences import code, count


def explain_ragged(scene: Scene) -> Finding | None:
    """`np.array([[1, 2], [3]])`: which row has another length than the first."""
    spot = scene.spot
    node, numpy = spot.node, find_numpy()
    if numpy is None or not scene.is_direct or not isinstance(node, ast.Call) or len(node.args) != 1:
        return None
    function = spot.find(node.func)
    if function is not numpy.array and function is not numpy.asarray:
        return None
    rows = spot.find(node.args[0])
    if kind_of(rows) not in (list, tuple) or len(rows) < 2:
        return None
    lengths = [len(row) if kind_of(row) in (list, tuple) else None for row in rows]
    first = lengths[0]
    odd = next((index for index, length in enumerate(lengths) if length != first), None)
    if odd is None:
        return None
    name = code(spot.quote(node.args[0]))
    return Finding(
        f"The rows of an array are of one length, but in {name} row 0 {_say(first)} "
        f"and row {odd} {_say(lengths[odd])}.",
        (f"Give row {odd} the length of the others.", "Rows of different lengths are better left in a list."),
    )


def _say(length: int | None) -> str:
    return "is a single value" if length is None else f"has {count(length, 'value')}"
