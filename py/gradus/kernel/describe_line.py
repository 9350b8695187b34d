"""Says in words how a line of a figure goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gradus.kernel.describe_words import add_label, as_numbers, say_number, say_point

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def describe_line(line: Any, axes: Axes) -> str:
    """A line's name and course, or nothing if it has no points."""
    import numpy as np

    name = add_label("points" if line.get_linestyle() in ("None", "none", "", " ") else "line", line)
    if axes.name == "3d":
        return f"{name} in space, of {len(np.asarray(line.get_data_3d()[0]))} points"
    along_x, along_y = line.get_transform().contains_branch_seperately(axes.transData)
    x, y = (as_numbers(part).ravel() for part in line.get_data(orig=False))
    if not along_x and along_y:
        return f"horizontal {name} at {say_number(y[0])}"
    if along_x and not along_y:
        return f"vertical {name} at {_make_sayer(axes.xaxis)(x[0])}"
    finite = np.isfinite(x) & np.isfinite(y)
    x, y = x[finite], y[finite]
    if not along_x:
        return name
    if len(x) < 2:
        return f"{add_label('point', line)} at {say_point(x[0], y[0])}" if len(x) else ""
    steps = np.diff(x)
    if (steps >= 0).all() or (steps <= 0).all():
        return f"{name} {_describe_course(x, y, _make_sayer(axes.xaxis))}"
    return f"{name} through {len(x)} points from {say_point(x[0], y[0])} to {say_point(x[-1], y[-1])}"


def _describe_course(x: Any, y: Any, say_x: Callable[[float], str]) -> str:
    """How the values of a function go."""
    import numpy as np

    between = f"between {say_x(x[0])} and {say_x(x[-1])}"
    steps = np.diff(y)
    first, last = say_number(y[0]), say_number(y[-1])
    low, high = int(np.argmin(y)), int(np.argmax(y))
    if y[low] == y[high]:
        return f"stays at {first} {between}"
    if (steps >= 0).all():
        return f"rises from {first} to {last} {between}"
    if (steps <= 0).all():
        return f"falls from {first} to {last} {between}"
    extremes = [
        f"{word} {say_number(y[at])} at {say_x(x[at])}"
        for word, at in (("lowest", low), ("highest", high))
        if at not in (0, len(y) - 1)
    ]
    return f"goes from {first} to {last} {between}" + "".join(f", {extreme}" for extreme in extremes)


def _make_sayer(axis: Any) -> Callable[[float], str]:
    """How the axis itself writes a value, where values are dates or categories."""
    if axis.get_converter() is None:
        return say_number
    return lambda value: str(axis.get_major_formatter().format_data_short(value))
