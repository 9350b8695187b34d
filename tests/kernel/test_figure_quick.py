"""Drawing quickly leaves the figure as matplotlib does, and steps aside for what a reader has changed."""

from __future__ import annotations

import pickle
import warnings
from contextlib import nullcontext
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axis import XAxis, XTick
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from gradus.kernel import figure_boxes, figure_text_sizes
from gradus.kernel.figure_late_ticks import LateTicks, peek
from gradus.kernel.figure_quick import drawing_quickly
from gradus.kernel.figures import STYLE
from kernel.drawings import FIGURES
from kernel.test_figure_redraw import draw, make_figure, make_plainly


@pytest.fixture(autouse=True)
def site_style() -> Any:
    with matplotlib.rc_context(fname=STYLE):
        yield
    plt.close("all")


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Draws without anything quick."""

    def draw_plainly(figure: Any, ratio: float = 1) -> np.ndarray:
        with monkeypatch.context() as patch:
            patch.setattr("gradus.kernel.figure_quick.drawing_quickly", lambda _: nullcontext())
            return draw(figure, ratio)

    return draw_plainly


def describe_ticks(figure: Any) -> list[Any]:
    axes = [axis for one in figure.axes for axis in (one.xaxis, one.yaxis)]
    return [
        (
            *(tick.get_loc(), tick._size, tick.get_visible()),
            *(
                (label.get_text(), label.get_position(), label.get_color())
                for label in (tick.label1, tick.label2)
            ),
            *(
                [[*data] for data in line.get_data()]
                for line in (tick.tick1line, tick.tick2line, tick.gridline)
            ),
            *(tick.label1.get_rotation(), tick.label1.get_fontsize(), tick.gridline.get_linestyle()),
        )
        for axis in axes
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]
    ]


@pytest.mark.parametrize("program", FIGURES.values(), ids=FIGURES)
def test_ticks_are_left_as_matplotlib_leaves_them(
    program: str, plain: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = make_figure(program)
    draw(figure, 1)
    quick = describe_ticks(figure)
    make_plainly(monkeypatch)
    figure = make_figure(program)
    plain(figure)
    assert quick == describe_ticks(figure)


CHANGES = {
    "looks": "ax.tick_params(labelsize=18, length=9, color='r'); ax.grid(color='b')",
    "limits": "ax.set_xlim(-3, 40); ax.set_yscale('log')",
    "one": "ax.xaxis.majorTicks[1].label1.set_color('r'); ax.xaxis.get_major_ticks()[2].set_visible(False)",
    "labels": "[label.set_rotation(70) for label in ax.get_xticklabels()]",
    "first": "ax.yaxis.majorTicks[0].tick1line.set_markersize(30)",
    "places": "ax.set_xticks([0, .5], ['a', 'b']); ax.set_yticks([1.1], minor=True)",
    "style": "plt.rcParams.update({'lines.antialiased': False, 'xtick.major.size': 20, 'font.size': 30})",
    "formulas": "plt.rcParams['text.parse_math'] = False; ax.set_xlabel('$x$')",
    "size": "ax.figure.set_size_inches(3, 5); ax.figure.set_dpi(70)",
    "cleared": "ax.clear(); ax.plot([5, 6, 7])",
    "nothing": "",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changes_between_two_pictures_is_drawn(change: str, plain: Any) -> None:
    program = "plt.rcParams['font.family'] = 'sans-serif'; plt.plot([1, 2], label='$a$'); plt.legend()"
    pictures = []
    for way in (lambda figure: draw(figure, 1), plain):
        with matplotlib.rc_context():
            figure = make_figure(program)
            before = way(figure)
            exec(change, {"plt": plt, "ax": figure.axes[0]})
            pictures.append((before, way(figure), describe_ticks(figure)))
    quick, expected = pictures
    assert all(np.array_equal(first, second) for first, second in zip(quick[:2], expected[:2], strict=True))
    assert quick[2] == expected[2]


SETTINGS = {
    "text.hinting": "no_hinting",
    "text.hinting_factor": 1,
    "text.kerning_factor": 6,
    "text.antialiased": False,
    "font.sans-serif": ["DejaVu Serif"],
    "mathtext.fontset": "stix",
    "figure.dpi": 61,
    "lines.antialiased": False,
    "xtick.labelsize": 5,
}


@pytest.mark.parametrize("name, value", SETTINGS.items(), ids=SETTINGS)
def test_a_setting_that_changes_between_two_figures_is_followed(name: str, value: Any, plain: Any) -> None:
    program = (
        "plt.plot([1, 2], label='AVA'); plt.legend(); plt.xlabel('$x_2$'); plt.gca().set_yticks([1], ['Ty'])"
    )
    with matplotlib.rc_context({"font.family": "sans-serif"}):
        before = draw(make_figure(program), 1)
        with matplotlib.rc_context({name: value}):
            changed, expected = draw(make_figure(program), 1), plain(make_figure(program))
        again = draw(make_figure(program), 1)
    assert np.array_equal(changed, expected) and np.array_equal(before, again)
    assert not np.array_equal(before, changed)


def test_ticks_are_made_when_they_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = make_figure(FIGURES["capstone"])
    xaxis, yaxis = figure.axes[0].xaxis, figure.axes[0].yaxis
    made = count_calls(XTick, "__init__", monkeypatch)
    draw(figure, 1)
    draw(figure, 2)
    assert made == [] and type(xaxis.majorTicks) is LateTicks
    assert [tick.get_loc() for tick in xaxis.majorTicks] == xaxis.get_majorticklocs().tolist()
    assert len(made) == len(xaxis.majorTicks) - 1
    assert len(peek(yaxis.majorTicks)) == 1
    assert repr(yaxis.majorTicks[-1]) in repr(yaxis.majorTicks)


def test_a_figure_that_has_been_drawn_can_be_pickled_with_its_ticks() -> None:
    figure = make_figure(FIGURES["capstone"])
    draw(figure, 1)
    copy = pickle.loads(pickle.dumps(figure))
    assert type(copy.axes[0].xaxis.majorTicks) is list
    assert describe_ticks(copy) == describe_ticks(figure)


def count_calls(owner: type, name: str, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls: list[Any] = []
    original = getattr(owner, name)

    def counted(self: Any, *arguments: Any, **named: Any) -> Any:
        calls.append(self)
        return original(self, *arguments, **named)

    monkeypatch.setattr(owner, name, counted)
    return calls


@pytest.mark.parametrize(
    "owner, name",
    [
        *((Text, name) for name in ("_get_layout", "get_window_extent", "get_rotation", "draw", "set_text")),
        *((XTick, "draw"), (XTick, "update_position"), (Line2D, "draw"), (XAxis, "_update_ticks")),
        *((Path, "get_extents"), (XAxis, "get_major_ticks")),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_functions_that_a_reader_has_replaced_are_called(
    owner: type, name: str, plain: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though less often: ticks are worked out only as often as they change."""
    calls = count_calls(owner, name, monkeypatch)
    program = "plt.scatter([1, 2], [1, 2], label='a'); plt.legend(); plt.title('t')"
    picture = draw(make_figure(program), 1)
    assert calls and np.array_equal(picture, plain(make_figure(program)))


def test_a_text_with_methods_of_its_own_is_asked() -> None:
    class Doubled(Text):
        def get_window_extent(self, *arguments: Any, **named: Any) -> Bbox:
            x, y, width, height = super().get_window_extent(*arguments, **named).bounds
            return Bbox.from_bounds(x, y, 2 * width, height)

    figure = make_figure("plt.plot([1, 2]); plt.text(0, 1, 'a')")
    text = figure.axes[0].texts[0]
    own = Doubled(0, 1, "a", figure=figure, transform=text.get_transform())
    turned = Text(0, 1, "a", figure=figure, transform=text.get_transform())
    turned.get_rotation = lambda: 90  # type: ignore[method-assign]
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    with drawing_quickly(figure):
        boxes = [one.get_window_extent(renderer) for one in (text, own, turned)]
    assert boxes[1].width == 2 * boxes[0].width and boxes[2].width == boxes[0].height


def test_an_artist_that_looks_at_ticks_while_they_are_drawn_finds_them(plain: Any) -> None:
    class Nosy(Line2D):
        def draw(self, renderer: Any) -> None:
            assert self.axes is not None
            found.append([label.get_text() for label in self.axes.get_xticklabels()])
            super().draw(renderer)

    pictures, found = [], []
    for way in (lambda figure: draw(figure, 1), plain):
        figure = make_figure("plt.plot([1, 2])")
        figure.axes[0].add_line(Nosy([0, 1], [1, 2]))
        pictures.append(way(figure))
    assert found[0] == found[1] != [] and np.array_equal(*pictures)


def test_letters_that_no_font_has_are_warned_of_in_every_figure() -> None:
    for _ in range(2):
        figure = make_figure("plt.title('\\u6f22')")
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            draw(figure, 1)
        assert any("missing from font" in str(one.message) for one in caught)


def test_everything_is_given_back_when_drawing_fails() -> None:
    figure = make_figure("plt.plot([1, 2])")
    axis = figure.axes[0].xaxis
    before = (
        vars(Text)["_get_layout"],
        vars(Path)["get_extents"],
        set(vars(axis)),
        set(vars(axis.majorTicks[0])),
    )
    with pytest.raises(ZeroDivisionError), drawing_quickly(figure):
        assert vars(Text)["_get_layout"] is not before[0]
        _ = 1 / 0
    after = (
        vars(Text)["_get_layout"],
        vars(Path)["get_extents"],
        set(vars(axis)),
        set(vars(axis.majorTicks[0])),
    )
    assert before == after


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, most in ((figure_text_sizes, "_layouts", 5), (figure_boxes, "_boxes", 2)):
        monkeypatch.setattr(module, name, {})
        monkeypatch.setattr(module, "MOST", most)
    draw(make_figure("plt.scatter(range(9), range(9)); plt.legend(['a'])"), 1)
    assert 0 < len(figure_text_sizes._layouts) <= 5 and 0 < len(figure_boxes._boxes) <= 2
