"""Arrays as labelled rectangles: data for the page to draw, and the same drawing in plain characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gradus.kernel.explain.sentences import count, join

Side = Literal["rows", "columns"]
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Rectangle:
    """One array. A side is None where the array doesn't have it: a row has no `rows`, a column no `columns`.

    Of an array with more than two dimensions these are the last two. `mismatch` is the side whose size is in
    the way; `note` gives the whole shape.
    """

    label: str
    rows: int | None
    columns: int | None
    note: str
    mismatch: Side | None = None


@dataclass(frozen=True)
class Drawing:
    """Rectangles in a row, with what is to be done to them between each two."""

    rectangles: tuple[Rectangle, ...]
    operator: str


def make_rectangle(
    label: str, shape: Shape, mismatch: Side | None = None, upright: bool = False
) -> Rectangle:
    """The rectangle for a shape. With one dimension it lies as a row, or stands as a column if `upright`."""
    rows = shape[-2] if len(shape) > 1 else shape[0] if upright and shape else None
    columns = shape[-1] if len(shape) > 1 or (shape and not upright) else None
    return Rectangle(label, rows, columns, f"shape {shape}", mismatch)


def draw_as_text(drawing: Drawing) -> str:
    """The rectangles in box-drawing characters; sizes that are in the way stand in square brackets."""
    lines = ["", "", "", "", ""]
    for index, rectangle in enumerate(drawing.rectangles):
        block = _draw_one(rectangle)
        if index:
            block = [a + b for a, b in zip(_draw_operator(drawing.operator), block, strict=True)]
        lines = [a + b for a, b in zip(lines, block, strict=True)]
    return "\n".join(line.rstrip() for line in lines if line.strip())


def say_drawing(drawing: Drawing) -> str:
    """The same in words: `X, shape (5, 2), @ w, shape (3,): 2 columns and 3 entries do not fit.`"""
    parts = [f"{rectangle.label}, {rectangle.note}" for rectangle in drawing.rectangles]
    operator = drawing.operator if drawing.operator != "," else "and"
    wrong = [_say_mismatch(rectangle) for rectangle in drawing.rectangles if rectangle.mismatch is not None]
    conflict = f": {join(wrong)} {'does not' if len(wrong) == 1 else 'do not'} fit." if wrong else "."
    return f", {operator} ".join(parts) + conflict


def _say_mismatch(rectangle: Rectangle) -> str:
    size = rectangle.rows if rectangle.mismatch == "rows" else rectangle.columns
    is_vector = rectangle.rows is None or rectangle.columns is None
    word = "entry" if is_vector else "row" if rectangle.mismatch == "rows" else "column"
    return count(size or 0, word)


def _draw_one(rectangle: Rectangle) -> list[str]:
    rows = _mark(rectangle.rows, rectangle.mismatch == "rows")
    columns = _mark(rectangle.columns, rectangle.mismatch == "columns")
    inner = max(len(rectangle.label), len(columns)) + 2
    margin = " " * (len(rows) + 1)
    lines = [
        margin + " " + columns.center(inner),
        margin + "┌" + "─" * inner + "┐",
        rows + " " + "│" + rectangle.label.center(inner) + "│",
        margin + "└" + "─" * inner + "┘",
        margin + rectangle.note,
    ]
    width = max(map(len, lines))
    return [line.ljust(width) for line in lines]


def _draw_operator(operator: str) -> list[str]:
    space = " " * (len(operator) + 4)
    return [space, space, f"  {operator}  ", space, space]


def _mark(size: int | None, is_mismatch: bool) -> str:
    if size is None:
        return ""
    return f"[{size}]" if is_mismatch else str(size)
