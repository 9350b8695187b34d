"""Chapters: their file, their lessons, and what stands in their folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradus.sitegen.chapter import read_chapter, read_course
from gradus.sitegen.model import Lesson, MarkdownText, PlannedLesson
from gradus.sitegen.problem import BuildProblem
from sitegen.lesson_files import HEADER, HERE, check_problem, write_lesson

CHAPTER = """\
# A comment.
number: 3
title: Linear Algebra & Calculus
track: Foundation
hours: 10
prerequisite: Chapter 1
next: Chapter *4*
description: >-
  What it
  is about.
credit: After a [book](https://example.org).
"""
PLANNED = """\
planned:
  - {title: Vectors, level: Introduction, hours: 3}
  - {title: Matrices, level: Intermediate, hours: 3.5}
"""


def write_chapter(folder: Path, text: str = CHAPTER) -> Path:
    path = folder / "ch01" / "chapter.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(HERE, ""), encoding="utf-8")
    return path


def test_reads_a_chapter_and_its_lessons(tmp_path: Path) -> None:
    path = write_chapter(tmp_path, CHAPTER + PLANNED)
    write_lesson(tmp_path, "", name="02_second.py", header=HEADER.replace("slug: lesson", "slug: second"))
    write_lesson(tmp_path, "", name="04_fourth.py", header=HEADER.replace("slug: lesson", "slug: fourth"))
    chapter = read_chapter(path.parent)
    assert (chapter.path, chapter.slug, chapter.number) == (path, "ch01", 3)
    assert (chapter.title, chapter.track, chapter.hours) == ("Linear Algebra & Calculus", "Foundation", 10)
    assert chapter.prerequisite == MarkdownText("Chapter 1", 6)
    assert chapter.next == MarkdownText("Chapter *4*", 7)
    assert chapter.description == "What it is about."
    assert chapter.credit == MarkdownText("After a [book](https://example.org).", 11)
    assert [lesson.slug for lesson in chapter.lessons] == ["second", "fourth"]
    assert chapter.planned == (
        PlannedLesson(1, "Vectors", "Introduction", 3),
        PlannedLesson(3, "Matrices", "Intermediate", 3.5),
    )
    # Planned lessons have the numbers that written ones leave free.
    entries = [(entry.number, isinstance(entry, Lesson)) for entry in chapter.entries]
    assert entries == [(1, False), (2, True), (3, False), (4, True)]


PROBLEMS = {
    "bad YAML": (CHAPTER + "x: [1§", None),
    "unknown key": (CHAPTER + "pland: []§", 'unknown key "pland" in the chapter; did you mean "planned"?'),
    "missing key": (
        CHAPTER.replace("number: 3\n", "").replace("title", f"{HERE}title"),
        'the chapter lacks "number"',
    ),
    "fraction": (
        CHAPTER.replace("number: 3", "number: 3.5§"),
        '"number" must be a whole number, not 3.5',
    ),
    "planned lesson without hours": (
        CHAPTER + "planned:\n  - {title: a, level: b, hours: 1}\n  - title: x§\n    level: y\n",
        'the planned lesson lacks "hours"',
    ),
}


@pytest.mark.parametrize(("text", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_points_at_mistakes_in_the_file(tmp_path: Path, text: str, message: str | None) -> None:
    path = write_chapter(tmp_path, text)
    yaml = (
        "bad YAML in the chapter: while parsing a flow sequence expected ',' or ']', but got '<stream end>'"
    )
    check_problem(lambda: read_chapter(path.parent), path, text, message or yaml)


def test_points_at_lessons_that_are_in_each_other_s_way(tmp_path: Path) -> None:
    folder = write_chapter(tmp_path).parent
    first = write_lesson(tmp_path, "", name="01_a.py")
    second = write_lesson(tmp_path, "", name="02_b.py")
    with pytest.raises(BuildProblem) as caught:
        read_chapter(folder)
    assert str(caught.value) == f'{first}: {second} has the slug "lesson" as well'
    second.rename(folder / "01_b.py")
    (folder / "01_b.py").write_text(HEADER.replace("slug: lesson", "slug: b"))
    with pytest.raises(BuildProblem) as caught:
        read_chapter(folder)
    assert str(caught.value) == f"{first}: {folder / '01_b.py'} has the number 1 as well"
    (folder / "01_b.py").rename(folder / "notes.md")
    with pytest.raises(BuildProblem) as caught:
        read_chapter(folder)
    assert str(caught.value) == (
        f'{folder / "notes.md"}: a lesson\'s file is named like "03_gradients.py", its number first'
    )


def test_reads_chapters_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for folder, number in [("alpha", 2), ("beta", 1)]:
        (tmp_path / folder).mkdir()
        text = CHAPTER.replace("number: 3", f"number: {number}")
        (tmp_path / folder / "chapter.yml").write_text(text, encoding="utf-8")
    assert [chapter.slug for chapter in read_course(tmp_path).chapters] == ["beta", "alpha"]
    (tmp_path / "beta" / "chapter.yml").write_text(CHAPTER.replace("number: 3", "number: 2"))
    with pytest.raises(BuildProblem) as caught:
        read_course(tmp_path)
    alpha, beta = (tmp_path / folder / "chapter.yml" for folder in ("alpha", "beta"))
    assert str(caught.value) == f"{alpha}: {beta} has the number 2 as well"


def test_names_files_as_an_author_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_chapter(tmp_path, CHAPTER + "x: 1\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BuildProblem) as caught:
        read_course(tmp_path)
    assert str(caught.value).startswith("ch01/chapter.yml:12: unknown key")


def test_says_so_if_there_is_no_chapter(tmp_path: Path) -> None:
    write_lesson(tmp_path, "")
    with pytest.raises(BuildProblem, match=r"holds no chapter; a chapter is a folder with a chapter\.yml"):
        read_course(tmp_path)
