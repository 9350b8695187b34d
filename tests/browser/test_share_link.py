"""Code that comes with a link: shown, said to be from one, and run by nothing but the reader's own Run."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.cells import await_run, expect_code, find_cell, open_lesson, press_run
from browser.watch import Watch
from gradus.sitegen.model import Lesson

CELL = "secant"
# Other cells need `square` from this one.
FOREIGN = "# sent\ndef square(x): return -1\nprint('from a link')"
NO_WARM_START = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


def make_link(content: object) -> str:
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(json.dumps(content).encode()) + packer.flush()
    return "#g1=" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


LINK = make_link([CELL, FOREIGN, ""])


@pytest.fixture(scope="module")
def quiet_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """One page for the whole module, in which Python starts only when it is needed."""
    watch = Watch()
    with browser.new_context(**browser_context_args) as context:
        watch.attach(context)
        context.add_init_script(NO_WARM_START)
        yield context.new_page()
        watch.check()


def follow(page: Page, url: str) -> None:
    """Follow a link as if from elsewhere, with nothing stored."""
    # A page of ours without cells. What a lesson has not stored yet it stores when it is left.
    page.goto(urljoin(url, "../../404.html"))
    page.evaluate("localStorage.clear()")
    open_lesson(page, url)


@pytest.fixture
def linked(quiet_page: Page, lesson_url: str) -> Page:
    follow(quiet_page, lesson_url + LINK)
    expect_code(find_cell(quiet_page, CELL), FOREIGN)
    return quiet_page


def test_nothing_but_the_readers_run_starts_it(linked: Page, lesson: Lesson) -> None:
    cell, needing = find_cell(linked, CELL), find_cell(linked, "derivative")
    notice = cell.locator(".notice", has_text="came with a link")
    expect(notice).to_be_visible()
    assert cell.evaluate("cell => cell.source") == lesson.code_cells[0].source

    # For another cell's sake, and "Run all cells above": the lesson's own code counts.
    press_run(needing)
    await_run(needing)
    expect(needing.locator(".ran-first")).to_have_text("Ran first: Secant.")
    expect(needing.locator(".output-stream")).to_have_text(re.compile("= 6.000000"))
    needing.get_by_role("button", name="More actions").click()
    needing.get_by_role("button", name="Run all cells above").click()
    await_run(cell)
    cell.evaluate("cell => cell.run()")
    await_run(cell)
    expect(cell.locator(".output-image")).to_be_visible()
    expect(cell.locator(".output-stream")).to_have_count(0)
    expect(notice).to_be_visible()

    # Not even a reload, with the reader's changes to it, makes it theirs.
    cell.evaluate("cell => cell.focusCode()")
    editor = cell.locator(".cm-content")
    expect(editor).to_be_focused()
    linked.keyboard.press("ControlOrMeta+Home")
    linked.keyboard.type("#")
    expect_code(cell, "#" + FOREIGN)
    linked.wait_for_function("link => location.hash !== link", arg=LINK)
    linked.reload()
    expect(linked.get_by_role("button", name="Run all")).to_be_visible()
    expect_code(cell, "#" + FOREIGN)
    expect(notice).to_be_visible()
    assert cell.evaluate("cell => cell.source") == lesson.code_cells[0].source
    assert linked.evaluate("Object.keys(localStorage).filter((key) => key.includes('secant'))") == []

    # Undo doesn't bring it back once it has been put aside.
    notice.get_by_role("button", name="Show the code from before").click()
    expect_code(cell, lesson.code_cells[0].source)
    cell.evaluate("cell => cell.focusCode()")
    linked.keyboard.press("ControlOrMeta+z")
    expect_code(cell, lesson.code_cells[0].source)
    cell.get_by_role("button", name="Show the link's code").click()
    expect_code(cell, "#" + FOREIGN)

    press_run(cell)
    await_run(cell)
    expect(cell.locator(".output-stream")).to_have_text("from a link\n")
    expect(notice).to_have_count(0)
    assert urlsplit(linked.url).fragment == ""
    press_run(needing)
    await_run(needing)
    expect(needing.locator(".output-stream")).to_have_text(re.compile("= 0.000000"))


def test_an_edit_of_the_readers_stays(quiet_page: Page, lesson_url: str) -> None:
    page = quiet_page
    follow(page, lesson_url)
    cell = find_cell(page, CELL)
    cell.evaluate("cell => { cell.source = 'mine = 1'; }")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith(':secant'))")
    page.evaluate("link => { location.hash = link; }", LINK)
    expect_code(cell, FOREIGN)
    assert cell.evaluate("cell => cell.source") == "mine = 1"
    cell.get_by_role("button", name="Use this code").click()
    assert cell.evaluate("cell => cell.source") == FOREIGN
    cell.get_by_role("button", name="Bring back my edit").click()
    expect_code(cell, "mine = 1")


def test_a_copied_link_leads_to_the_same_code(quiet_page: Page, lesson_url: str, lesson: Lesson) -> None:
    page = quiet_page
    follow(page, lesson_url)
    cell = find_cell(page, CELL)
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    preset = lesson.code_cells[0].presets[0]
    cell.evaluate("(cell, source) => { cell.source = source; }", preset.source)
    cell.get_by_role("button", name="More actions").click()
    cell.get_by_role("button", name="Copy link to this code").click()
    expect(cell.locator(".status")).to_have_text("Link copied.")
    link = page.evaluate("window.copied")
    assert link.startswith(f"{lesson_url}#g1=")
    follow(page, link)
    expect_code(cell, preset.source)
    expect(cell.locator(".notice", has_text=f"“{preset.label}”, came with a link")).to_be_visible()

    cell.evaluate("cell => { cell.source = Array.from({ length: 20000 }, () => Math.random()).join('\\n'); }")
    cell.get_by_role("button", name="More actions").click()
    cell.get_by_role("button", name="Copy link to this code").click()
    expect(cell.locator(".status")).to_have_text("This code is too long for a link.")


BOMB = make_link([CELL, " " * 5_000_000, ""])
DAMAGED = {
    "cut short": (LINK[:-9], "damaged"),
    "not base64": ("#g1=!!!", "damaged"),
    "empty": ("#g1=", "damaged"),
    "another shape": (make_link({"cell": CELL, "source": "1"}), "damaged"),
    "numbers": (make_link([1, 2, 3]), "damaged"),
    "another version": ("#g2=abc", "another version"),
    "a bomb": (BOMB, "too long"),
    "enormous": ("#g1=" + "A" * 40_000, "too long"),
    "no such cell": (make_link(["<b>", "1", ""]), "doesn't have"),
}


@pytest.mark.only_browser("chromium")
def test_a_damaged_link_is_told(quiet_page: Page, lesson_url: str, lesson: Lesson) -> None:
    assert len(BOMB) < 30_000
    page = quiet_page
    follow(page, lesson_url)
    for name, (link, message) in DAMAGED.items():
        page.evaluate("link => { location.hash = link; }", link)
        alert = page.locator("#link-problem")
        expect(alert, name).to_contain_text(message)
        alert.get_by_role("button", name="Close").click()
        expect(alert).to_have_count(0)
    expect_code(find_cell(page, CELL), lesson.code_cells[0].source)
