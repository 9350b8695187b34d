"""Explains values that don't fit into the part of an array that they are assigned to."""

from __future__ import annotations

import ast

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import is_array, kind_of
from gradus.kernel.explain.drawing import Drawing, Shape, make_rectangle
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene
from gradus.kernel.explain.sentences import code, count
from gradus.kernel.explain.shapes import Operand, broadcast_shapes, find_operand, transpose, wrap


def explain_assignment(scene: Scene) -> Finding | None:
    """`X[:, 0] = y` where there are more values than places, or the other way round."""
    spot = scene.spot
    target, statement = spot.node, spot.statement
    if not scene.is_direct or not isinstance(target, ast.Subscript) or not isinstance(statement, ast.Assign):
        return None
    if target not in statement.targets or not is_array(spot.find(target.value)):
        return None
    value = find_operand(spot, statement.value)
    place = _find_place(spot.find(target))
    if value is None or place is None:
        return None
    # Sides of size 1 in front are dropped when assigning.
    shape = value.shape
    while len(shape) > len(place) and shape[0] == 1:
        shape = shape[1:]
    if not shape or broadcast_shapes(place, shape) == place:
        return None
    quoted = spot.quote(target)
    if not place:
        return Finding(
            f"{code(quoted)} is one place, and {code(value.text)} has {count(value.size, 'entry')}.",
            (
                f"Assign one number, such as {code(wrap(value.text) + '[0]')}.",
                f"For more numbers choose more places: {code(spot.quote(target.value) + '[:]')} is all.",
            ),
        )
    parts = make_rectangle(quoted, place), make_rectangle(value.text, value.shape)
    return Finding(
        f"{code(quoted)} has places of shape {place}, and {code(value.text)} has shape {value.shape}.",
        tuple(_suggest(quoted, place, value)),
        Drawing(parts, "="),
    )


def _find_place(value: object) -> Shape | None:
    """The shape of what is assigned to; a single number's is ()."""
    if value is UNKNOWN:
        return None
    if is_array(value):
        return tuple(value.shape)  # type: ignore[attr-defined]
    return () if kind_of(value) is not list else None


def _suggest(target: str, place: Shape, value: Operand) -> list[str]:
    text = wrap(value.text)
    hints = []
    if value.is_array:
        changes = [(transpose(value.text), value.shape[::-1])]
        if len(value.shape) == 1:
            changes = [(f"{text}[:, None]", (*value.shape, 1))]
        if len(value.shape) == 2 and 1 in value.shape:
            changes.append((f"{text}.ravel()", (value.size,)))
        hints = [
            f"`{target} = {changed}` would work."
            for changed, shape in changes
            if shape != value.shape and broadcast_shapes(place, shape) == place
        ]
    return hints or [
        f"Both need the same shape: take {count(place[0], 'value')}, or choose other places."
        if len(place) == len(value.shape) == 1
        else "Both need the same shape; a size of 1 is repeated as often as needed."
    ]
