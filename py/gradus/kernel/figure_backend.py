"""The matplotlib backend of a session: Agg draws, and showing a figure makes it an output of the cell."""

from __future__ import annotations

from typing import Any

from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

from gradus.kernel.figure_text import FormulaParser
from gradus.kernel.figure_tick_patterns import install
from gradus.kernel.figures import find_active

install()


class FigureManager(FigureManagerBase):
    """What pyplot holds for each open figure."""

    def show(self) -> None:
        """`fig.show()`: the figure as it is now; it stays open and may change."""
        figures = find_active()
        if figures is not None:
            figures.show(self.canvas.figure)

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """`plt.show()`: every open figure; then they are closed, and the next plot begins a new one."""
        figures = find_active()
        if figures is not None:
            figures.show_open()


class FigureCanvas(FigureCanvasAgg):
    """An Agg canvas that is drawn when it is shown, and not at every step in pyplot's interactive mode."""

    manager_class = FigureManager

    def draw_idle(self, *args: object, **kwargs: object) -> None:
        """Nothing: there is no window to keep up to date."""

    def get_renderer(self) -> Any:
        """Agg's own, with formulas remembered from one figure to the next."""
        renderer: Any = super().get_renderer()  # type: ignore[no-untyped-call]
        renderer.mathtext_parser = FormulaParser()
        return renderer
