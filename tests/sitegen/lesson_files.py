"""Writes lessons for tests and says where a build finds fault with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gradus.sitegen.problem import BuildProblem

HEADER = """\
# ---
# title: A lesson
# slug: lesson
# level: Introduction
# track: Tests
# hours: 1
# description: What it is about.
# learn:
#   - something
# ---
"""

HERE = "§"
"""Stands on the line on which a problem, or what a test looks for, is expected; no part of the file."""


def write_lesson(folder: Path, body: str, header: str = HEADER, name: str = "01_lesson.py") -> Path:
    """Write a lesson into the chapter `ch01`, without the mark; give its path."""
    path = folder / "ch01" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((header + body).replace(HERE, "").encode())
    return path


def check_problem(action: Callable[[], object], path: Path, text: str, message: str) -> None:
    """Assert that `action` reports exactly `message`, at `path` and the line of `text` that has the mark."""
    with pytest.raises(BuildProblem) as caught:
        action()
    line = text[: text.index(HERE)].count("\n") + 1
    expected = f"{path}:{line}: {message}"
    assert str(caught.value) == expected, f"{caught.value}\n{expected}"


def marked_lines(text: str) -> list[int]:
    """The lines of `text` that have the mark."""
    return [number for number, line in enumerate(text.split("\n"), start=1) if HERE in line]
