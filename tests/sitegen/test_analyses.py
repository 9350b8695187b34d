"""The file with what is known of a lesson's cells."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from gradus.kernel.names import FreshRun, known
from gradus.kernel.names.find import _find_names
from gradus.sitegen.analyses import write_analyses
from gradus.sitegen.chapter import read_course
from gradus.sitegen.model import Lesson
from gradus.sitegen.project import ROOT

LESSONS = read_course(ROOT / "py" / "lessons").lessons


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.address)
def test_nothing_of_a_lesson_has_to_be_analysed_again(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [cell.source for cell in lesson.code_cells]
    versions = FreshRun(sources).versions
    text = write_analyses(lesson).decode()
    _find_names.cache_clear()
    monkeypatch.setattr(known, "_plain", {})
    known.learn(text)
    monkeypatch.setattr("gradus.kernel.names.find.CellVisitor", None)
    assert FreshRun(sources).versions == versions
    for position, cell in enumerate(lesson.code_cells):
        above = FreshRun(sources[:position])
        for preset in cell.presets:
            # A preset may say what the cell says already.
            assert len(above.extend(preset.source).versions) == position + 1
    _find_names.cache_clear()


WRITE = """import sys
from gradus.sitegen.analyses import write_analyses
from gradus.sitegen.chapter import read_course
from gradus.sitegen.project import ROOT
lesson = read_course(ROOT / "py/lessons").lessons[0]
sys.stdout.buffer.write(write_analyses(lesson))
"""


def test_the_same_lesson_gives_the_same_file() -> None:
    """Sets come in another order in each process; with them would the address that readers have stored."""
    written = {
        subprocess.run(
            [sys.executable, "-c", WRITE],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "py")},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(written) == 1
    assert written != {b""}
