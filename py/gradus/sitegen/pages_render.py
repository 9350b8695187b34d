"""Renders the pages, one at a time, from texts that have been checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin

from markupsafe import Markup

from gradus.sitegen.assets import Runtime
from gradus.sitegen.figures import StoredFile
from gradus.sitegen.lesson_imports import name_imports
from gradus.sitegen.markdown import Document
from gradus.sitegen.markdown_html import Heading, Surroundings, list_headings, render_document
from gradus.sitegen.markdown_links import LinkTable, find_root
from gradus.sitegen.model import CodeCell, Lesson, PlannedLesson
from gradus.sitegen.outputs import Output, render_outputs
from gradus.sitegen.outputs_images import StoredImage, StoreImage, read_picture, store_picture
from gradus.sitegen.pages_drafts import CellDraft, ChapterDraft, LessonDraft
from gradus.sitegen.pages_templates import SITE, Templates
from gradus.sitegen.pages_views import (
    BlockView,
    CellView,
    ChapterView,
    LessonView,
    LinkView,
    PageView,
    nest_headings,
    view_cell_data,
    view_lesson,
    view_planned,
    write_json,
)
from gradus.sitegen.render import Renderings
from gradus.sitegen.start.kit import StartKit
from gradus.sitegen.start.make import FOLDER as START_FOLDER

FIGURE = re.compile(r'<img [^>]*?src="([^"]+)"')


@dataclass(frozen=True)
class PageWriter:
    """All that the pages of one site share."""

    renderings: Renderings
    links: LinkTable
    runtime: Runtime
    starts: Mapping[tuple[str, ...], StartKit]
    addresses: Mapping[str, str]
    """From the site's root: what the templates and the page's script fetch, by name."""
    templates: Templates
    published: str | None
    """The site's address on the web, where it is known."""
    store: StoreImage
    """Puts a figure into the site, by its content and ending; gives its addresses from the site's root."""

    def render_lesson(
        self,
        chapter: ChapterDraft,
        draft: LessonDraft,
        outputs: Mapping[str, Sequence[Output]],
        names: str,
    ) -> bytes:
        """Render a lesson's page; `names` is the address of its cells' analyses, from the site's root.

        Raises `BuildProblem` if its descriptions don't fit its figures.
        """
        lesson = draft.lesson
        blocks: list[BlockView] = []
        headings: list[Heading] = []
        for part in draft.parts:
            if isinstance(part, CellDraft):
                blocks.append(BlockView("cell", cell=self._view_cell(part, draft, outputs, draft.page)))
            else:
                blocks.append(BlockView("prose", html=self._render(part, draft.page)))
                headings.extend(list_headings(part, self._surround(part, draft.page)))
        previous, following = self._view_neighbours(chapter, draft)
        return self.templates.render(
            "lesson.html",
            draft.page,
            PageView(lesson.title, lesson.description),
            lesson=view_lesson(lesson, learn=tuple(self._render(text, draft.page) for text in draft.learn)),
            chapter=self._view_chapter(chapter, draft.page),
            outline=nest_headings(headings),
            blocks=blocks,
            config=write_json(self._configure(lesson.address, lesson.packages, draft.page, names)),
            previous=previous,
            next=following,
            notebook=f"{lesson.slug}.ipynb",
            picture=self._find_picture(blocks, draft.page),
        )

    def render_embed(self, draft: LessonDraft, outputs: Mapping[str, Sequence[Output]], names: str) -> bytes:
        """Render the page by which others carry a lesson's cells."""
        lesson, page = draft.lesson, f"{draft.page}embed/"
        cells = [part for part in draft.parts if isinstance(part, CellDraft)]
        return self.templates.render(
            "embed.html",
            page,
            PageView(lesson.title, lesson.description),
            lesson=view_lesson(lesson),
            cells=[self._view_cell(cell, draft, outputs, page) for cell in cells],
            config=write_json(self._configure(lesson.address, lesson.packages, page, names)),
            lesson_url="../",
        )

    def render_chapter(self, chapter: ChapterDraft) -> bytes:
        """Render a chapter's overview."""
        view = self._view_chapter(chapter, chapter.page)
        about = PageView(f"Chapter {view.number}: {view.title}", view.description)
        return self.templates.render("chapter.html", chapter.page, about, chapter=view, lessons=view.lessons)

    def render_course(self, chapters: Sequence[ChapterDraft]) -> bytes:
        """Render the site's first page."""
        views = [self._view_chapter(chapter, "") for chapter in chapters]
        return self.templates.render("course.html", "", PageView(SITE.name, SITE.description), chapters=views)

    def render_playground(self, packages: Sequence[str], catalog: str) -> bytes:
        """Render the playground; `catalog` is the address of its list of cells, from the site's root."""
        page = "playground/"
        nothing = Markup()
        cell = CellView("playground", nothing, nothing, view_cell_data(CodeCell("playground", "", 1, ())))
        return self.templates.render(
            "playground.html",
            page,
            PageView("Playground", "One big cell for Python of your own, which runs in this page."),
            cell=cell,
            catalog=find_root(page) + catalog,
            config=write_json(self._configure("playground", packages, page)),
        )

    def render_settings(self, packages: Sequence[str]) -> bytes:
        """Tell the script of other people's pages where to find what it fetches."""
        return str(write_json(self._configure("", packages, ""))).encode()

    def render_missing(self) -> bytes:
        """Render what a static host shows for an address that isn't there."""
        return self.templates.render("404.html", "", PageView("Page not found", SITE.description))

    def _find_picture(self, blocks: Sequence[BlockView], page: str) -> str | None:
        """Give the address on the web of a lesson's first figure, if the site's is known."""
        cells = (block.cell for block in blocks if block.cell)
        found = next((match for cell in cells if (match := FIGURE.search(cell.outputs))), None)
        return urljoin(self.published + page, found[1]) if found and self.published else None

    def _view_cell(
        self, draft: CellDraft, lesson: LessonDraft, outputs: Mapping[str, Sequence[Output]], page: str
    ) -> CellView:
        """Say what there is to say about a cell of a lesson, with links as `page` needs them."""
        cell = draft.cell
        path, store = lesson.lesson.path, self._store_for(page)
        caption = self._render(draft.caption, page) if draft.caption else None
        return CellView(
            id=cell.id,
            code=Markup(self.renderings.highlighted(cell.source)),
            outputs=render_outputs(outputs[cell.id], cell, path, caption, store),
            data=view_cell_data(cell),
        )

    def _view_chapter(self, draft: ChapterDraft, page: str) -> ChapterView:
        """Say what there is to say about a chapter, with links as `page` needs them."""
        chapter = draft.chapter
        return ChapterView(
            number=chapter.number,
            title=chapter.title,
            track=chapter.track,
            hours=f"{chapter.hours:g}",
            description=chapter.description,
            prerequisite=self._render(draft.prerequisite, page),
            next=self._render(draft.next, page),
            credit=self._render(draft.credit, page),
            url=find_root(page) + draft.page,
            lessons=tuple(_view_entry(entry, page) for entry in chapter.entries),
        )

    def _view_neighbours(self, chapter: ChapterDraft, draft: LessonDraft) -> tuple[LinkView | None, LinkView]:
        """Say what comes before and after a lesson; after a chapter's last one comes the next chapter."""
        entries = chapter.chapter.entries
        place = entries.index(draft.lesson)
        before = _view_entry(entries[place - 1], draft.page) if place else None
        previous = LinkView("Previous", before.title, before.url) if before else None
        if place + 1 < len(entries):
            after = _view_entry(entries[place + 1], draft.page)
            return previous, LinkView("Next", after.title, after.url)
        return previous, LinkView("Next", self._render(chapter.next, draft.page), None)

    def _configure(
        self, name: str, packages: Sequence[str], page: str, names: str | None = None
    ) -> dict[str, Any]:
        """Tell the page's script where to find what it fetches."""
        root = find_root(page)
        files = self.runtime.files_for(packages)
        kit = self.starts.get(tuple(packages))
        return {
            "lesson": name,
            "worker": root + self.addresses["worker.js"],
            "runtime": root + self.runtime.address,
            "kernel": root + self.addresses["kernel.zip"],
            "packages": packages,
            "imports": name_imports(packages),
            "files": [{"url": root + address, "bytes": size} for address, size in files],
            "names": names and root + names,
            "start": kit.view(root + START_FOLDER) if kit else None,
        }

    def _render(self, document: Document, page: str) -> Markup:
        return render_document(document, self._surround(document, page))

    def _surround(self, document: Document, page: str) -> Surroundings:
        def resolve_link(address: str) -> str:
            return self.links.resolve(address, page, document.path)

        def find_image(address: str) -> StoredImage:
            file = document.path.parent / unquote(address)
            (image, *_) = (each for each in document.images if each.address == address)
            return store_picture(read_picture(file, document.path, image.line), self._store_for(page))

        return Surroundings(self.renderings, resolve_link, find_image)

    def _store_for(self, page: str) -> StoreImage:
        def store(data: bytes, ending: str) -> StoredFile:
            stored = self.store(data, ending)
            root = find_root(page)
            return StoredFile(root + stored.address, root + stored.sharp if stored.sharp else None)

        return store


def _view_entry(entry: Lesson | PlannedLesson, page: str) -> LessonView:
    if isinstance(entry, PlannedLesson):
        return view_planned(entry)
    return view_lesson(entry, url=f"{find_root(page)}{entry.address}/")
