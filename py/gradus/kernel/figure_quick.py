"""All that makes drawing quick, and changes no pixel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gradus.kernel.figure_boxes import list_box_swaps
from gradus.kernel.figure_quick_axis import QuickAxis, is_uniform
from gradus.kernel.figure_swaps import swapping
from gradus.kernel.figure_text_sizes import TextSizes
from gradus.kernel.figure_ticks import choose_axes, remembering_ticks

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@contextmanager
def drawing_quickly(figure: Figure) -> Iterator[None]:
    """While this lasts, the figure may be laid out and drawn, and matplotlib remembers what it has found."""
    sizes = TextSizes()
    quick = [QuickAxis(axis, sizes) for axis in choose_axes(figure) if is_uniform(axis)]
    with swapping([*list_box_swaps(), *sizes.list_swaps()]):
        for axis in quick:
            axis.begin()
        try:
            with remembering_ticks(figure):
                yield
        finally:
            for axis in quick:
                axis.end()
