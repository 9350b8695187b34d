"""Draws a matplotlib figure as PNG for a screen with any number of pixels per CSS pixel."""

from __future__ import annotations

import math
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MAX_RATIO = 4.0
"""Sharper than any screen; more would only cost memory."""
MAX_PIXELS = 40_000_000
"""A picture above this is drawn with fewer pixels, at the same size on the page."""

QUICK = 1
"""zlib's level: a reader waits for each picture, and none of them travels further than to the page."""
INCH = 0.0254
"""In metres."""


def measure_figure(figure: Figure) -> tuple[int, int]:
    """Width and height on the page in whole CSS pixels, the same for every pixel ratio."""
    # Cut off as Agg does it.
    width, height = figure.bbox.size
    return max(1, int(width)), max(1, int(height))


def draw_png(figure: Figure, pixel_ratio: float) -> bytes:
    """The picture with `pixel_ratio` pixels per CSS pixel both ways. Leaves the figure as it was."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from gradus.kernel.figure_quick import drawing_quickly

    own_canvas, own_dpi, layout = figure.canvas, figure.dpi, figure.get_layout_engine()
    ratio = _limit_ratio(figure, pixel_ratio)
    page_width, page_height = measure_figure(figure)
    try:
        canvas = own_canvas if isinstance(own_canvas, FigureCanvasAgg) else FigureCanvasAgg(figure)
        with drawing_quickly(figure):
            if layout is not None and figure.axes:
                # At the page's scale: at another, letters aren't exactly as wide, and all would shift.
                layout.execute(figure)
                figure.set_layout_engine("none")
            # A rounding error must not cost the last row: 170.99999999999997 pixels are 171.
            figure.dpi = own_dpi if ratio == 1 else own_dpi * ratio * (1 + 1e-9)
            canvas.draw()  # type: ignore[no-untyped-call]
        pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        # A figure of 633.6 by 364.8 pixels fills 633 by 364 on the page. Cut, because scaling would blur it.
        return encode_png(pixels[: int(page_height * ratio), : int(page_width * ratio)], figure.dpi)
    finally:
        figure.dpi = own_dpi
        figure.set_canvas(own_canvas)
        if layout is not None:
            figure.set_layout_engine(layout)
        figure.stale = False


def encode_png(pixels: np.ndarray, dpi: float) -> bytes:
    """A PNG of pixels with red, green, blue and opacity each, without the filters that cost most of the time.

    What is drawn has large areas of one colour: they are as small without.
    """
    height, width = pixels.shape[:2]
    rows = np.zeros((height, 1 + 4 * width), np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)
    scale = int(dpi / INCH + 0.5)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _make_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)),
            _make_chunk(b"pHYs", struct.pack(">IIB", scale, scale, 1)),
            _make_chunk(b"IDAT", zlib.compress(rows.data, QUICK)),
            _make_chunk(b"IEND", b""),
        )
    )


def _make_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _limit_ratio(figure: Figure, pixel_ratio: float) -> float:
    width, height = measure_figure(figure)
    ratio = min(max(pixel_ratio, 1.0), MAX_RATIO) if math.isfinite(pixel_ratio) else 1.0
    return min(ratio, math.sqrt(MAX_PIXELS / (width * height)))
