"""Draws a matplotlib figure as PNG for a screen with any number of pixels per CSS pixel."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MAX_RATIO = 4.0
"""Sharper than any screen; more would only cost memory."""
MAX_PIXELS = 40_000_000
"""A picture above this is drawn with fewer pixels, at the same size on the page."""

QUICK = 1
"""zlib's level: a reader waits for each picture, and none of them travels further than to the page."""


def measure_figure(figure: Figure) -> tuple[int, int]:
    """Width and height on the page in whole CSS pixels, the same for every pixel ratio."""
    # Cut off as Agg does it.
    width, height = figure.bbox.size
    return max(1, int(width)), max(1, int(height))


def draw_png(figure: Figure, pixel_ratio: float) -> bytes:
    """The picture with `pixel_ratio` pixels per CSS pixel both ways. Leaves the figure as it was."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

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
        pixels = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
        height, width = pixels.shape[:2]
        image = Image.frombuffer("RGBA", (width, height), pixels, "raw", "RGBA", 0, 1)
        # A figure of 633.6 by 364.8 pixels fills 633 by 364 on the page. Cut, because scaling would blur it.
        image = image.crop((0, 0, min(width, int(page_width * ratio)), min(height, int(page_height * ratio))))
        file = io.BytesIO()
        image.save(file, "png", dpi=(figure.dpi, figure.dpi), compress_level=QUICK)
        return file.getvalue()
    finally:
        figure.dpi = own_dpi
        figure.set_canvas(own_canvas)
        if layout is not None:
            figure.set_layout_engine(layout)
        figure.stale = False


def _limit_ratio(figure: Figure, pixel_ratio: float) -> float:
    width, height = measure_figure(figure)
    ratio = min(max(pixel_ratio, 1.0), MAX_RATIO) if math.isfinite(pixel_ratio) else 1.0
    return min(ratio, math.sqrt(MAX_PIXELS / (width * height)))
