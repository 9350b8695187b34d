"""What makes drawing quick changes no pixel: each figure is drawn with it and by plain Agg."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axis import Axis, XAxis, XTick
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from PIL import Image

from gradus.kernel.figure_backend import FigureCanvas
from gradus.kernel.figure_png import draw_png
from gradus.kernel.figure_text import FormulaParser
from gradus.kernel.figure_tick_copies import copy_ticks
from gradus.kernel.figure_ticks import MAKER, METHOD, remembering_ticks
from gradus.kernel.figures import STYLE
from kernel.drawings import FIGURES


@pytest.fixture(autouse=True)
def site_style() -> Any:
    with matplotlib.rc_context(fname=STYLE):
        yield
    plt.close("all")


def make_figure(program: str) -> Figure:
    np.random.seed(0)
    plt.close("all")
    exec(program, {"plt": plt, "np": np})
    return plt.gcf()


def draw(figure: Figure, ratio: float) -> np.ndarray:
    with Image.open(io.BytesIO(draw_png(figure, ratio))) as image:
        return np.asarray(image.convert("RGBA"))


def make_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let axes make their ticks as matplotlib does."""
    quick = vars(Axis)["_get_tick"]
    monkeypatch.setattr(Axis, "_get_tick", quick.__wrapped__)


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("program", FIGURES.values(), ids=FIGURES)
def test_the_picture_is_plain_aggs(program: str, ratio: float, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = make_figure(program)
    FigureCanvas(figure)
    quick = draw(figure, ratio)
    make_plainly(monkeypatch)
    figure = make_figure(program)
    FigureCanvasAgg(figure)
    monkeypatch.setattr("gradus.kernel.figure_quick.drawing_quickly", lambda _: nullcontext())
    assert (quick == draw(figure, ratio)).all()


def count_updates(program: str, quick: Callable[[Figure], Any], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many times matplotlib works out ticks of horizontal axes for a picture."""
    counted = []
    original = getattr(XAxis, METHOD)
    figure = make_figure(program)
    with monkeypatch.context() as patch:
        patch.setattr(XAxis, METHOD, lambda axis: counted.append(axis) or original(axis))
        patch.setattr("gradus.kernel.figure_quick.drawing_quickly", quick)
        draw(figure, 1)
    return len(counted)


def test_ticks_are_worked_out_once_for_each_place_of_the_axes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they are at first, after either step of the layout, and in the drawing."""
    plain = count_updates(FIGURES["capstone"], lambda _: nullcontext(), monkeypatch)
    quick = count_updates(FIGURES["capstone"], remembering_ticks, monkeypatch)
    assert quick <= 2 * 4 < plain


@pytest.mark.parametrize("kind", ["own", "shared", "categories", "polar", "solid"])
def test_where_ticks_may_differ_they_are_worked_out_each_time(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = count_updates(FIGURES[kind], lambda _: nullcontext(), monkeypatch)
    assert count_updates(FIGURES[kind], remembering_ticks, monkeypatch) == plain


def test_ticks_are_chosen_once_for_limits_that_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[Any] = []
    choose = MaxNLocator.tick_values

    def note(self: Any, low: float, high: float) -> Any:
        chosen.append(self)
        return choose(self, low, high)

    monkeypatch.setattr(MaxNLocator, "tick_values", note)
    figure = make_figure("plt.plot([1, 2]); plt.ylabel('y'); plt.title('t')")
    draw(figure, 1)
    axes = figure.axes[0]
    assert sorted(map(id, chosen)) == sorted([id(axes.xaxis.major.locator), id(axes.yaxis.major.locator)])
    axes.set_xlim(0, 1000)
    draw(figure, 1)
    assert len(chosen) == 4


def test_nothing_stays_behind_on_the_axes() -> None:
    figure = make_figure("plt.plot([1, 2]); plt.gca().set_axis_off")
    with pytest.raises(ZeroDivisionError), remembering_ticks(figure):
        assert METHOD in vars(figure.axes[0].xaxis)
        _ = 1 / 0
    assert not {METHOD, MAKER} & vars(figure.axes[0].xaxis).keys()


def test_ticks_made_by_copying_are_ticks_of_their_own() -> None:
    figure = make_figure("plt.semilogy([1, 1e6])")
    FigureCanvas(figure)
    draw(figure, 1)
    first, second, *_ = figure.axes[0].yaxis.get_minor_ticks()
    fonts = first.label1.get_fontproperties(), second.label1.get_fontproperties()
    second.label1.set_fontsize(30)
    second.gridline.set_linewidth(9)
    heard: list[Any] = []
    second.tick1line.add_callback(heard.append)
    first.tick1line.pchanged()
    assert fonts[0] is not fonts[1] and first.label1.get_fontsize() != 30
    assert first.gridline.get_linewidth() != 9 and heard == []
    assert first.get_loc() != second.get_loc()


def test_ticks_of_another_kind_are_not_copied() -> None:
    class Tick(XTick):
        pass

    made: list[Any] = []
    figure = make_figure("plt.plot([1, 2])")

    def make(major: bool) -> XTick:
        made.append(Tick(figure.axes[0], 0, major=major))
        return made[-1]

    copying = copy_ticks(make)
    assert [copying(True), copying(True), copying(False)] == made


def test_formulas_are_parsed_once_and_follow_the_settings() -> None:
    parser = FormulaParser()
    first = parser.parse("$x^2$", 96)
    assert parser.parse("$x^2$", 96) is first
    assert parser.parse("$x^2$", 192) is not first
    with matplotlib.rc_context({"mathtext.fontset": "stix"}):
        other = parser.parse("$x^2$", 96, matplotlib.font_manager.FontProperties(math_fontfamily="stix"))
    assert not np.array_equal(np.asarray(other.image), np.asarray(first.image))
