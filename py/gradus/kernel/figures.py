"""Shows matplotlib's figures: when the reader asks, and at a cell's end those they left open."""

from __future__ import annotations

import base64
import os
import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradus.kernel.outputs import MimeBundle
from gradus.kernel.takeover import replace_item

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BACKEND = "module://gradus.kernel.figure_backend"
STYLE = Path(__file__).with_name("gradus.mplstyle")

_active: list[Figures] = []


def find_active() -> Figures | None:
    """The figures of the session that has the interpreter now. The backend, loaded by matplotlib, asks."""
    return _active[-1] if _active else None


class Figures:
    """The figures of one session. matplotlib is never imported from here before a cell has imported it."""

    def __init__(self, show: Callable[[MimeBundle], None]) -> None:
        self.pixel_ratio = 1.0
        self._show = show
        self._shown: weakref.WeakSet[Figure] = weakref.WeakSet()
        self._prepared = False

    @contextmanager
    def active(self) -> Iterator[None]:
        """While this lasts, matplotlib comes up with our backend and style, and `plt.show()` shows here."""
        with ExitStack() as stack:
            # Environment variables reach matplotlib whenever it is imported, and cost nothing if it isn't.
            stack.enter_context(replace_item(os.environ, "MPLBACKEND", BACKEND))
            stack.enter_context(replace_item(os.environ, "MATPLOTLIBRC", str(STYLE)))
            if not self._prepared and "matplotlib" in sys.modules:
                _prepare_imported()
            _active.append(self)
            stack.callback(_active.remove, self)
            try:
                yield
            finally:
                # If it wasn't, and is the next time, another session has imported it, and set it as it liked.
                self._prepared = "matplotlib" in sys.modules

    def is_figure(self, value: object) -> bool:
        """Whether this is something `make_bundle` takes."""
        module = sys.modules.get("matplotlib.figure")
        return module is not None and isinstance(value, module.Figure)

    def make_bundle(self, figure: Figure) -> MimeBundle:
        """The figure as PNG with its size in CSS pixels and a description. Raises what drawing it raises."""
        from gradus.kernel.describe import describe_figure
        from gradus.kernel.figure_png import draw_png, measure_figure

        self._shown.add(figure)
        if not figure.get_children()[1:]:
            # Nothing but its background: as in Jupyter, a word instead of a blank rectangle.
            figure.stale = False
            return MimeBundle({"text/plain": repr(figure)})
        picture = base64.b64encode(draw_png(figure, self.pixel_ratio)).decode("ascii")
        width, height = measure_figure(figure)
        return MimeBundle(
            {"image/png": picture, "text/plain": repr(figure)},
            {"image/png": {"width": width, "height": height, "alt": describe_figure(figure)}},
        )

    def show(self, figure: Figure) -> None:
        """Show one figure now."""
        self._show(self.make_bundle(figure))

    def show_open(self) -> None:
        """Show pyplot's open figures, without those shown in this run and unchanged since, and close all."""
        try:
            for manager in _find_open():
                figure = manager.canvas.figure
                if figure not in self._shown or figure.stale:
                    self.show(figure)
        finally:
            self.close_open()

    def close_open(self) -> None:
        """Close pyplot's open figures without showing them."""
        self._shown.clear()
        for manager in _find_open():
            _pyplot_figures().destroy(manager)


def _pyplot_figures() -> Any:
    """pyplot's table of open figures, which matplotlib's own backends use."""
    from matplotlib._pylab_helpers import Gcf

    return Gcf


def _find_open() -> list[Any]:
    """Managers of the open figures, in the order of their numbers."""
    if "matplotlib._pylab_helpers" not in sys.modules:
        return []
    return sorted(_pyplot_figures().get_all_fig_managers(), key=lambda manager: int(manager.num))


def _prepare_imported() -> None:
    """Give a matplotlib that came before the session (as in a warm start) what a later one gets by itself."""
    import matplotlib

    matplotlib.rcdefaults()
    if STYLE.exists():
        matplotlib.rcParams.update(matplotlib.rc_params_from_file(STYLE, use_default_template=False))
    matplotlib.use(BACKEND)
