"""The editor takes the static code's place: nothing jumps, nobody is trapped, a failure can be repaired."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from browser.cells import SAVE_DATA, await_rest, await_run, await_stillness, find_cell, open_lesson
from gradus.sitegen.model import Lesson

CELL = "descent"

# With this set a page doesn't start Python before it is asked to: the editor needs none.

NO_STORAGE = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("forbidden", "SecurityError"); },
});"""

# Where a word of the cell's code stands on the screen, and where the frame around the code does.
MEASURE = """(cell, word) => {
    const code = cell.shadowRoot.querySelector(".cell-code");
    const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    let text = texts.nextNode();
    while (text && !text.data.includes(word)) text = texts.nextNode();
    const range = document.createRange();
    range.setStart(text, text.data.indexOf(word));
    range.setEnd(text, text.data.indexOf(word) + word.length);
    return [range, code].map((each) => each.getBoundingClientRect().toJSON());
}"""


@pytest.fixture
def calm_page(page: Page, lesson_url: str) -> Page:
    """Lesson 3, with its cells alive and Python not started."""
    page.add_init_script(SAVE_DATA)
    open_lesson(page, lesson_url)
    await_rest(page)
    await_stillness(find_cell(page, CELL))
    return page


def test_nothing_moves_and_the_caret_lands_where_the_reader_clicks(calm_page: Page) -> None:
    cell = find_cell(calm_page, CELL)
    word, frame = cell.evaluate(MEASURE, "return")
    calm_page.mouse.click(word["x"] + word["width"] / 2 + 1, word["y"] + word["height"] / 2)
    expect(cell.locator(".cm-content")).to_be_focused()
    word_now, frame_now = cell.evaluate(MEASURE, "return")
    assert frame_now == frame
    assert [word_now["x"], word_now["y"]] == pytest.approx([word["x"], word["y"]], abs=0.5)
    calm_page.keyboard.type("|")
    assert "ret|urn w, history" in cell.evaluate("cell => cell.source")


def test_tab_goes_through_the_editor_until_something_is_typed(calm_page: Page) -> None:
    cell = find_cell(calm_page, CELL)
    editor = cell.locator(".cm-content")
    run = cell.get_by_role("button", name="Run", exact=True)
    cell.locator(".code").focus()
    expect(editor).to_be_focused()
    calm_page.keyboard.press("Tab")
    expect(run).to_be_focused()
    calm_page.keyboard.press("Shift+Tab")
    expect(editor).to_be_focused()
    calm_page.keyboard.type("x")
    calm_page.keyboard.press("Tab")
    expect(editor).to_be_focused()
    assert cell.evaluate("cell => cell.source").startswith("    x")
    calm_page.keyboard.press("Escape")
    calm_page.keyboard.press("Tab")
    expect(run).to_be_focused()


def test_an_editor_that_comes_late_leaves_the_focus_where_the_reader_is(page: Page, lesson_url: str) -> None:
    open_lesson(page, lesson_url)
    cell = find_cell(page, "secant")
    cell.locator(".cell-code [role=textbox]").focus()
    run = cell.get_by_role("button", name="Run", exact=True)
    run.focus()
    expect(cell.locator(".cm-content")).to_be_attached()
    expect(run).to_be_focused()
    page.keyboard.press("Enter")
    await_run(cell)
    expect(run).to_be_focused()


def test_a_preset_can_be_undone(calm_page: Page, lesson: Lesson) -> None:
    cell = find_cell(calm_page, CELL)
    [written] = [each for each in lesson.code_cells if each.id == CELL]
    preset = cell.locator(".preset").filter(has_text=written.presets[0].label)
    preset.click()
    expect(preset).to_have_attribute("aria-pressed", "true")
    cell.locator(".cm-content").click()
    calm_page.keyboard.press("ControlOrMeta+z")
    expect(preset).to_have_attribute("aria-pressed", "false")
    assert cell.evaluate("cell => cell.source").rstrip("\n") == written.source.rstrip("\n")


@pytest.mark.expects_problems(r"ERR_FAILED", r"Failed to load", r"NetworkError")
def test_the_editor_is_fetched_again_after_a_failure(calm_page: Page) -> None:
    cell = find_cell(calm_page, CELL)
    refused: list[Route] = []

    def refuse(route: Route) -> None:
        refused.append(route)
        route.abort()

    calm_page.route("**/editor-*.js", refuse)
    cell.locator(".code").click()
    expect(cell.locator(".cell-notice")).to_contain_text("could not be loaded")
    assert refused
    calm_page.unroute("**/editor-*.js")
    cell.locator(".code").click()
    expect(cell.locator(".cm-content")).to_be_focused()


def test_a_page_that_may_not_store_says_so_and_goes_on(page: Page, lesson_url: str) -> None:
    page.add_init_script(SAVE_DATA)
    page.add_init_script(NO_STORAGE)
    open_lesson(page, lesson_url)
    cell = find_cell(page, CELL)
    cell.locator(".code").click()
    expect(cell.locator(".cm-content")).to_be_focused()
    page.keyboard.type("#")
    expect(cell.locator(".cell-notice")).to_contain_text("keep your edit")
    page.get_by_role("button", name="Theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
