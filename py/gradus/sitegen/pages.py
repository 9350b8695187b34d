"""Makes all pages of the course in memory: gathers, checks, renders; whoever calls writes the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from gradus.sitegen.analyses import write_analyses
from gradus.sitegen.assets import Assets, short_hash
from gradus.sitegen.figures import Figures
from gradus.sitegen.markdown_links import LinkTable
from gradus.sitegen.model import Course
from gradus.sitegen.notebook import make_notebook
from gradus.sitegen.outputs import Output
from gradus.sitegen.pages_drafts import ChapterDraft, check_references, draft_course, tabulate_links
from gradus.sitegen.pages_render import PageWriter
from gradus.sitegen.pages_templates import SITE, Templates
from gradus.sitegen.playground import list_packages, write_catalog
from gradus.sitegen.project import Project
from gradus.sitegen.publication import make_oembed, read_address
from gradus.sitegen.render import Renderings, render_all

CourseOutputs = Mapping[str, Mapping[str, Sequence[Output]]]
"""Lesson's address (`ch03/gradients`) → cell's id → its outputs when all cells run from the top."""


@dataclass(frozen=True)
class SiteDraft:
    """The course with all its texts checked, its formulas and code rendered: all but the cells' outputs."""

    project: Project
    chapters: tuple[ChapterDraft, ...]
    links: LinkTable
    renderings: Renderings


def draft_site(project: Project, course: Course) -> SiteDraft:
    """Check and render all that doesn't need a cell to run, so that a slip in a formula is told at once.

    Raises BuildProblem with the file and line of the first mistake in Markdown, a link or a formula.
    """
    chapters = draft_course(course, project.web / "templates")
    links = tabulate_links(chapters)
    check_references(chapters, links)
    documents = [document for chapter in chapters for document in chapter.all_documents()]
    formulas = (formula for document in documents for formula in document.formulas)
    code = chain(
        (source for document in documents for source in document.code),
        (cell.source for lesson in course.lessons for cell in lesson.code_cells),
    )
    return SiteDraft(project, chapters, links, render_all(project, formulas, code))


def render_site(
    draft: SiteDraft, outputs: CourseOutputs, assets: Assets, figures: Figures
) -> dict[str, bytes]:
    """Render pages, notebooks, figures and the formulas' style: address from the site's root → content.

    Links to `assets.addresses` by the names `page.css`, `page.js`, `worker.js`, `kernel.zip`, `icon.svg`,
    `text-font`, `embed.css` and `embed.js`. Raises BuildProblem if
    a figure's description doesn't fit, or a template can't be filled in.
    """
    style = draft.renderings.style.encode()
    style_address = f"assets/formulas-{short_hash(style)}.css"
    files = {style_address: style}

    addresses = {**assets.addresses, "formulas.css": style_address}
    published = read_address()
    templates = Templates(draft.project.web / "templates", addresses, assets.head_start, published)
    writer = PageWriter(
        draft.renderings,
        draft.links,
        assets.runtime,
        assets.starts,
        addresses,
        templates,
        published,
        figures.store,
    )
    files["index.html"] = writer.render_course(draft.chapters)
    files["404.html"] = writer.render_missing()
    catalog = write_catalog(draft.chapters)
    catalog_address = f"assets/playground-{short_hash(catalog)}.json"
    files[catalog_address] = catalog
    packages = list_packages(draft.chapters)
    files["playground/index.html"] = writer.render_playground(packages, catalog_address)
    files["gradus.json"] = writer.render_settings(packages)
    for chapter in draft.chapters:
        files[f"{chapter.page}index.html"] = writer.render_chapter(chapter)
        for each in chapter.lessons:
            own = outputs[each.lesson.address]
            analyses = write_analyses(each.lesson)
            names = f"assets/names/{each.lesson.slug}-{short_hash(analyses)}.json"
            files[names] = analyses
            files[f"{each.page}index.html"] = writer.render_lesson(chapter, each, own, names)
            files[f"{each.page}embed/index.html"] = writer.render_embed(each, own, names)
            if published:
                title = each.lesson.title
                files[f"{each.page}oembed.json"] = make_oembed(published, SITE.name, each.page, title)
            files[f"{each.page}{each.lesson.slug}.ipynb"] = make_notebook(each.lesson, own).encode()
    return files | figures.files
