"""Spares a figure's axes working out their ticks again and again while nothing about them changes.

To lay out and draw two panels matplotlib asks for the ticks of its four axes 62 times, and only 12 of these
times the answer is a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gradus.kernel.figure_tick_copies import copy_ticks, sharing_markers

if TYPE_CHECKING:
    from matplotlib.figure import Figure

METHOD = "_update_ticks"
"""matplotlib's own, without arguments: places the ticks, writes their labels and gives those to be drawn."""
MAKER = "_get_tick"
"""matplotlib's own too: makes a tick; its only argument says whether it is a major one."""
MEASURER = "_get_ticklabel_bboxes"
"""Gives the boxes of ticks' labels: a list for their first labels and one for their second ones."""
OVERRIDDEN = (METHOD, MAKER, MEASURER)
PLAIN_MODULES = ("matplotlib.ticker",)
"""Where locators and formatters come from that answer the same when asked the same."""


@contextmanager
def remembering_ticks(figure: Figure) -> Iterator[None]:
    """While this lasts, axes whose ticks are surely the same keep them. Only for drawing."""
    chosen = choose_axes(figure)
    for axis in chosen:
        axis.__dict__[METHOD] = _remember(axis, getattr(axis, METHOD))
        axis.__dict__[MAKER] = copy_ticks(getattr(axis, MAKER))
        axis.__dict__[MEASURER] = _remember_boxes(axis, getattr(axis, MEASURER))
    try:
        with sharing_markers():
            yield
    finally:
        for axis in chosen:
            for name in OVERRIDDEN:
                axis.__dict__.pop(name, None)


def choose_axes(figure: Figure) -> list[Any]:
    """The axes that are matplotlib's own, with locators and formatters that are, and that no two share."""
    from matplotlib.axes import Axes
    from matplotlib.axis import XAxis, YAxis

    found = [axis for axes in figure.axes if type(axes) is Axes for axis in (axes.xaxis, axes.yaxis)]
    # Formatters remember what they were asked last, so one of two axes would hear of the other's.
    users = Counter(id(part) for axis in found for part in _parts(axis))
    return [
        axis
        for axis in found
        if type(axis) in (XAxis, YAxis)
        and all(callable(getattr(type(axis), name, None)) for name in OVERRIDDEN)
        and not set(OVERRIDDEN) & axis.__dict__.keys()
        and all(_is_plain(part) and users[id(part)] == 1 for part in _parts(axis))
    ]


def _parts(axis: Any) -> tuple[Any, ...]:
    return axis.major.locator, axis.major.formatter, axis.minor.locator, axis.minor.formatter


def _is_plain(part: Any) -> bool:
    return type(part).__module__ in PLAIN_MODULES and type(part).__name__ != "FuncFormatter"


def _remember(axis: Any, update: Callable[[], list[Any]]) -> Callable[[], list[Any]]:
    seen: list[Any] = [None, []]

    def update_if_changed() -> list[Any]:
        state = find_state(axis.axes)
        if seen[0] != state:
            seen[:] = [state, update()]
        return list(seen[1])

    return update_if_changed


def _remember_boxes(axis: Any, measure: Callable[..., Any]) -> Callable[..., Any]:
    seen: list[Any] = [None, ((), ())]

    def measure_if_changed(ticks: list[Any], renderer: Any = None) -> tuple[list[Any], list[Any]]:
        # Where labels stand depends on the other axis too: a spine may lie at one of its values.
        state = (*map(id, ticks), id(renderer), *find_state(axis.axes))
        if seen[0] != state:
            seen[:] = [state, measure(ticks, renderer)]
        first, second = seen[1]
        return list(first), list(second)

    return measure_if_changed


def find_state(axes: Any) -> tuple[Any, ...]:
    """All that the ticks of both axes depend on."""
    return (*find_limits(axes), axes.bbox.get_points().tobytes(), axes.get_figure(root=True).dpi)


def find_limits(axes: Any) -> tuple[Any, ...]:
    """All that it depends on which ticks there are, beside how many there is space for."""
    horizontal, vertical = axes.xaxis, axes.yaxis
    return (
        axes.viewLim.get_points().tobytes(),
        axes.dataLim.get_points().tobytes(),
        axes.dataLim.minpos.tobytes(),
        *map(id, (horizontal._scale, *_parts(horizontal), vertical._scale, *_parts(vertical))),
    )
