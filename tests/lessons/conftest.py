"""Lessons that have been run once for all the tests that ask about them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from gradus.sitegen.model import Lesson
from lessons.running import CellRun, LessonRun


@pytest.fixture(scope="session")
def run_lesson() -> Callable[[Lesson], LessonRun]:
    """Run a lesson from top to bottom, the first time it is asked for."""
    return cache(LessonRun)


@pytest.fixture
def cells(request: pytest.FixtureRequest, run_lesson: Callable[[Lesson], LessonRun]) -> dict[str, CellRun]:
    """What each cell left behind, by id, of the lesson that the test's module names as its LESSON."""
    return run_lesson(request.module.LESSON).cells


@pytest.fixture
def functions(cells: dict[str, CellRun]) -> dict[str, Any]:
    """Every name that the lesson has defined by its end."""
    return list(cells.values())[-1].names
