"""Lessons run in Pyodide under Node as they will in the browser; what fails is told with its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gradus.sitegen.assets import pack_kernel, write_runtime
from gradus.sitegen.bundle import bundle_node_script
from gradus.sitegen.execute import Executor
from gradus.sitegen.lesson import parse_lesson
from gradus.sitegen.model import Lesson
from gradus.sitegen.outputs import merge_streams
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import Project
from gradus.sitegen.wheels import read_lock_file
from sitegen.lesson_files import HERE, write_lesson


@pytest.fixture(scope="module")
def executor(tmp_path_factory: pytest.TempPathFactory) -> Executor:
    """The real one, with Pyodide as npm installed it and no packages."""
    project = Project()
    folder = tmp_path_factory.mktemp("execute")
    kernel = folder / "kernel.zip"
    kernel.write_bytes(pack_kernel(project.package))
    runtime = write_runtime(folder, project.pyodide, read_lock_file(project.pyodide), {})
    return Executor(runtime, kernel, bundle_node_script(project, "execute"), folder / "cache")


def _lesson(folder: Path, *cells: str) -> Lesson:
    marked = [f"\n# %%\n#| id: cell-{number}\n{cell}\n" for number, cell in enumerate(cells, start=1)]
    return parse_lesson(write_lesson(folder, "".join(marked)))


def _told(executor: Executor, lesson: Lesson) -> str:
    with pytest.raises(BuildProblem) as problem:
        executor.run(lesson, 1.0)
    assert "\n" not in str(problem.value)
    assert executor.find(lesson, 1.0) is None
    return str(problem.value)


def test_cells_run_from_the_top_and_are_kept(executor: Executor, tmp_path: Path) -> None:
    lesson = _lesson(tmp_path, 'print("Grüße 🌱")\nx = 6', "import asyncio\nawait asyncio.sleep(0)\nx * 7")
    assert executor.find(lesson, 1.0) is None
    told: list[str] = []
    outputs = executor.run(lesson, 1.0, told.append)
    assert merge_streams(outputs["cell-1"]) == [
        {"output_type": "stream", "name": "stdout", "text": "Grüße 🌱\n"}
    ]
    assert outputs["cell-2"][0]["data"] == {"text/plain": "42"}
    assert told == ["1 of 2, cell-1", "2 of 2, cell-2"]
    assert executor.find(lesson, 1.0) == outputs
    assert executor.find(lesson, 2.0) is None
    assert executor.find(_lesson(tmp_path, 'print("Grüße 🌱")\nx = 6', "x * 8"), 1.0) is None
    other = tmp_path / "kernel.zip"
    other.write_bytes(executor.kernel.read_bytes() + b"changed")
    assert replace(executor, kernel=other).find(lesson, 1.0) is None


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            ["import json\n\njson.loads('[')§", "print(1)"],
            'cell "cell-1" raises JSONDecodeError: Expecting value',
        ),
        (["def half(n):\n    return n / 0§\n", "x = 1\nhalf(2)"], 'cell "cell-2" raises ZeroDivisionError'),
    ],
)
def test_a_cell_that_fails_stops_the_build_at_its_line(
    executor: Executor, tmp_path: Path, cells: list[str], said: str
) -> None:
    lesson = _lesson(tmp_path, *cells)
    marked = "".join(f"\n# %%\n#| id: cell-{n}\n{cell}\n" for n, cell in enumerate(cells, start=1))
    written = lesson.path.read_text(encoding="utf-8")
    begin = written.index("\n# %%")
    line = written[:begin].count("\n") + marked[: marked.index(HERE)].count("\n") + 1
    told = _told(executor, lesson)
    assert told.startswith(f"{lesson.path}:{line}: ")
    assert said in told


def test_python_breaking_is_told_with_the_cell(executor: Executor, tmp_path: Path) -> None:
    lesson = _lesson(tmp_path, "x = 1", "import os\nos._exit(3)")
    told = _told(executor, lesson)
    assert told.startswith(f"{lesson.path}:{lesson.code_cells[1].line}: ")
    assert 'Python broke while cell "cell-2" ran; what it said is in ' in told
