"""Lays out and draws an axis without making its ticks: one stands in the place of all."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import compress
from typing import Any

import numpy as np
from matplotlib import rcParams
from matplotlib.artist import Artist
from matplotlib.axis import XAxis, XTick, YAxis, YTick
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import NullLocator

from gradus.kernel.figure_late_ticks import peek, put_off
from gradus.kernel.figure_swaps import is_own
from gradus.kernel.figure_text_sizes import TextSizes
from gradus.kernel.figure_tick_kinds import LABELS, LINES, PARTS, TickKind
from gradus.kernel.figure_ticks import find_limits, find_state

Places = tuple[list[Any], list[str]]
"""Where an axis' ticks of one kind are, and what their labels say."""

UPDATE, MEASURE, LABEL = "_update_ticks", "_get_ticklabel_bboxes", "_update_label_position"
GETTERS = ("get_major_ticks", "get_minor_ticks")
MAKING = (
    "_get_tick",
    "_copy_tick_props",
    "get_majorticklocs",
    "get_minorticklocs",
    "_get_tick_boxes_siblings",
)
TICK = {
    *("_loc", "_major", "_size", "_width", "_base_pad", "_labelrotation", "_zorder", "_tickdir"),
    *PARTS,
}
MOST_TICKS = 9
"""No locator of matplotlib's takes notice of space for more."""
OVERRIDDEN = (UPDATE, MEASURE, LABEL, *GETTERS)


class QuickAxis:
    """Takes over what an axis of matplotlib's does with its ticks, from `begin` to `end`."""

    def __init__(self, axis: Any, sizes: TextSizes) -> None:
        self._axis = axis
        along = int(axis.axis_name == "y")
        self._major = TickKind(peek(axis.majorTicks)[0], along, sizes)
        self._minor = TickKind(peek(axis.minorTicks)[0], along, sizes)
        self._places: tuple[Places, Places] = ([], []), ([], [])
        self._seen: tuple[Places, Places] = ([], []), ([], [])
        """Those places that lie within the limits."""
        self._found: tuple[Any, ...] | None = None
        self._state: tuple[Any, ...] | None = None
        self._ticks: list[Any] = []
        self._measured: tuple[Any, ...] | None = None
        self._boxes: tuple[list[Any], list[Any]] = [], []
        self._labelled: tuple[Any, ...] | None = None

    def begin(self) -> None:
        """Take over."""
        own = vars(self._axis)
        own["majorTicks"], own["minorTicks"] = [self._major.pattern], [self._minor.pattern]
        own[UPDATE], own[MEASURE] = self._update, self._measure
        if not self._is_aligned():
            own[LABEL] = self._make_label(getattr(self._axis, LABEL))
        for name in GETTERS:
            own[name] = self._make_getter(name)
        for kind in (self._major, self._minor):
            vars(kind.pattern)["draw"] = kind.draw_first

    def end(self) -> None:
        """Give the axis back, with ticks that are made when someone looks at them."""
        if UPDATE in vars(self._axis):
            self._stop()
            put_off(self._axis, *self._places)

    def _stop(self) -> None:
        for name in OVERRIDDEN:
            vars(self._axis).pop(name, None)
        for kind in (self._major, self._minor):
            vars(kind.pattern).pop("draw", None)

    def _make_getter(self, name: str) -> Callable[..., list[Any]]:
        def get_ticks(*arguments: Any, **named: Any) -> list[Any]:
            # Someone wants to see them.
            self._stop()
            self._axis._update_ticks()
            found: list[Any] = getattr(self._axis, name)(*arguments, **named)
            return found

        return get_ticks

    def _update(self) -> list[Any]:
        """Stands in for `Axis._update_ticks`: gives what is to be drawn."""
        state = find_state(self._axis.axes)
        if state != self._state:
            self._place_ticks()
            self._state = state
        return list(self._ticks)

    def _place_ticks(self) -> None:
        # The same ones as a rule, after the axes have been moved or have become a little larger.
        state = (*find_limits(self._axis.axes), min(self._axis.get_tick_space(), MOST_TICKS))
        if state != self._found:
            self._find_places()
            self._found = state
        kinds = zip((self._major, self._minor), self._seen, strict=True)
        self._ticks = [tick for kind, (locations, labels) in kinds for tick in kind.place(locations, labels)]

    def _find_places(self) -> None:
        axis = self._axis
        major = axis.get_majorticklocs()
        major_labels = axis.major.formatter.format_ticks(major)
        # Those who find minor ones ask for the major ones again.
        minor = [] if type(axis.minor.locator) is NullLocator else axis.get_minorticklocs()
        minor_labels = axis.minor.formatter.format_ticks(minor)
        self._places = (list(major), _list_words(major_labels)), (list(minor), _list_words(minor_labels))
        transform = axis.get_transform()
        low, high = sorted(transform.transform(sorted(axis.get_view_interval())))
        margin = (high - low) * 1e-10

        def select(places: Places) -> Places:
            locations, labels = places
            if not locations:
                return [], []
            values = transform.transform(np.asarray(locations))
            seen = ((low - margin <= values) & (values <= high + margin)).tolist()
            return list(compress(locations, seen)), list(compress(labels, seen))

        self._seen = select(self._places[0]), select(self._places[1])

    def _measure(self, ticks: list[Any], renderer: Any = None) -> tuple[list[Any], list[Any]]:
        """Stands in for `Axis._get_ticklabel_bboxes`."""
        axis = self._axis
        if renderer is None:
            renderer = axis.get_figure(root=True)._get_renderer()
        # Where labels stand depends on the other axis too: a spine may lie at one of its values.
        state = (*map(id, ticks), id(renderer), *find_state(axis.axes))
        if state != self._measured:
            first, second = (
                [box for kind in (self._major, self._minor) for box in kind.measure(name, ticks, renderer)]
                for name in ("label1", "label2")
            )
            self._measured, self._boxes = state, (first, second)
        return list(self._boxes[0]), list(self._boxes[1])

    def _is_aligned(self) -> bool:
        """Whether its label stands where other axes' ticks let it."""
        axes = self._axis.axes
        groups = axes.get_figure(root=False)._align_label_groups
        return len(groups[self._axis.axis_name].get_siblings(axes)) > 1

    def _make_label(self, original: Callable[[Any], None]) -> Callable[[Any], None]:
        def update_label_position(renderer: Any) -> None:
            """Stands in for `Axis._update_label_position`, which puts the label beside the ticks."""
            label = self._axis.label
            state = (id(renderer), *find_state(self._axis.axes))
            if (*state, label.get_position()) != self._labelled:
                original(renderer)
                self._labelled = (*state, label.get_position())

        return update_label_position


def is_uniform(axis: Any) -> bool:
    """Whether one tick of each kind is there, and all further ones would look the same."""
    ticks = [peek(axis.majorTicks), peek(axis.minorTicks)]
    if any(len(kind) != 1 for kind in ticks) or not _are_own():
        return False
    return all(_is_plain(tick, axis.axis_name == "x") for (tick,) in ticks)


def _list_words(labels: list[Any]) -> list[str]:
    return ["" if label is None else str(label) for label in labels]


def _are_own() -> bool:
    """Whether all that is taken over, or done once for all ticks, is matplotlib's own."""
    return (
        all(is_own(kind, "draw", "get_tightbbox", *MAKING, *OVERRIDDEN) for kind in (XAxis, YAxis))
        and all(is_own(kind, "draw", "update_position", "update_from") for kind in (XTick, YTick))
        and is_own(Line2D, "draw", "update_from")
        and is_own(Text, "draw", "update_from", "set_text")
    )


def _is_plain(tick: Any, horizontal: bool) -> bool:
    """Whether a tick has only what `Axis._copy_tick_props` copies, beside what a new one has anyway."""
    if type(tick) not in (XTick, YTick) or vars(tick).keys() - _list_attributes(Artist) - TICK:
        return False
    lines = [getattr(tick, name) for name in LINES]
    labels = [getattr(tick, name) for name in LABELS]
    across = [(0, 1), (0,), (1,), 0, 1]
    smooth, formulas = rcParams["lines.antialiased"], rcParams["text.parse_math"]
    return (
        all(type(part) is Line2D and not vars(part).keys() - _list_attributes(Line2D) for part in lines)
        and all(type(part) is Text and not vars(part).keys() - _list_attributes(Text) for part in labels)
        and all(part._agg_filter is None and not part._rasterized for part in (tick, *lines, *labels))
        and all(
            line._antialiased == smooth and line._markevery is None and line._snap is None for line in lines
        )
        and all(
            label._parse_math == formulas
            and label._rotation_mode == "default"
            and label._bbox_patch is None
            and not label._wrap
            for label in labels
        )
        and [
            *(tuple(line._yorig if horizontal else line._xorig) for line in lines),
            *(label._y if horizontal else label._x for label in labels),
        ]
        == across
    )


@lru_cache
def _list_attributes(kind: type) -> frozenset[str]:
    """What an artist of this kind has of its own when it is new."""
    return frozenset(vars(Line2D([], []) if kind is Line2D else kind())) | {"zorder"}
