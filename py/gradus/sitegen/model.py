"""What lessons and chapters are once they have been read: frozen dataclasses, complete when made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class MarkdownText:
    """A short piece of Markdown, such as a caption, and where it stands."""

    source: str
    line: int


@dataclass(frozen=True)
class Preset:
    """One "try it yourself" button: a whole source that differs from the cell's in a few values."""

    label: str
    changes: tuple[tuple[str, str], ...]
    """(name, new Python expression), in the author's order."""
    expect: str
    """A Python expression over the cell's names, true after the preset has run."""
    source: str
    """The cell's full source with the values replaced; comments and layout as they were."""
    lines: tuple[int, ...]
    """1-based lines of `source` that differ from the cell's own."""
    line: int
    """Where the preset stands in the lesson file."""


@dataclass(frozen=True)
class CodeCell:
    """A cell of Python: `source` is what the reader sees and runs (the `#|` option lines are taken out)."""

    id: str
    source: str
    line: int
    """Line of the lesson file on which `source` begins."""
    presets: tuple[Preset, ...]
    caption: MarkdownText | None = None
    """What the cell's figure shows (`fig-cap`)."""
    alt: tuple[str, ...] = ()
    """What to say in place of each figure the cell draws (`fig-alt`), in order."""


@dataclass(frozen=True)
class MarkdownCell:
    """A cell of prose in Markdown, with `$…$` and `$$…$$` for formulas."""

    source: str
    line: int


@dataclass(frozen=True)
class Lesson:
    """One lesson file, parsed and checked."""

    path: Path
    chapter: str
    """The folder's name, `ch03`."""
    slug: str
    """The last part of its address, `gradients`."""
    title: str
    level: str
    track: str
    hours: float
    description: str
    """One sentence, for search results and the chapter's page."""
    learn: tuple[MarkdownText, ...]
    """What the reader will be able to do."""
    packages: tuple[str, ...]
    """What its cells import from outside the standard library, e.g. ("matplotlib", "numpy")."""
    cells: tuple[CodeCell | MarkdownCell, ...]

    @property
    def address(self) -> str:
        """Where its page lies, from the site's root: `ch03/gradients`."""
        return f"{self.chapter}/{self.slug}"

    @property
    def number(self) -> int:
        """Its place in the chapter, from the file's name: 3 for `03_gradients.py`."""
        return int(self.path.name.partition("_")[0])

    @property
    def code_cells(self) -> tuple[CodeCell, ...]:
        """The cells that run, in order."""
        return tuple(cell for cell in self.cells if isinstance(cell, CodeCell))


@dataclass(frozen=True)
class PlannedLesson:
    """A lesson that isn't written yet."""

    number: int
    title: str
    level: str
    hours: float


@dataclass(frozen=True)
class Chapter:
    """A folder of lessons with its `chapter.yml`."""

    path: Path
    """The chapter file."""
    slug: str
    """The folder's name, `ch03`, and its address."""
    number: int
    title: str
    track: str
    hours: float
    prerequisite: MarkdownText
    next: MarkdownText
    """Which chapter follows."""
    description: str
    """One sentence, for search results and the course's page."""
    credit: MarkdownText
    """Whose outline it follows."""
    lessons: tuple[Lesson, ...]
    planned: tuple[PlannedLesson, ...]

    @property
    def entries(self) -> tuple[Lesson | PlannedLesson, ...]:
        """All lessons, written or not, in order."""
        return tuple(sorted((*self.lessons, *self.planned), key=lambda entry: entry.number))


@dataclass(frozen=True)
class Course:
    """All chapters, in order."""

    chapters: tuple[Chapter, ...]

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons of all chapters, in order."""
        return tuple(lesson for chapter in self.chapters for lesson in chapter.lessons)
