"""The figure that is timed is the capstone's, with another number each time."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from gradus.bench.stage import PACKAGES, Programs, stage_site
from gradus.sitegen.lesson import parse_lesson
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import Project


def statements_from(source: str, name: str) -> list[str]:
    """The statements from the one that assigns to `name` on, without what they print."""
    found = [ast.unparse(node).removeprefix("(") for node in ast.parse(source).body]
    first = next(index for index, text in enumerate(found) if text.startswith(name))
    return [text for text in found[first:] if not text.startswith("print")]


def test_programs_differ_and_import_what_the_plain_page_loads() -> None:
    programs = Programs()
    first, second = programs.next(), programs.next()
    assert first != second
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(first))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert imported == set(PACKAGES)


def test_the_figure_is_the_capstones() -> None:
    lesson = parse_lesson(Project().lessons / "ch03" / "03_gradients.py")
    source = next(cell.source for cell in lesson.code_cells if cell.id == "regression")
    assert statements_from(Programs().next(), "fig, (") == statements_from(source, "fig, (")


def test_a_folder_without_the_lesson_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildProblem):
        stage_site(tmp_path)
