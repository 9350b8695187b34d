"""Says in words what is drawn in one panel of a figure: lines, points, bars, contours, images, arrows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from gradus.kernel.describe_line import describe_line
from gradus.kernel.describe_words import (
    add_label,
    as_numbers,
    count_noun,
    find_label,
    join_words,
    quote_text,
    say_number,
    say_point,
    say_range,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MAX_UNNAMED = 4
"""Lines without a label that are described one by one; more of them are only counted."""


def describe_marks(axes: Axes) -> list[str]:
    """One phrase for each thing drawn, the most telling kinds first."""
    marks: list[str] = []
    bars = [container for container in axes.containers if _kind(container) == "BarContainer"]
    in_bars = {id(patch) for container in bars for patch in container}
    lines = _visible(axes.lines)
    unnamed = [line for line in lines if not find_label(line)]
    if len(unnamed) > MAX_UNNAMED:
        lines = [line for line in lines if find_label(line)]
    marks += _each(lines, lambda line: describe_line(line, axes))
    if len(unnamed) > MAX_UNNAMED:
        marks.append(f"{len(unnamed)} lines without a label")
    marks += _each(bars, _describe_bars)
    marks += _each(_visible(axes.collections), _describe_collection)
    marks += _each(_visible(axes.images), _describe_image)
    marks += _describe_patches([patch for patch in _visible(axes.patches) if id(patch) not in in_bars])
    said = {find_label(patch) for patch in axes.patches}
    texts = [quote_text(text.get_text(), 40) for text in _visible(axes.texts) if text.get_text() not in said]
    if any(texts):
        marks.append("text: " + join_words([text for text in texts if text], 8))
    marks += ["table"] * len(axes.tables)
    return marks


def _describe_bars(container: Any) -> str:
    upright = container.orientation != "horizontal"
    sizes = [float(bar.get_height() if upright else bar.get_width()) for bar in container]
    name = add_label(count_noun(len(sizes), "bar" if upright else "horizontal bar"), container)
    if len(sizes) <= 8:
        return f"{name}: {', '.join(say_number(size) for size in sizes)}"
    return f"{name} from {say_number(min(sizes))} to {say_number(max(sizes))}"


def _describe_collection(collection: Any) -> str:
    return add_label(_first(_COLLECTIONS, collection)(collection), collection)


def _describe_scatter(collection: Any) -> str:
    import numpy as np

    if hasattr(collection, "_offsets3d"):
        return f"{len(collection._offsets3d[0])} points in space"
    offsets = as_numbers(collection.get_offsets()).reshape(-1, 2)
    x, y = offsets[np.isfinite(offsets).all(axis=1)].T
    if len(x) == 0:
        return "no points"
    if len(x) == 1:
        return f"point at {say_point(x[0], y[0])}"
    return f"{len(x)} points, x {say_range(x)}, y {say_range(y)}"


def _describe_contours(contours: Any) -> str:
    kind = "filled contours" if contours.filled else "contour lines"
    return f"{kind} at {len(contours.levels)} levels {say_range(contours.levels)}"


def _describe_mesh(mesh: Any) -> str:
    values = mesh.get_array()
    return "coloured grid" if values is None else f"coloured grid of values {say_range(values)}"


_COLLECTIONS: dict[str, Callable[[Any], str]] = {
    "Quiver": lambda arrows: count_noun(arrows.N, "arrow"),
    "Barbs": lambda arrows: "wind barbs",
    "ContourSet": _describe_contours,
    "PathCollection": _describe_scatter,
    "QuadMesh": _describe_mesh,
    "PolyQuadMesh": _describe_mesh,
    "Poly3DCollection": lambda surface: "surface in space",
    "Line3DCollection": lambda wires: "wires in space",
    "LineCollection": lambda segments: count_noun(len(segments.get_segments()), "line segment"),
    "PolyCollection": lambda areas: "shaded area",
    "Collection": lambda collection: _kind(collection),
}
"""Class, or a class it is made from → what to say, the special ones before the general ones."""


def _describe_image(image: Any) -> str:
    values = image.get_array()
    if values is None:
        return "image"
    if values.ndim == 3:
        return f"picture of {values.shape[1]} by {values.shape[0]} pixels"
    return add_label(
        f"image of {values.shape[0]} rows and {values.shape[1]} columns, values {say_range(values)}", image
    )


def _describe_patches(patches: list[Any]) -> list[str]:
    wedges = [patch for patch in patches if _kind(patch) == "Wedge"]
    said = []
    if wedges:
        shares = [
            f"{quote_text(find_label(wedge))} {say_number((wedge.theta2 - wedge.theta1) / 3.6)} %".strip()
            for wedge in wedges
        ]
        said.append(f"pie of {join_words(shares, 8)}")
    others = [patch for patch in patches if patch not in wedges]
    labelled = [
        add_label(_PATCHES.get(_kind(patch), "shape"), patch) for patch in others if find_label(patch)
    ]
    counted = Counter(_PATCHES.get(_kind(patch), "shape") for patch in others if not find_label(patch))
    return said + labelled + [count_noun(count, word) for word, count in counted.items()]


_PATCHES = {
    "Rectangle": "rectangle",
    "Circle": "circle",
    "Ellipse": "ellipse",
    "FancyArrowPatch": "arrow",
    "FancyArrow": "arrow",
    "Arrow": "arrow",
    "FancyBboxPatch": "box",
    "Polygon": "polygon",
    "StepPatch": "histogram outline",
}


def _each(things: Iterable[Any], describe: Callable[[Any], str]) -> list[str]:
    """What can be said of each; a thing that can't be described is named by its kind."""
    said = []
    for thing in things:
        try:
            said.append(describe(thing))
        except Exception:
            said.append(_kind(thing))
    return [phrase for phrase in said if phrase]


def _first(table: dict[str, Callable[[Any], str]], thing: Any) -> Callable[[Any], str]:
    names = {base.__name__ for base in type(thing).__mro__}
    return next(describe for name, describe in table.items() if name in names)


def _visible(artists: Iterable[Any]) -> list[Any]:
    return [artist for artist in artists if artist.get_visible()]


def _kind(thing: Any) -> str:
    return type(thing).__name__
