"""What holds for every lesson: all cells and all presets run, and do what the page says of them."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from gradus.sitegen.model import CodeCell, Lesson, Preset
from lessons.running import LessonRun, read_lessons

RunLesson = Callable[[Lesson], LessonRun]

READ = read_lessons()
CELLS = [
    pytest.param(lesson, cell, id=f"{lesson.slug}-{cell.id}") for lesson in READ for cell in lesson.code_cells
]
PRESETS = [
    pytest.param(lesson, cell, preset, id=f"{lesson.slug}-{cell.id}-{preset.label}")
    for lesson in READ
    for cell in lesson.code_cells
    for preset in cell.presets
]


def test_there_are_lessons_with_presets() -> None:
    assert READ
    assert PRESETS


@pytest.mark.parametrize(("lesson", "cell"), CELLS)
def test_cell_has_presets_and_runs(lesson: Lesson, cell: CodeCell, run_lesson: RunLesson) -> None:
    assert cell.presets, "every code cell has something to try"
    run = run_lesson(lesson).cells[cell.id]
    assert run.text or run.figures, "a cell shows something"
    assert run.figures == len(cell.alt), "every figure has its description"


@pytest.mark.parametrize(("lesson", "cell"), CELLS)
def test_code_fits_a_narrow_screen(lesson: Lesson, cell: CodeCell) -> None:
    assert max(map(len, cell.source.splitlines())) <= 72


@pytest.mark.parametrize(("lesson", "cell"), CELLS)
def test_functions_are_documented_in_one_line(lesson: Lesson, cell: CodeCell) -> None:
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.FunctionDef) and (doc := ast.get_docstring(node)):
            assert "\n" not in doc


@pytest.mark.parametrize(("lesson", "cell", "preset"), PRESETS)
def test_preset_does_what_it_says(
    lesson: Lesson, cell: CodeCell, preset: Preset, run_lesson: RunLesson
) -> None:
    run = run_lesson(lesson).run_instead(cell, preset.source)
    assert run.holds(preset.expect)
    assert run.figures == len(cell.alt)


@pytest.mark.parametrize(("lesson", "cell", "preset"), PRESETS)
def test_expect_is_false_of_the_cell_as_it_stands(
    lesson: Lesson, cell: CodeCell, preset: Preset, run_lesson: RunLesson
) -> None:
    """An `expect` that the unchanged cell meets as well would say nothing about the preset."""
    unchanged = preset.source == cell.source
    assert run_lesson(lesson).cells[cell.id].holds(preset.expect) == unchanged


@pytest.mark.parametrize("lesson", [pytest.param(lesson, id=lesson.slug) for lesson in READ])
def test_lesson_is_plain_python(lesson: Lesson) -> None:
    environment = {**os.environ, "MPLBACKEND": "agg", "PYTHONWARNINGS": "error"}
    subprocess.run([sys.executable, str(lesson.path)], env=environment, check=True, capture_output=True)
