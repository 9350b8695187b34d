"""Explains arrays that can't be joined (`np.concatenate`, `np.vstack`, …) or arranged anew (`reshape`)."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import find_numpy, is_array, kind_of
from gradus.kernel.explain.drawing import Drawing, Shape, Side, make_rectangle
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code, count, join, join_code
from gradus.kernel.explain.shapes import Operand, find_operand, shape_of_value, transpose, wrap

_FUNCTIONS = ("concatenate", "vstack", "hstack", "stack", "column_stack")
_MAX_PARTS = 4


@dataclass(frozen=True)
class _Joining:
    """A call that joins arrays: the function's name, the parts, the axis."""

    function: str
    parts: list[Operand]
    axis: int


def explain_joining(scene: Scene) -> Finding | None:
    """Parts that differ where they must agree, and which other way of joining them would work."""
    spot = scene.spot
    function = _find_function(spot)
    if function is None or not isinstance(spot.node, ast.Call):
        return None
    if issubclass(type(scene.error), TypeError):
        return _explain_missing_brackets(spot, function)
    joining = _find_joining(spot, function)
    if joining is None:
        return None
    shapes = [part.shape for part in joining.parts]
    if _join_shapes(joining.function, shapes, joining.axis) is not None:
        return None
    numpy, names = spot.numpy_name or "np", [part.text for part in joining.parts]
    rectangles = _draw(joining)
    title = (
        f"{code(spot.quote(spot.node.func))} needs parts that fit together, but "
        + join([f"{code(part.text)} has shape {part.shape}" for part in joining.parts[:_MAX_PARTS]])
        + "."
    )
    calls = [
        ("concatenate", 0, f"{numpy}.concatenate([{', '.join(names)}])"),
        ("concatenate", 1, f"{numpy}.concatenate([{', '.join(names)}], axis=1)"),
        ("vstack", 0, f"{numpy}.vstack([{', '.join(names)}])"),
        ("column_stack", 0, f"{numpy}.column_stack([{', '.join(names)}])"),
    ]
    hints: list[str] = []
    for other, axis, text in calls:
        shape = _join_shapes(other, shapes, axis)
        if shape is not None and all(f"shape is {shape}" not in hint for hint in hints):
            hints.append(f"`{text}` would work: its shape is {shape}.")
    hints += _suggest_transpose(joining)
    return Finding(title, tuple(hints) or (_say_rule(joining),), rectangles)


def explain_reshape(scene: Scene) -> Finding | None:
    """`x.reshape(5, 3)` of six numbers."""
    spot = scene.spot
    node = spot.node
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.keywords:
        return None
    if node.func.attr != "reshape":
        return None
    owner, sizes = node.func.value, node.args
    if spot.find(owner) is find_numpy() and len(node.args) == 2:
        owner, sizes = node.args[0], node.args[1:]
    array = find_operand(spot, owner)
    wanted = spot.find(sizes[0]) if len(sizes) == 1 else tuple(spot.find(size) for size in sizes)
    wanted = (wanted,) if kind_of(wanted) is int else wanted
    if array is None or kind_of(wanted) is not tuple or any(kind_of(size) is not int for size in wanted):
        return None
    return _compare_sizes(array, tuple(wanted))


def _compare_sizes(array: Operand, wanted: Shape) -> Finding | None:
    known = 1
    for size in wanted:
        known *= size if size != -1 else 1
    if wanted.count(-1) > 1 or known <= 0:
        return None
    is_open = -1 in wanted
    if array.size == known or (is_open and array.size % known == 0):
        return None
    text = wrap(array.text)
    product = " by ".join(str(size) for size in wanted if size != -1)
    if is_open:
        title = f"{code(array.text)} has {count(array.size, 'entry')}, which {product} doesn't divide."
    else:
        title = f"{code(array.text)} has {count(array.size, 'entry')}, and {product} makes {known} places."
    rectangles = [make_rectangle(array.text, array.shape)]
    hints = []
    if len(wanted) == 2 and not is_open:
        rectangles.append(make_rectangle("wanted", wanted))
        rows, columns = wanted
        if array.size % columns == 0:
            hints.append(f"`{text}.reshape(-1, {columns})` gives {count(array.size // columns, 'row')}.")
        if array.size % rows == 0:
            hints.append(f"`{text}.reshape({rows}, -1)` gives {count(array.size // rows, 'column')}.")
    hints.append(f"The sizes must multiply to {array.size}; `-1` lets NumPy work out one of them.")
    return Finding(title, tuple(hints), Drawing(tuple(rectangles), "→"))


def _find_function(spot: Spot) -> str | None:
    node = spot.node
    numpy = find_numpy()
    if numpy is None or not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    name = node.func.attr
    return name if name in _FUNCTIONS and spot.find(node.func.value) is numpy else None


def _find_joining(spot: Spot, function: str) -> _Joining | None:
    node = spot.node
    if not isinstance(node, ast.Call) or len(node.args) not in (1, 2):
        return None
    options = {keyword.arg: spot.find(keyword.value) for keyword in node.keywords}
    if set(options) - {"axis"}:
        return None
    axis = options.get("axis", spot.find(node.args[1]) if len(node.args) == 2 else 0)
    parts = _find_parts(spot, node.args[0])
    if parts is None or kind_of(axis) is not int or not any(part.is_array for part in parts):
        return None
    return _Joining(function, parts, axis)


def _find_parts(spot: Spot, node: ast.AST) -> list[Operand] | None:
    if isinstance(node, ast.List | ast.Tuple):
        found = [find_operand(spot, item) for item in node.elts]
    else:
        value = spot.find(node)
        if value is UNKNOWN or kind_of(value) not in (list, tuple) or len(value) > 100:
            return None
        found = []
        for index, item in enumerate(value):
            shape = shape_of_value(item)
            text = f"{spot.quote(node)}[{index}]"
            found.append(None if shape is None else Operand(text, shape, is_array(item)))
    return None if not found or None in found else [part for part in found if part is not None]


def _join_shapes(function: str, shapes: list[Shape], axis: int) -> Shape | None:
    """The shape that NumPy's function would give; None if it refuses."""
    if function == "vstack":
        shapes = [shape if len(shape) > 1 else (1, *(shape or (1,))) for shape in shapes]
    elif function == "column_stack":
        shapes, axis = [shape if len(shape) > 1 else (*(shape or (1,)), 1) for shape in shapes], 1
    elif function == "hstack":
        shapes = [shape or (1,) for shape in shapes]
        axis = 0 if len(shapes[0]) == 1 else 1
    elif function == "stack":
        return (len(shapes), *shapes[0]) if len(set(shapes)) == 1 and axis == 0 else None
    first = shapes[0]
    if any(len(shape) != len(first) for shape in shapes) or not -len(first) <= axis < len(first):
        return None
    axis %= len(first)
    rest = {shape[:axis] + shape[axis + 1 :] for shape in shapes}
    return None if len(rest) > 1 else (*first[:axis], sum(s[axis] for s in shapes), *first[axis + 1 :])


def _draw(joining: _Joining) -> Drawing:
    side: Side | None = None
    if all(len(part.shape) == 2 for part in joining.parts):
        across = joining.axis in (1, -1) or joining.function in ("hstack", "column_stack")
        side = "rows" if across else "columns"
    parts = joining.parts[:_MAX_PARTS]
    return Drawing(tuple(make_rectangle(part.text, part.shape, side) for part in parts), ",")


def _suggest_transpose(joining: _Joining) -> list[str]:
    """Turning the last part round, if that alone would do."""
    *others, last = joining.parts
    if not others or len(last.shape) != 2 or not last.is_array:
        return []
    shapes = [part.shape for part in others] + [last.shape[::-1]]
    if last.shape[0] == last.shape[1] or _join_shapes(joining.function, shapes, joining.axis) is None:
        return []
    return [f"`{transpose(last.text)}` in the place of `{last.text}` would fit."]


def _say_rule(joining: _Joining) -> str:
    if joining.function == "stack":
        return "To be stacked, all parts need the same shape."
    return "The parts may differ in size only along the axis on which they are joined."


def _explain_missing_brackets(spot: Spot, function: str) -> Finding | None:
    node = spot.node
    if not isinstance(node, ast.Call) or len(node.args) < 2 or node.keywords:
        return None
    if not all(is_array(spot.find(argument)) for argument in node.args):
        return None
    names = [spot.quote(argument) for argument in node.args]
    name = spot.quote(node.func)
    corrected = f"{name}([{', '.join(names)}])"
    return Finding(
        f"{code(name)} takes all parts as one list, and here {join_code(names)} stand by themselves.",
        (f"Put brackets round them: {code(corrected)}.",),
    )
