"""Runs a lesson's cells one after the other in one namespace, as a reader does, with the figures drawn."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import pytest

import gradus.kernel
from gradus.sitegen.lesson import parse_lesson
from gradus.sitegen.model import CodeCell, Lesson

LESSONS = Path(__file__).parents[2] / "py" / "lessons"
STYLE = Path(gradus.kernel.__file__).parent / "gradus.mplstyle"


@cache
def read_lesson(path: str) -> Lesson:
    """The lesson in that file of `py/lessons`."""
    return parse_lesson(LESSONS / path)


def read_lessons() -> list[Lesson]:
    """Every lesson of the course."""
    paths = sorted(LESSONS.glob("ch*/[0-9]*_*.py"))
    return [read_lesson(path.relative_to(LESSONS).as_posix()) for path in paths]


@dataclass(frozen=True)
class CellRun:
    """What a cell left behind: its text, how many figures it showed, and all names after it."""

    text: str
    figures: int
    names: dict[str, Any]

    def holds(self, expression: str) -> bool:
        """Whether an expression over the names is true; it can't change them."""
        return bool(eval(expression, dict(self.names)))


class LessonRun:
    """A lesson that has been run from top to bottom; any cell can be run again after those above it."""

    def __init__(self, lesson: Lesson) -> None:
        # One dict for good: it is what the lesson's functions look their globals up in.
        self._names: dict[str, Any] = {"__name__": "__main__"}
        self._before: dict[str, dict[str, Any]] = {}
        self.cells: dict[str, CellRun] = {}
        for cell in lesson.code_cells:
            self._before[cell.id] = dict(self._names)
            self.cells[cell.id] = self._run(cell.source, cell.id)

    def run_instead(self, cell: CodeCell, source: str) -> CellRun:
        """Run `source` in the place of a cell, after the cells above it."""
        self._names.clear()
        self._names.update(self._before[cell.id])
        return self._run(source, cell.id)

    def _run(self, source: str, name: str) -> CellRun:
        text = io.StringIO()
        with contextlib.redirect_stdout(text), _drawing() as drawn:
            exec(compile(source, f"<{name}>", "exec"), self._names)
        return CellRun(text.getvalue(), len(drawn), dict(self._names))


@contextlib.contextmanager
def _drawing() -> Iterator[list[int]]:
    """Make `plt.show()` draw the open figures and close them, and collect their numbers."""
    drawn: list[int] = []

    def show() -> None:
        for number in plt.get_fignums():
            # A small canvas shows the same mistakes as a large one.
            figure = plt.figure(number)
            figure.set_dpi(40)
            figure.canvas.draw()
            drawn.append(number)
        plt.close("all")

    matplotlib.use("agg")
    with plt.style.context(STYLE), pytest.MonkeyPatch.context() as patch:
        patch.setattr(plt, "show", show)
        yield drawn
        assert not plt.get_fignums(), "a figure was drawn but not shown"
