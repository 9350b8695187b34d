"""Reads a chapter's `chapter.yml` and its lessons, and all chapters of the course."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from gradus.sitegen.lesson import parse_lesson
from gradus.sitegen.lesson_text import read_source
from gradus.sitegen.lesson_yaml import Field, read_yaml
from gradus.sitegen.model import Chapter, Course, Lesson, PlannedLesson
from gradus.sitegen.problem import BuildProblem

CHAPTER_FILE = "chapter.yml"


def read_course(folder: Path) -> Course:
    """Read every chapter folder in `folder`, in the order of the chapters' numbers."""
    if folder.is_relative_to(Path.cwd()):
        # So that messages have the paths that an author would type.
        folder = folder.relative_to(Path.cwd())
    chapters = [read_chapter(file.parent) for file in sorted(folder.glob(f"*/{CHAPTER_FILE}"))]
    if not chapters:
        raise BuildProblem(f"holds no chapter; a chapter is a folder with a {CHAPTER_FILE}", folder)
    for chapter in chapters:
        for other in chapters:
            if other is not chapter and other.number == chapter.number:
                raise BuildProblem(f"{other.path} has the number {chapter.number} as well", chapter.path)
    return Course(tuple(sorted(chapters, key=lambda chapter: chapter.number)))


def read_chapter(folder: Path) -> Chapter:
    """Read a chapter and its lessons; raise `BuildProblem` with the file and line of a mistake."""
    path = folder / CHAPTER_FILE
    keys = ("number", "title", "track", "hours", "prerequisite", "next", "description", "credit")
    fields = read_yaml(read_source(path), "the chapter", path, 1).entries(keys, ("planned",))
    lessons = tuple(parse_lesson(file) for file in _find_lessons(folder))
    _check_lessons(lessons)
    planned = fields["planned"].items() if "planned" in fields else ()
    return Chapter(
        path=path,
        slug=folder.name,
        number=fields["number"].integer(),
        title=fields["title"].text(),
        track=fields["track"].text(),
        hours=fields["hours"].number(),
        prerequisite=fields["prerequisite"].markdown(),
        next=fields["next"].markdown(),
        description=fields["description"].text(),
        credit=fields["credit"].markdown(),
        lessons=lessons,
        planned=_number_planned(planned, lessons),
    )


_LESSON_NAME = re.compile(r"\d+_\w+\.(py|md)")


def _find_lessons(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.iterdir() if path.suffix in (".py", ".md"))
    for file in files:
        if not _LESSON_NAME.fullmatch(file.name):
            raise BuildProblem('a lesson\'s file is named like "03_gradients.py", its number first', file)
    return files


def _check_lessons(lessons: Sequence[Lesson]) -> None:
    for lesson in lessons:
        for other in lessons:
            if other is not lesson and other.slug == lesson.slug:
                raise BuildProblem(f'{other.path} has the slug "{lesson.slug}" as well', lesson.path)
            if other is not lesson and other.number == lesson.number:
                raise BuildProblem(f"{other.path} has the number {lesson.number} as well", lesson.path)


def _number_planned(items: Sequence[Field], lessons: Sequence[Lesson]) -> tuple[PlannedLesson, ...]:
    """Give the planned lessons, in their order, the numbers that the written ones leave free."""
    taken = {lesson.number for lesson in lessons}
    free = (number for number in count(1) if number not in taken)
    planned = []
    for item, number in zip(items, free, strict=False):
        fields = Field("the planned lesson", item.node, item.path, item.first_line).entries(
            ("title", "level", "hours")
        )
        planned.append(
            PlannedLesson(number, fields["title"].text(), fields["level"].text(), fields["hours"].number())
        )
    return tuple(planned)
