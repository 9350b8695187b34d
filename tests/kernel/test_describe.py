"""Figures in words: what each kind of plot says, and that nothing a figure may hold breaks it."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradus.kernel.describe import MAX_LENGTH
from gradus.kernel.describe_words import MINUS, join_words, quote_text, say_number
from kernel.checks import Runner

START = "import matplotlib.pyplot as plt, numpy as np\nx = np.linspace(0, 10, 51)\n"

CASES = {
    "title, axes and a line": (
        "plt.plot(x, 2 * x + 1, label='fit'); plt.xlim(0, 10); plt.ylim(1, 21)\n"
        "plt.title('Data'); plt.xlabel('size'); plt.ylabel('price');",
        "Chart “Data”: x axis “size” from 0 to 10, y axis “price” from 1 to 21. "
        "Line “fit” rises from 1 to 21 between 0 and 10.",
    ),
    "falling": ("plt.plot([3, 2, 0]);", "Line falls from 3 to 0 between 0 and 2."),
    "constant": ("plt.plot([25, 25, 25]);", "Line stays at 25 between 0 and 2."),
    "up and down": (
        "plt.plot([0, 5, -1, 2]);",
        f"Line goes from 0 to 2 between 0 and 3, lowest {MINUS}1 at 2, highest 5 at 1.",
    ),
    "one extreme": ("plt.plot([4, 1, 4]);", "Line goes from 4 to 4 between 0 and 2, lowest 1 at 1."),
    "a path": ("plt.plot([0, 1, 0], [0, 1, 2]);", "Line through 3 points from (0, 0) to (0, 2)."),
    "gaps": ("plt.plot([np.nan, 1, np.inf, 2]);", "Line rises from 1 to 2 between 1 and 3."),
    "masked": ("plt.plot(np.ma.masked_less([0, 1, 2], 1));", "Line rises from 1 to 2 between 1 and 2."),
    "a lone point": ("plt.plot([2], [3], 'o', label='start');", "Point “start” at (2, 3)."),
    "markers only": ("plt.plot([1, 2], 'o');", "Points rises from 1 to 2"),
    "logarithmic": (
        "plt.plot(10.0 ** -x); plt.yscale('log'); plt.ylim(1e-10, 1);",
        f"from 1e{MINUS}10 to 1 (logarithmic scale)",
    ),
    "reversed axis": ("plt.plot(x); plt.xlim(50, 0);", "x axis from 50 to 0"),
    "lines across": (
        "plt.axhline(2, label='limit'); plt.axvline(3);",
        "Horizontal line “limit” at 2. Vertical line at 3.",
    ),
    "many lines": (
        "for i in range(9): plt.plot(x, x * i)\nplt.plot(x, label='last');",
        "9 lines without a label.",
    ),
    "scatter": (
        "plt.scatter([1, 2, 4], [0, 9, 3], label='data');",
        "3 points “data”, x from 1 to 4, y from 0 to 9.",
    ),
    "bars": (
        "plt.bar(['a', 'b'], [3, 5], label='n');",
        "x axis with “a”, “b”, y axis from 0 to 5.25. 2 bars “n”: 3, 5.",
    ),
    "horizontal bars": ("plt.barh(['a', 'b'], [3, 5]);", "2 horizontal bars: 3, 5."),
    "histogram": ("plt.hist([1, 1, 2, 9], bins=12);", "12 bars from 0 to 2."),
    "contours": (
        "plt.contour(np.outer(x, x), levels=[10, 50, 90]);",
        "Contour lines at 3 levels from 10 to 90.",
    ),
    "filled contours and their scale": (
        "plt.contourf(np.outer(x, x), levels=[0, 50, 100]); plt.colorbar(label='height');",
        "Filled contours at 3 levels from 0 to 100. Colours “height” from 0 to 100.",
    ),
    "image": ("plt.imshow(np.eye(3));", "Image of 3 rows and 3 columns, values from 0 to 1."),
    "coloured picture": ("plt.imshow(np.zeros((4, 6, 3)));", "Picture of 6 by 4 pixels."),
    "grid of colours": ("plt.pcolormesh(np.eye(3));", "Coloured grid of values from 0 to 1."),
    "arrows": ("plt.quiver([1, 2], [1, 2], [1, 1], [0, 0]);", "2 arrows."),
    "an area": ("plt.fill_between(x, x, label='sure');", "Shaded area “sure”."),
    "error bars": ("plt.errorbar([1, 2], [3, 4], yerr=1);", "2 line segments."),
    "pie": ("plt.pie([1, 3], labels=['a', 'b']);", "Chart. Pie of “a” 25 %, “b” 75 %."),
    "annotations": (
        "plt.plot(x); plt.annotate('minimum', (0, 0)); plt.text(1, 1, 'here');",
        "Text: “minimum”, “here”.",
    ),
    "mathematics in texts": (
        "plt.title(r'$\\mathrm{loss}\\ L(w_1)$ and $\\theta$');",
        "“loss L(w_1) and theta”",
    ),
    "two panels": (
        "fig, (a, b) = plt.subplots(1, 2); fig.suptitle('Both'); a.plot([1, 2]); b.plot([2, 1]);",
        "Figure “Both” with 2 panels. Panel 1: ",
    ),
    "the second panel": (
        "fig, (a, b) = plt.subplots(1, 2); a.plot([1, 2]); b.plot([2, 1]);",
        "Line falls from 2 to 1",
    ),
    "many panels": (
        "fig, axes = plt.subplots(4, 5)\nfor i, a in enumerate(axes.flat): a.set_title(f't{i}')",
        "Figure with 20 panels: “t0”, “t1”, “t2”, “t3”, “t4”, “t5”, “t6”, “t7” and 12 more.",
    ),
    "an empty panel": ("plt.subplots();", "y axis from 0 to 1, empty."),
    "no axes": ("plt.plot(x); plt.axis('off');", "Chart. Line rises from 0 to 10 between 0 and 50."),
    "a drawing": (
        "plt.axis('off'); plt.gca().add_patch(plt.Rectangle((0, 0), 1, 1))\n"
        "plt.annotate('', (0, 0), (1, 1), arrowprops={}); plt.text(0, 0, 'x');",
        "Chart. 1 rectangle. Text: “x”.",
    ),
    "only a text": ("plt.figure().text(0.5, 0.5, 'hello');", "Figure. Text: “hello”."),
    "three dimensions": (
        "ax = plt.figure().add_subplot(projection='3d')\nX, Y = np.meshgrid(x, x)\n"
        "ax.plot_surface(X, Y, X); ax.plot(x, x, x);",
        "Line in space, of 51 points. Surface in space.",
    ),
    "polar": ("plt.polar(x, x);", "polar, radius from 0"),
    "dates": (
        "import datetime as d\nplt.plot([d.date(2024, 1, 1), d.date(2026, 1, 1)], [1, 2]);",
        "Line rises from 1 to 2 between 2024-01 and 2026-01.",
    ),
    "twin axes": (
        "fig, a = plt.subplots(); a.plot([1, 2]); a.twinx().plot([9, 7]);",
        "Line falls from 9 to 7",
    ),
    "inset": (
        "fig, a = plt.subplots(); a.plot([1, 2]); a.inset_axes([0, 0, 1, 1]).plot([9, 7]);",
        "Line falls from 9 to 7",
    ),
    "invisible": ("plt.plot(x, visible=False); plt.plot([1, 2]);", "Line rises from 1 to 2 between 0 and 1."),
    "no data": ("plt.plot([], []); plt.scatter([], []);", "No points."),
    "odd things": (
        "plt.stem([1, 2]); plt.boxplot([1, 2, 3]); plt.violinplot([1, 2]); plt.table([['a']]);",
        "Table.",
    ),
    "a stream": ("X, Y = np.meshgrid(x, x); plt.streamplot(x, x, X, Y);", "line segments"),
}


def describe(source: str) -> str:
    run = Runner().run(START + source)
    pictures = [output for output in run.outputs if "image/png" in output.get("data", {})]
    assert run.result.status == "ok" and len(pictures) == 1, run.outputs
    return pictures[0]["metadata"]["image/png"]["alt"]


@pytest.mark.parametrize("source, expected", CASES.values(), ids=CASES)
def test_description(source: str, expected: str) -> None:
    description = describe(source)
    assert expected in description
    assert len(description) <= MAX_LENGTH


LONG = {
    "many named lines": "for i in range(30): plt.plot(x, x * i, label='a rather long name %d' % i)",
    "long texts": (
        "plt.title('t' * 1000); plt.xlabel('x' * 1000)\n"
        "plt.plot(x, label='l' * 1000); plt.text(0, 0, 'w' * 1000);"
    ),
    "many texts": "for i in range(99): plt.text(i, i, 'quite a long text number %d' % i)",
    "six full panels": (
        "fig, axes = plt.subplots(2, 3)\n"
        "for a in axes.flat:\n    a.set(title='a title ' * 5, xlabel='x' * 50)\n"
        "    for i in range(3): a.plot(x, np.sin(i * x), label='named %d' % i)"
    ),
}


@pytest.mark.parametrize("source", LONG.values(), ids=LONG)
def test_a_long_description_is_cut_and_says_so(source: str) -> None:
    description = describe(source)
    assert 200 < len(description) <= MAX_LENGTH
    assert "more" in description or "…" in description


def test_an_artist_that_breaks_everything_is_named() -> None:
    source = (
        "from matplotlib.collections import PathCollection\n"
        "class Odd(PathCollection):\n    def get_offsets(self): raise RuntimeError('no')\n"
        "    def draw(self, renderer): pass\n    def get_datalim(self, t):\n"
        "        from matplotlib.transforms import Bbox\n        return Bbox.unit()\n"
        "plt.gca().add_collection(Odd([])); plt.plot([1, 2]);"
    )
    assert describe(source).endswith("Line rises from 1 to 2 between 0 and 1. Odd.")


def test_a_figure_that_breaks_everything_is_a_figure() -> None:
    source = (
        "from matplotlib.figure import Figure\n"
        "class Odd(Figure):\n    def get_suptitle(self): raise RuntimeError\n"
        "fig = Odd(); fig.subplots()\nfig"
    )
    assert describe(source) == "Figure"


numbers = st.floats(allow_nan=True, allow_infinity=True, width=32)


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(numbers, max_size=6),
    kind=st.sampled_from(["plot", "scatter", "bar", "stem", "fill_between", "step", "hist"]),
    title=st.text(st.characters(exclude_characters="$\\", exclude_categories=["Cs"]), max_size=20),
)
def test_any_values_are_described(values: list[float], kind: str, title: str) -> None:
    from matplotlib.figure import Figure

    from gradus.kernel.describe import describe_figure

    axes = Figure().subplots()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            axes.hist(values) if kind == "hist" else getattr(axes, kind)(range(len(values)), values)
        except (ValueError, IndexError, OverflowError):
            return  # matplotlib itself has no picture for these
    axes.set_title(title, parse_math=False)
    assert 0 < len(describe_figure(axes.figure)) <= MAX_LENGTH
    assert describe_figure(axes.figure) != "Figure"


NUMBERS = {
    0.0: "0",
    1.0: "1",
    -2.5: f"{MINUS}2.5",
    1234.5: "1234",
    22751.3: "22750",
    1.4384e9: "1.44e9",
    7.957e-09: f"7.96e{MINUS}9",
    0.000454: "0.000454",
    1e6: "1e6",
    1 / 3: "0.3333",
    float("nan"): "nan",
    float("-inf"): f"{MINUS}inf",
}


@pytest.mark.parametrize("number, said", NUMBERS.items(), ids=map(str, NUMBERS))
def test_numbers(number: float, said: str) -> None:
    assert say_number(number) == said


def test_words() -> None:
    assert join_words(["a", "b", "c"], 3) == "a, b, c"
    assert join_words(["a", "b", "c"], 2) == "a, b and 1 more"
    assert quote_text("  a\n b ") == "“a b”" and quote_text(" ") == ""
