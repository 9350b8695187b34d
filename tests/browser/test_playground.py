"""The playground: any cell of a lesson runs alone, and whatever the reader opens, no edit is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.cells import await_run, press_run, run_code
from browser.playground import (
    compose_program,
    expect_source,
    find_draft,
    find_notice,
    find_playground_cell,
    name_draft,
    open_playground,
    pick,
    press,
    show_drafts,
    type_code,
)
from browser.watch import Watch
from conftest import ROOT, Site


@pytest.fixture(scope="module")
def playground(browser: Browser, browser_context_args: dict[str, Any], site: Site) -> Iterator[Page]:
    """The playground, open once for the whole module."""
    watch = Watch()
    with browser.new_context(**browser_context_args, accept_downloads=True) as context:
        watch.attach(context)
        page = context.new_page()
        open_playground(page, site)
        yield page
        watch.check()


@pytest.fixture
def fresh(playground: Page) -> Page:
    """The same page with nothing in its cell and no draft; Python goes on."""
    press(playground, "New")
    show_drafts(playground)
    while (buttons := playground.locator(".draft-delete")).count():
        count = buttons.count()
        buttons.first.click()
        expect(buttons).to_have_count(count - 1)
    press(playground, "Drafts")
    expect_source(playground, "")
    return playground


def test_a_picked_preset_runs_alone_and_a_rerun_starts_afresh(fresh: Page, site: Site) -> None:
    pick(fresh, "Descent", "Too small")
    expect_source(fresh, compose_program(site, "descent", "Too small"))
    expect(fresh.locator("#present-title")).to_have_text("Descent: Too small")
    cell = find_playground_cell(fresh)
    expect(cell.locator(".output")).to_have_count(0)
    press_run(cell)
    await_run(cell)
    expect(cell.locator(".output").first).to_be_visible()
    pick(fresh, "Secant")
    expect(cell.locator(".output")).to_have_count(0)
    run_code(cell, "counter = globals().get('counter', 0) + 1\ncounter")
    press_run(cell)
    await_run(cell)
    expect(cell.locator(".output-text")).to_have_text("1")


@pytest.mark.only_browser("chromium")
def test_nothing_opened_throws_an_edit_away(fresh: Page, site: Site) -> None:
    type_code(fresh, "first = 1")
    pick(fresh, "Secant")
    expect_source(fresh, compose_program(site, "secant"))
    expect(find_notice(fresh)).to_contain_text("Your edit is kept as “Unsaved, ")
    type_code(fresh, "second = 2")
    press(fresh, "New")
    expect_source(fresh, "")
    show_drafts(fresh)
    expect(fresh.locator(".draft-about")).to_have_text(["Secant · second = 2", "first = 1"])
    press(fresh, "Bring it back")
    expect_source(fresh, "second = 2")
    fresh.locator(".draft-open").last.click()
    expect_source(fresh, "first = 1")
    expect(fresh.locator(".draft-open")).to_have_count(2)
    press(fresh, "Drafts")


def test_drafts_are_saved_renamed_deleted_and_had_back(fresh: Page) -> None:
    type_code(fresh, "mine = 1")
    press(fresh, "Save")
    name_draft(fresh, "My draft")
    expect(fresh.locator("#present-state")).to_have_text("saved")
    type_code(fresh, "mine = 2")
    expect(fresh.locator("#present-state")).to_have_text("edited since it was saved")
    press(fresh, "New")
    show_drafts(fresh)
    # The edit is kept beside the draft, which stays as it was saved.
    expect(fresh.locator(".draft-open")).to_have_count(2)
    fresh.get_by_role("button", name="My draft", exact=True).click()
    expect_source(fresh, "mine = 1")
    type_code(fresh, "mine = 3")
    press(fresh, "Save")
    expect(fresh.locator("#present-state")).to_have_text("saved")
    press(fresh, "Save as")
    fresh.get_by_label("Name", exact=True).fill("My draft")
    fresh.locator("#naming").get_by_role("button", name="Save").click()
    expect(fresh.get_by_role("alert")).to_contain_text("already")
    fresh.keyboard.press("Escape")
    fresh.get_by_role("button", name="Rename My draft", exact=True).click()
    name_draft(fresh, "Renamed")
    expect(fresh.locator("#present-title")).to_have_text("Renamed")
    press(fresh, "New")
    fresh.get_by_role("button", name="Delete Renamed", exact=True).click()
    expect(find_draft(fresh, "Renamed")).to_have_count(0)
    press(fresh, "Undo")
    find_draft(fresh, "Renamed").get_by_role("button", name="Renamed", exact=True).click()
    expect_source(fresh, "mine = 3")
    press(fresh, "Drafts")


FILES = [
    pytest.param(b"\xef\xbb\xbfn = '\xc3\xa9'\r\nm = 2\r\n", "n = 'é'\nm = 2\n", "", id="utf-8-mark"),
    pytest.param(b"n = '\xe9'\n", "n = 'é'\n", "Latin-1", id="latin-1"),
    pytest.param(b"\xff\xfe" + "n = 'é'\n".encode("utf-16-le"), "n = 'é'\n", "", id="utf-16"),
    pytest.param(b"", "", "", id="empty"),
    pytest.param(b"#" * 1_000_001, None, "Files of up to 1 MB can be opened", id="large"),
    pytest.param(b"\x7fELF\0\0", None, "is not a text file", id="binary"),
]


@pytest.mark.only_browser("chromium")
@pytest.mark.parametrize(("data", "text", "said"), FILES)
def test_files_are_opened_whatever_their_encoding(
    fresh: Page, data: bytes, text: str | None, said: str
) -> None:
    type_code(fresh, "kept = 1")
    fresh.locator("#file").set_input_files({"name": "a file.py", "mimeType": "text/x-python", "buffer": data})
    if said:
        expect(find_notice(fresh)).to_contain_text(said)
    expect_source(fresh, "kept = 1" if text is None else text)
    if text is not None:
        expect(fresh.locator("#present-title")).to_have_text("a file")
        press(fresh, "Bring it back")
        expect_source(fresh, "kept = 1")


DROP = """(target) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["dropped = 1\\n"], "dropped.py"));
    const init = { dataTransfer, bubbles: true, cancelable: true, composed: true };
    target.dispatchEvent(new DragEvent("dragover", init));
    target.dispatchEvent(new DragEvent("drop", init));
}"""


# Playwright hears of no download in a stock Firefox, whose list of downloads then takes the page's focus.
CATCH_DOWNLOAD = """() => {
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    URL.createObjectURL = (blob) => {
        window.saved = { blob };
        return createObjectURL(blob);
    };
    HTMLAnchorElement.prototype.click = function () {
        Object.assign(window.saved, { name: this.download, link: this.href });
        Object.assign(HTMLAnchorElement.prototype, { click });
        Object.assign(URL, { createObjectURL });
    };
}"""
READ_DOWNLOAD = """async () => {
    const { blob, name, link } = window.saved;
    return [name, await blob.text(), link.startsWith("blob:")];
}"""


def test_a_file_is_dropped_and_saved(fresh: Page, tmp_path: Path, browser_name: str) -> None:
    find_playground_cell(fresh).locator(".cm-content").evaluate(DROP)
    expect_source(fresh, "dropped = 1\n")
    if browser_name == "firefox":
        fresh.evaluate(CATCH_DOWNLOAD)
        press(fresh, "Download .py")
        assert fresh.evaluate(READ_DOWNLOAD) == ["dropped.py", "dropped = 1\n", True]
        return
    with fresh.expect_download() as waiting:
        press(fresh, "Download .py")
    waiting.value.save_as(tmp_path / "saved.py")
    assert waiting.value.suggested_filename == "dropped.py"
    assert (tmp_path / "saved.py").read_bytes() == b"dropped = 1\n"


def test_everything_is_done_by_keyboard(fresh: Page, site: Site) -> None:
    fresh.locator("#show-picker").focus()
    fresh.keyboard.press("Enter")
    expect(fresh.get_by_label("Cell", exact=True)).to_have_value("0")
    fresh.keyboard.press("Escape")
    expect(fresh.locator("#picker")).to_be_hidden()
    expect(fresh.locator("#show-picker")).to_be_focused()
    fresh.keyboard.press("Enter")
    fresh.get_by_label("Cell", exact=True).focus()
    fresh.keyboard.type("Slice")
    fresh.locator("#picker").get_by_role("button", name="Open").focus()
    fresh.keyboard.press("Enter")
    expect_source(fresh, compose_program(site, "slice"))
    cell = find_playground_cell(fresh)
    expect(cell.locator(".cm-content")).to_be_focused()
    fresh.keyboard.press("ControlOrMeta+Enter")
    expect(cell).to_have_attribute("state", "running")
    await_run(cell)
    fresh.keyboard.press("Escape")
    fresh.keyboard.press("Tab")
    expect(cell.get_by_role("button", name="Run", exact=True)).to_be_focused()


@pytest.mark.only_browser("chromium")
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_its_panels_are_accessible_and_fit(fresh: Page, theme: str, width: int) -> None:
    fresh.set_viewport_size({"width": width, "height": 800})
    fresh.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    type_code(fresh, "a_long_name_without_a_place_to_break" * 2)
    press(fresh, "New")
    show_drafts(fresh)
    press(fresh, "Lesson cells")
    expect(fresh.get_by_label("Cell", exact=True).locator("option").first).to_be_attached()
    assert fresh.evaluate("document.documentElement.scrollWidth") <= width
    fresh.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = fresh.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    press(fresh, "Lesson cells")
    press(fresh, "Drafts")


def test_without_scripts_it_says_so(new_context: Any, site: Site) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.url}playground/")
    expect(page.get_by_text("which needs JavaScript")).to_be_visible()
    expect(page.locator("#playground")).to_be_hidden()
    page.get_by_role("link", name="the lessons").click()
    expect(page).to_have_url(site.url)
