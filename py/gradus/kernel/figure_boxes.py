"""Boxes of what a figure shows: united in one step, those of curved paths kept, limits found sooner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from gradus.kernel.figure_swaps import Swap

MOST = 500
"""Paths whose boxes are kept: markers and spines, which are the same in the next figure."""
MOST_POINTS = 64
CURVES = {int(Path.CURVE3), int(Path.CURVE4)}

_boxes: dict[tuple[bytes, bytes], bytes] = {}


def make_union(original: Callable[..., Any]) -> Callable[..., Any]:
    """For `BboxBase.union`, which asks numpy eight times for each box."""

    def union(bboxes: Any) -> Any:
        corners = [bbox.get_points() for bbox in bboxes]
        if not corners or any(type(points) is not np.ndarray for points in corners):
            return original(bboxes)
        stacked = np.array(corners)
        return Bbox(np.array((stacked.min((0, 1)), stacked.max((0, 1)))))

    return union


def make_get_extents(original: Callable[..., Any]) -> Callable[..., Any]:
    """For `Path.get_extents`, which solves equations to find where a curve turns."""

    def get_extents(self: Any, transform: Any = None, **settings: Any) -> Any:
        path = self if transform is None else transform.transform_path(self)
        codes, points = path.codes, path.vertices
        if type(path) is not Path or codes is None or settings or len(points) > MOST_POINTS:
            return original(path, None, **settings)
        key = codes.tobytes(), points.tobytes()
        found = _boxes.get(key)
        if found is None:
            if len(_boxes) >= MOST:
                _boxes.clear()
            _boxes[key] = found = original(path, None).get_points().tobytes()
        return Bbox(np.frombuffer(found).reshape(2, 2).copy())

    return get_extents


def make_unstale(original: Callable[..., Any]) -> Callable[..., Any]:
    """For `Axes._unstale_viewLim`, which at each look at the limits asks all axes that may share them."""
    waiting: dict[int, tuple[Any, list[dict[str, bool]]]] = {}

    def unstale(axes: Any) -> None:
        known = waiting.get(id(axes))
        if known is None:
            sharing = [axes._shared_axes[name].get_siblings(axes) for name in axes._axis_names]
            flags = {id(each): each._stale_viewlims for siblings in sharing for each in siblings}
            # The axes are kept as well: nobody else may get their id meanwhile.
            waiting[id(axes)] = known = axes, list(flags.values())
        for each in known[1]:
            if True in each.values():
                original(axes)
                return

    return unstale


def list_box_swaps() -> list[Swap]:
    """Those of this file."""
    from matplotlib.axes._base import _AxesBase
    from matplotlib.transforms import BboxBase

    return [
        Swap(BboxBase, "union", make_union),
        Swap(Path, "get_extents", make_get_extents),
        Swap(_AxesBase, "_unstale_viewLim", make_unstale),
    ]
