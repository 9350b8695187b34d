"""Ticks that axes begin with are copies of earlier ones, and are as if they had been made."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axis import Axis, Tick, XAxis, XTick
from matplotlib.cbook import CallbackRegistry
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.text import Text

from gradus.kernel import figure_backend, figure_tick_patterns
from gradus.kernel.figure_swaps import is_own
from gradus.kernel.figure_tick_copies import PARTS
from gradus.kernel.figures import STYLE

assert figure_backend, "importing it is what installs them"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The site's style, and no pattern known."""
    monkeypatch.setattr(figure_tick_patterns, "_patterns", {})
    with matplotlib.rc_context(fname=STYLE):
        yield
    plt.close("all")


def make_axes() -> Any:
    return plt.figure().add_subplot()


def make_tick(axis: Axis, major: bool, monkeypatch: pytest.MonkeyPatch) -> Any:
    """As matplotlib does it."""
    with monkeypatch.context() as patch:
        patch.setattr(Axis, "_get_tick", vars(Axis)["_get_tick"].__wrapped__)
        return axis._get_tick(major)  # type: ignore[attr-defined]


def describe(artist: Any) -> dict[str, object]:
    """All that an artist has, to be compared."""
    return {name: describe_value(value) for name, value in vars(artist).items()}


def describe_value(value: Any) -> object:
    match value:
        case Figure():
            return id(value)
        case np.ndarray():
            return value.tolist()
        case CallbackRegistry():
            return value.callbacks
        case MarkerStyle():
            path = value.get_path()
            shape = None if path is None else path.vertices.tolist()
            return value.get_marker(), value.get_fillstyle(), shape, str(value.get_transform())
        case Line2D() | Text():
            return describe(value)
    return str(value)


def count(owner: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls: list[Any] = []
    original = getattr(owner, name)

    def counted(*arguments: Any, **named: Any) -> Any:
        calls.append(arguments)
        return original(*arguments, **named)

    monkeypatch.setattr(owner, name, counted)
    return calls


@pytest.mark.parametrize("major", [True, False])
@pytest.mark.parametrize("along", ["xaxis", "yaxis"])
def test_a_copy_is_what_matplotlib_makes(along: str, major: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    make_axes()
    axis = getattr(make_axes(), along)
    assert describe(axis._get_tick(major)) == describe(make_tick(axis, major, monkeypatch))


def test_only_the_first_of_a_look_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bool] = []

    def make(axis: Any, major: bool) -> Any:
        made.append(major)
        return vars(Axis)["_get_tick"].__wrapped__(axis, major)

    quick = figure_tick_patterns.make_get_tick(make)
    axes, others = make_axes(), make_axes()
    for axis in (axes.xaxis, axes.yaxis, others.xaxis, others.yaxis):
        quick(axis, True)
        quick(axis, False)
    assert made == [True, False] * 2
    others.tick_params(color="red")
    quick(others.xaxis, True)
    quick(axes.xaxis, True)
    assert made == [*[True, False] * 2, True]


def test_no_axes_know_of_each_other() -> None:
    first, second = make_axes(), make_axes()
    ticks = first.xaxis.majorTicks[0], second.xaxis.majorTicks[0]
    for name in PARTS:
        parts = [getattr(tick, name) for tick in ticks]
        assert parts[0] is not parts[1]
        assert [part.get_figure() for part in parts] == [first.figure, second.figure]
        parts[1].sticky_edges.x.append(1)
        assert not parts[0].sticky_edges.x
    ticks[1].tick1line.set_marker("o")
    ticks[1].label1.set_fontsize(30)
    assert ticks[0].tick1line.get_marker() != "o" and ticks[0].label1.get_fontsize() != 30


def test_a_figure_that_is_gone_is_not_kept() -> None:
    figure = weakref.ref(make_axes().figure)
    plt.close("all")
    gc.collect()
    assert figure_tick_patterns._patterns and figure() is None


@pytest.mark.parametrize(
    "name, value",
    [("xtick.color", "red"), ("font.size", 30), ("text.parse_math", False), ("lines.antialiased", False)],
)
def test_settings_are_followed(name: str, value: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_axes()
    with matplotlib.rc_context({name: value}):
        axis = make_axes().xaxis
        assert describe(axis._get_tick(True)) == describe(make_tick(axis, True, monkeypatch))


def test_a_setting_that_is_changed_where_it_stands_is_followed() -> None:
    with matplotlib.rc_context({"font.family": ["serif"]}):
        make_axes()
        matplotlib.rcParams["font.family"].insert(0, "monospace")
        assert make_axes().xaxis.majorTicks[0].label1.get_fontfamily() == ["monospace", "serif"]


def test_a_look_that_no_text_says_is_not_taken_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    for color in ((0.0, 0.5, 1.0), np.array((0.0, 0.5, 1.0)), np.array((1.0, 0.5, 0.0))):
        axes = make_axes()
        axes.tick_params(color=color)
        made = make_tick(axes.xaxis, True, monkeypatch)
        assert describe(axes.xaxis._get_tick(True)) == describe(made)


@pytest.mark.parametrize(
    "owner, name", [(Tick, "__init__"), (XTick, "_apply_tickdir"), (Line2D, "set_marker"), (Text, "__init__")]
)
def test_what_a_reader_has_replaced_is_called(owner: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_axes()
    calls = count(owner, name, monkeypatch)
    make_axes().xaxis._get_tick(True)
    assert calls


def test_axes_of_another_kind_make_their_own() -> None:
    polar = plt.figure().add_subplot(projection="polar")
    assert type(polar.xaxis.majorTicks[0]) is not XTick
    assert not any(kind is not XAxis for kind, _, _ in figure_tick_patterns._patterns)


def test_it_counts_as_matplotlibs_own_and_a_readers_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = vars(Axis)["_get_tick"]
    figure_tick_patterns.install()
    assert vars(Axis)["_get_tick"] is quick and is_own(XAxis, "_get_tick")
    monkeypatch.setattr(Axis, "_get_tick", lambda self, major: quick(self, major))
    assert not is_own(XAxis, "_get_tick")


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_tick_patterns, "MOST", 3)
    for size in range(5):
        make_axes().tick_params(labelsize=size + 1)
        make_axes().xaxis._get_tick(True)
    assert 0 < len(figure_tick_patterns._patterns) <= 3
