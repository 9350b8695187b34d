"""Gathers what pages are made of: all Markdown, parsed and checked, before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from gradus.sitegen.markdown import Document, parse_inline, parse_markdown
from gradus.sitegen.markdown_links import LinkTable
from gradus.sitegen.model import Chapter, CodeCell, Course, Lesson, MarkdownText
from gradus.sitegen.outputs_images import read_picture
from gradus.sitegen.pages_templates import find_ids


@dataclass(frozen=True)
class CellDraft:
    """A cell of code with its figure's caption parsed."""

    cell: CodeCell
    caption: Document | None


@dataclass(frozen=True)
class LessonDraft:
    """A lesson with its texts parsed."""

    lesson: Lesson
    page: str
    """Its page's address from the site's root, with a slash at its end."""
    ids: frozenset[str]
    """What a link can lead to on its page."""
    parts: tuple[Document | CellDraft, ...]
    learn: tuple[Document, ...]

    def documents(self) -> Iterator[Document]:
        """All its texts."""
        yield from self.learn
        for part in self.parts:
            document = part.caption if isinstance(part, CellDraft) else part
            if document:
                yield document


@dataclass(frozen=True)
class ChapterDraft:
    """A chapter with its texts parsed."""

    chapter: Chapter
    page: str
    ids: frozenset[str]
    prerequisite: Document
    next: Document
    credit: Document
    lessons: tuple[LessonDraft, ...]

    def documents(self) -> tuple[Document, ...]:
        """The chapter's own texts."""
        return (self.prerequisite, self.next, self.credit)

    def all_documents(self) -> tuple[Document, ...]:
        """The chapter's own texts and those of its lessons."""
        return (*self.documents(), *(text for lesson in self.lessons for text in lesson.documents()))


def draft_course(course: Course, templates: Path) -> tuple[ChapterDraft, ...]:
    """Parse the texts of all chapters; raise `BuildProblem` with the line of a mistake."""
    chapter_ids = find_ids(templates, "base.html", "chapter.html")
    lesson_ids = find_ids(templates, "base.html", "lesson.html")
    return tuple(_draft_chapter(chapter, chapter_ids, lesson_ids) for chapter in course.chapters)


def tabulate_links(chapters: tuple[ChapterDraft, ...]) -> LinkTable:
    """List all that a link can lead to."""
    pages = {"": frozenset[str]()}
    sources: dict[Path, str] = {}
    for chapter in chapters:
        pages[chapter.page] = chapter.ids
        sources[chapter.chapter.path.resolve()] = chapter.page
        for draft in chapter.lessons:
            pages[draft.page] = draft.ids
            sources[draft.lesson.path.resolve()] = draft.page
    return LinkTable(pages, sources)


def check_references(chapters: tuple[ChapterDraft, ...], table: LinkTable) -> None:
    """Raise `BuildProblem` with the line of the first link or picture that leads nowhere."""
    for chapter in chapters:
        _check(chapter.documents(), chapter.page, table)
        for draft in chapter.lessons:
            _check(draft.documents(), draft.page, table)


def _check(documents: Iterable[Document], page: str, table: LinkTable) -> None:
    for document in documents:
        for link in document.links:
            table.check(link, page, document.path)
        for image in document.images:
            file = document.path.parent / unquote(image.address)
            read_picture(file, document.path, image.line)


def _draft_chapter(chapter: Chapter, ids: frozenset[str], lesson_ids: frozenset[str]) -> ChapterDraft:
    def parse(text: MarkdownText) -> Document:
        return parse_inline(text.source, chapter.path, text.line)

    return ChapterDraft(
        chapter=chapter,
        page=f"{chapter.slug}/",
        ids=ids,
        prerequisite=parse(chapter.prerequisite),
        next=parse(chapter.next),
        credit=parse(chapter.credit),
        lessons=tuple(_draft_lesson(lesson, lesson_ids) for lesson in chapter.lessons),
    )


def _draft_lesson(lesson: Lesson, template_ids: frozenset[str]) -> LessonDraft:
    def parse(text: MarkdownText, native: bool = False) -> Document:
        return parse_inline(text.source, lesson.path, text.line, native)

    ids = {f"cell-{cell.id}" for cell in lesson.code_cells} | template_ids
    parts: list[Document | CellDraft] = []
    for cell in lesson.cells:
        if isinstance(cell, CodeCell):
            # A live cell is an element with styles of its own, where KaTeX's don't reach.
            parts.append(CellDraft(cell, parse(cell.caption, native=True) if cell.caption else None))
        else:
            parts.append(parse_markdown(cell.source, lesson.path, cell.line, ids))
    return LessonDraft(
        lesson=lesson,
        page=f"{lesson.address}/",
        ids=frozenset(ids),
        parts=tuple(parts),
        learn=tuple(parse(text) for text in lesson.learn),
    )
