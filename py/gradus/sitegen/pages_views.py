"""What the templates are given: small objects whose fields are text that is ready for a page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from gradus.sitegen.markdown_html import Heading
from gradus.sitegen.model import CodeCell, Lesson, PlannedLesson


@dataclass(frozen=True)
class PageView:
    """What every page says about itself."""

    title: str
    description: str


@dataclass(frozen=True)
class LinkView:
    """A way to another page; without a URL where that isn't written yet."""

    label: str
    title: Markup | str
    url: str | None


@dataclass(frozen=True)
class CellView:
    """A code cell."""

    id: str
    code: Markup
    """Highlighted source."""
    outputs: Markup
    data: Markup
    """JSON for the page's script."""


@dataclass(frozen=True)
class BlockView:
    """A piece of a lesson's text: prose, or a cell."""

    kind: str
    """"prose" or "cell"."""
    html: Markup | None = None
    cell: CellView | None = None


@dataclass(frozen=True)
class EntryView:
    """A section in the table of contents."""

    id: str
    html: Markup
    children: tuple[EntryView, ...]


@dataclass(frozen=True)
class LessonView:
    """A lesson's facts; `url` only where another page links to it, none while it isn't written."""

    title: str
    level: str
    hours: str
    track: str = ""
    slug: str = ""
    description: str = ""
    learn: tuple[Markup, ...] = ()
    url: str | None = None


@dataclass(frozen=True)
class ChapterView:
    """A chapter's facts."""

    number: int
    title: str
    track: str
    hours: str
    description: str
    prerequisite: Markup
    next: Markup
    credit: Markup
    url: str
    lessons: tuple[LessonView, ...]


def view_lesson(lesson: Lesson, learn: tuple[Markup, ...] = (), url: str | None = None) -> LessonView:
    """Say what there is to say about a written lesson."""
    return LessonView(
        title=lesson.title,
        level=lesson.level,
        hours=f"{lesson.hours:g}",
        track=lesson.track,
        slug=lesson.slug,
        description=lesson.description,
        learn=learn,
        url=url,
    )


def view_planned(lesson: PlannedLesson) -> LessonView:
    """Say what there is to say about a lesson that isn't written yet."""
    return LessonView(title=lesson.title, level=lesson.level, hours=f"{lesson.hours:g}")


def nest_headings(headings: Sequence[Heading]) -> tuple[EntryView, ...]:
    """Make a table of contents of two levels: sections, and in each its subsections."""
    entries: list[EntryView] = []
    for heading in headings:
        if heading.level == 2:
            entries.append(EntryView(heading.id, heading.html, ()))
        elif heading.level == 3 and entries:
            section = entries[-1]
            child = EntryView(heading.id, heading.html, ())
            entries[-1] = EntryView(section.id, section.html, (*section.children, child))
    return tuple(entries)


def view_cell_data(cell: CodeCell) -> Markup:
    """Write what the page's script needs to know of a cell."""
    presets = [
        {"label": each.label, "changes": each.changes, "source": each.source, "lines": each.lines}
        for each in cell.presets
    ]
    return write_json(
        {"id": cell.id, "hash": hash_source(cell.source), "source": cell.source, "presets": presets}
    )


def hash_source(source: str) -> str:
    """Name a cell's text by its content, so that a reader's edits can tell which text they were made to."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def write_json(value: Any) -> Markup:
    """Write JSON that may stand in a `<script>` element: no `</script>` or `<!--` can come of it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
