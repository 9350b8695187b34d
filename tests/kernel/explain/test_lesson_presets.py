"""Lesson 3, cell by cell and preset by preset: noticed where it diverges, and nowhere else."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import pytest

from gradus.kernel.explain.divergence import find_divergence
from gradus.kernel.explain.scene import Surroundings
from gradus.kernel.sources import CellSource
from lessons.running import read_lesson


def test_lesson_3_is_noticed_where_it_diverges_and_nowhere_else() -> None:
    noticed = {}
    for cell, label, source, namespace in run_lesson("ch03/03_gradients.py"):
        found = find_divergence(source, cell, namespace, Surroundings(make_finder(cell, source)))
        if found is not None:
            noticed[cell, label] = found.text
    assert set(noticed) == {("descent", "Diverging"), ("regression", "Rate 0.05 diverges")}
    assert "`learning_rate` must stay below 1:" in noticed["descent", "Diverging"]
    assert (
        "`learning_rate` must stay below 0.02905 for this `X`" in noticed["regression", "Rate 0.05 diverges"]
    )


def run_lesson(path: str) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Every cell and preset of a lesson after the cells above it: cell, label, text, names. Draws nothing."""
    matplotlib.use("agg")
    cells = read_lesson(path).code_cells
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plt, "show", lambda: plt.close("all"))
        for cell in cells:
            above = dict(namespace)
            presets = [(preset.label, preset.source) for preset in cell.presets]
            # The cell itself comes last: what it leaves is what the next one finds.
            for label, source in [*presets, ("", cell.source)]:
                namespace.clear()
                namespace.update(above)
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(source, f"<{cell.id}>", "exec"), namespace)
                yield cell.id, label, source, namespace
    plt.close("all")


def make_finder(cell: str, source: str) -> Callable[[str], CellSource | None]:
    """The texts of lesson 3, with this one in the place of its cell's own."""
    texts = {c.id: c.source for c in read_lesson("ch03/03_gradients.py").code_cells} | {cell: source}

    def find_source(filename: str) -> CellSource | None:
        name = filename.strip("<>")
        return CellSource(name, filename, texts[name]) if name in texts else None

    return find_source
