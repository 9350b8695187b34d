"""The lesson's page before anything runs: weight, width, accessibility, and life without scripts."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from browser.cells import await_rest, open_lesson
from conftest import ROOT, Site
from gradus.sitegen.model import Lesson

# Python with all that it runs: what the page needs to be read isn't among it.
PYTHON = ("runtime/", "assets/start/", "assets/worker-", "assets/kernel-")
# Comes as well once the page has long been read and Python is at rest.
EDITOR = "assets/editor-"
MOST_BYTES = 300_000

# What a static host without configuration compresses on the way.
COMPRESSED = {".html", ".css", ".js", ".json", ".svg"}

# [characters, lines] of every paragraph of plain text that has at least three lines.
MEASURE_PARAGRAPHS = """() => {
    const paragraphs = [...document.querySelectorAll(".prose p")];
    const plain = paragraphs.filter((paragraph) => !paragraph.querySelector(".katex, code"));
    const measure = (paragraph) => {
        const range = document.createRange();
        range.selectNodeContents(paragraph);
        const bottoms = [...range.getClientRects()].map((box) => Math.round(box.bottom));
        return [paragraph.textContent.length, new Set(bottoms).size];
    };
    return plain.map(measure).filter(([, lines]) => lines >= 3);
}"""

# MathML elements with another number of children than the standard wants.
FIND_BROKEN_FORMULAS = """() => {
    const counts = { mfrac: 2, msub: 2, msup: 2, munder: 2, mover: 2, mroot: 2, msubsup: 3, munderover: 3 };
    const wrong = (element) => element.children.length !== counts[element.localName];
    const elements = [...document.querySelectorAll(Object.keys(counts).join())];
    return elements.filter(wrong).map((element) => element.outerHTML);
}"""


def transfer_size(body: bytes, path: str) -> int:
    return len(gzip.compress(body, 6)) if Path(path).suffix in COMPRESSED else len(body)


def scroll_through(page: Page) -> None:
    """Bring every picture into view, so that those which load lazily do; its cells are alive."""
    for image in page.locator("img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)


@pytest.mark.only_browser("chromium")
def test_the_page_is_light(page: Page, lesson_url: str, site: Site) -> None:
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    open_lesson(page, lesson_url)
    scroll_through(page)
    page.wait_for_load_state("networkidle")
    weights = {}
    for response in responses:
        if not response.url.startswith(site.url):
            continue  # a blob: or data: URL is made in the page and transfers nothing
        address = response.url.removeprefix(site.url)
        file = address + "index.html" if address.endswith("/") else address
        if not file.startswith((*PYTHON, EDITOR)):
            weights[file] = transfer_size((site.folder / file).read_bytes(), file)
    assert any(file.endswith(".html") for file in weights)
    assert sum(weights.values()) <= MOST_BYTES, sorted(weights.items(), key=lambda item: -item[1])


@pytest.mark.parametrize("width", [360, 390])
def test_the_way_back_is_whole_on_phones(page: Page, lesson_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(lesson_url)
    expect(page.locator("#theme-toggle")).to_be_visible()
    way_back = page.locator(".breadcrumbs")
    assert way_back.inner_text() == "Chapter 3"
    assert way_back.evaluate("way => way.scrollWidth <= way.clientWidth")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out(page: Page, lesson_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(lesson_url)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("anchor", ["capstone-linear-regression", "cell-two-features"])
def test_a_link_leads_to_its_place(page: Page, lesson_url: str, anchor: str) -> None:
    """Also where nothing above it has been laid out yet."""
    open_lesson(page, f"{lesson_url}#{anchor}")
    place = page.locator(f"#{anchor}")
    expect(place).to_be_in_viewport()
    # And it stays there, when the text above is measured.
    await_rest(page)
    top = place.evaluate("place => place.getBoundingClientRect().top")
    space = page.evaluate("parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)")
    assert abs(top - space) < 4
    page.get_by_role("link", name="Summary", exact=True).click()
    expect(page.get_by_role("heading", name="Summary", exact=True)).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_once_all_has_been_measured(page: Page, lesson_url: str, width: int) -> None:
    """What a reader jumps to stays where they press it."""
    page.set_viewport_size({"width": width, "height": 800})
    open_lesson(page, lesson_url)
    prose = page.locator(".lesson-body > .prose")
    await_rest(page)
    before = page.evaluate(PLACES)
    assert len(before) == prose.count() > 10
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(prose.last).to_be_in_viewport()
    assert page.evaluate(PLACES) == before


# From the top of the page, in whole pixels.
PLACES = """[...document.querySelectorAll(".lesson-body > .prose")].map(
    (prose) => Math.round(prose.getBoundingClientRect().top + scrollY))"""


def test_lines_have_a_readable_length(page: Page, lesson_url: str) -> None:
    """65 to 75 characters in a full line of the reading column."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(lesson_url)
    page.evaluate("document.fonts.ready")
    lengths = page.evaluate(MEASURE_PARAGRAPHS)
    assert lengths
    characters = sum(length for length, _ in lengths)
    # A paragraph's last line is half full on average.
    full_lines = sum(lines - 0.5 for _, lines in lengths)
    assert 65 <= characters / full_lines <= 75


@pytest.mark.only_browser("chromium")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "ch03/", "ch03/gradients/", "playground/"])
def test_no_accessibility_violation(page: Page, site: Site, path: str, theme: str) -> None:
    page.goto(site.url + path)
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    problems = [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    assert problems == []


def test_everything_is_there_without_scripts(new_context: Any, lesson_url: str, lesson: Lesson) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(lesson_url)
    for cell in lesson.code_cells:
        shown = page.locator(f"#cell-{cell.id}")
        assert shown.locator(".code").inner_text().rstrip("\n") == cell.source.rstrip("\n")
        assert shown.locator(".output").count() > 0
    expect(page.locator(".katex").first).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator("#cell-regression .output-stream")).to_contain_text("y = 1.980x + 0.975")


def test_formulas_are_whole(page: Page, lesson_url: str) -> None:
    """Each MathML element has as many children as the standard wants; with others browsers draw an error."""
    page.goto(lesson_url)
    wrong = page.evaluate(FIND_BROKEN_FORMULAS)
    assert wrong == []
    assert page.locator("mfrac").count() > 0


def test_the_first_paint_waits_for_no_script(site: Site) -> None:
    html = (site.folder / "ch03/gradients/index.html").read_text(encoding="utf-8")
    scripts = [part.split(">")[0] for part in html.split("<script")[1:]]
    # The one that stands in the page would wait for style sheets above it.
    assert scripts.count("") == 1
    assert html.index("<script>") < html.index('rel="stylesheet"')
    others = [script for script in scripts if script]
    assert all('type="module"' in script or 'type="application/json"' in script for script in others)
