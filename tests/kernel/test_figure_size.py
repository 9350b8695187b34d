"""A figure's picture at any pixel ratio: the same size on the page, the same picture, only sharper."""

from __future__ import annotations

import io
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from gradus.kernel.figure_png import draw_png, measure_figure
from kernel.checks import Runner, decode_png, png_size

SOURCE = """
import matplotlib.pyplot as plt
fig, (left, right) = plt.subplots(1, 2, figsize=({width}, {height}), dpi={dpi})
left.plot([1, 3, 2], label="line")
left.legend()
right.scatter([1, 2], [3, 4])
right.set(title="Points", xlabel="x", ylabel="a long label")
def look():
    return fig.get_size_inches().tolist(), fig.dpi, fig.canvas, type(fig.get_layout_engine())
"""


def draw(pixel_ratio: float, width: float = 6.0, height: float = 3.0, dpi: float = 100) -> Any:
    source = SOURCE.format(width=width, height=height, dpi=dpi)
    return Runner().run(source, pixel_ratio=pixel_ratio).only


def pixels(output: Any) -> np.ndarray:
    from PIL import Image

    with Image.open(io.BytesIO(decode_png(output))) as image:
        return np.asarray(image.convert("RGB"), float)


def size_on_page(output: Any) -> tuple[int, int]:
    details = output["metadata"]["image/png"]
    return details["width"], details["height"]


@pytest.mark.parametrize(
    "ratio, drawn",
    [
        (1, (600, 300)),
        (2, (1200, 600)),
        (3, (1800, 900)),
        (1.25, (750, 375)),
        (1.5, (900, 450)),
        (2.625, (1575, 787)),
    ],
)
def test_the_picture_has_ratio_times_as_many_pixels(ratio: float, drawn: tuple[int, int]) -> None:
    output = draw(ratio)
    assert png_size(output) == drawn
    assert size_on_page(output) == (600, 300)


@pytest.mark.parametrize(
    "ratio, used", [(0, 1), (0.5, 1), (-2, 1), (float("nan"), 1), (float("inf"), 1), (17, 4)]
)
def test_odd_ratios_are_limited(ratio: float, used: int) -> None:
    assert png_size(draw(ratio)) == (600 * used, 300 * used)


@pytest.mark.parametrize("limit", [300_000, 100_000])
def test_a_huge_figure_is_drawn_with_fewer_pixels_at_the_same_size(
    limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradus.kernel.figure_png.MAX_PIXELS", limit)
    output = draw(2)
    assert size_on_page(output) == (600, 300)
    width, height = png_size(output)
    assert limit * 0.98 < width * height <= limit and width / height == pytest.approx(2, rel=0.01)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.5, 3), st.floats(0.5, 3), st.floats(60, 130), st.sampled_from([1.0, 2.0, 3.0]))
@example(2.9999999999999996, 1.1, 60.0, 1.0)
@example(0.57, 0.9500000000000001, 100.0, 3.0)
def test_whole_ratios_fill_whole_pixels_at_any_size(
    width: float, height: float, dpi: float, ratio: float
) -> None:
    """A picture that is one pixel off is scaled by the browser, and blurred."""
    figure = Figure(figsize=(width, height), dpi=dpi)
    figure.text(0.5, 0.5, "text")
    across, down = measure_figure(figure)
    picture = draw_png(figure, ratio)
    assert struct.unpack(">II", picture[16:24]) == (across * ratio, down * ratio)
    assert abs(across - width * dpi) < 1 and abs(down - height * dpi) < 1


def find_ink(picture: np.ndarray, ratio: float) -> list[float]:
    """Left, right, top and bottom of what is drawn in the first colour, in CSS pixels."""
    red, green, blue = np.moveaxis(picture, -1, 0)
    rows, columns = np.nonzero((blue > red + 60) & (blue > green + 40))
    edges = [columns.min(), columns.max() + 1, rows.min(), rows.max() + 1]
    return [float(edge) / ratio for edge in edges]


@pytest.mark.parametrize("ratio", [1.5, 2, 3])
def test_the_picture_is_the_same_only_sharper(ratio: float) -> None:
    plain, sharp = pixels(draw(1)), pixels(draw(ratio))
    assert find_ink(sharp, ratio) == pytest.approx(find_ink(plain, 1), abs=1)


def test_at_ratio_one_the_picture_is_the_one_that_matplotlib_saves(tmp_path: Any) -> None:
    from PIL import Image

    path = tmp_path / "saved.png"
    source = SOURCE.format(width=6, height=3, dpi=100)
    Runner().run(source + f"fig.savefig({str(path)!r})")
    with Image.open(path) as saved:
        assert (pixels(Runner().run(source).only) == np.asarray(saved.convert("RGB"), float)).all()


def test_drawing_leaves_the_figure_as_it_was() -> None:
    runner = Runner()
    runner.run(SOURCE.format(width=6.6, height=3.8, dpi=96) + "before, bounds = look(), left.get_position()")
    runner.run("display(fig)", pixel_ratio=3)
    assert runner.session.evaluate("before == look()")
    # A layout that is made again may move by a fraction of a pixel, and by no more.
    bounds = runner.session.evaluate("left.get_position().bounds")
    runner.run("fig.canvas.draw()")
    assert runner.session.evaluate("left.get_position().bounds") == pytest.approx(bounds, abs=1e-3)
