"""Completion, signatures and help in the editor: from the live names, by keyboard, in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.cells import SAVE_DATA, await_run, find_cell, press_run, run_code

# With this set a page doesn't start Python before it is asked to.

PREPARED = '''import numpy as np
points = np.zeros((3, 2))
def descend(start, rate=0.1):
    """Go down.

    Step by step."""
'''


@pytest.fixture(scope="module")
def prepared(lesson_page: Page) -> Page:
    """The lesson with some names that are alive."""
    # Not in the cell that the tests use: names that only its earlier runs have set go when it runs again.
    second = lesson_page.locator("gradus-cell").nth(1).get_attribute("cell") or ""
    run_code(find_cell(lesson_page, second), PREPARED)
    return lesson_page


@pytest.fixture
def cell(prepared: Page) -> Iterator[Locator]:
    """An empty cell with the caret in it."""
    cell = first_cell(prepared)
    cell.evaluate("cell => { cell.source = ''; }")
    prepared.keyboard.press("Escape")
    cell.locator(".cm-content").click()
    yield cell


def first_cell(page: Page) -> Locator:
    return find_cell(page, page.locator("gradus-cell").first.get_attribute("cell") or "")


def options(cell: Locator) -> Locator:
    return cell.get_by_role("listbox", name="Completions").get_by_role("option")


def select(cell: Locator, label: str) -> None:
    """Go down the list to this option. Keys count only once the list has been there for a moment."""
    chosen = cell.get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    first = chosen.inner_text()
    while chosen.inner_text() == first or not chosen.inner_text().startswith(label):
        cell.page.keyboard.press("ArrowDown")


def source(cell: Locator) -> str:
    return str(cell.evaluate("cell => cell.source"))


def test_attributes_come_after_a_dot(prepared: Page, cell: Locator) -> None:
    prepared.keyboard.type("points.re")
    select(cell, "reshape")
    expect(cell.locator(".cm-completionInfo")).to_contain_text("Returns an array containing the same data")
    prepared.keyboard.press("Enter")
    expect(options(cell)).to_have_count(0)
    assert source(cell) == "points.reshape"


def test_control_space_asks_and_a_whole_name_is_left_alone(prepared: Page, cell: Locator) -> None:
    prepared.keyboard.type("d")
    prepared.keyboard.press("Control+Space")
    expect(options(cell).first).to_contain_text("de")
    expect(cell.locator(".cm-content")).to_have_attribute("aria-autocomplete", "list")
    prepared.keyboard.type("escen")
    options(cell).get_by_text("descend").click()
    expect(options(cell)).to_have_count(0)
    expect(cell.locator(".cm-content")).to_be_focused()
    assert source(cell) == "descend"
    prepared.keyboard.press("ControlOrMeta+a")
    # The last letter makes the name whole: the list goes, and Enter begins a line.
    prepared.keyboard.type("points")
    expect(options(cell)).to_have_count(0)
    prepared.keyboard.press("Enter")
    assert source(cell) == "points\n"


def test_signatures_mark_the_parameter(prepared: Page, cell: Locator) -> None:
    signature = cell.locator(".cm-signature")
    prepared.keyboard.type("descend(")
    expect(signature).to_have_text("descend(start, rate=0.1)")
    expect(signature.locator("strong")).to_have_text("start")
    prepared.keyboard.type("1, ")
    expect(signature.locator("strong")).to_have_text("rate=0.1")
    prepared.keyboard.press("Home")
    expect(signature).to_have_count(0)


def test_keyword_arguments(prepared: Page, cell: Locator) -> None:
    prepared.keyboard.type("descend(1, ra")
    expect(options(cell).first).to_have_text("rate=0.1")
    options(cell).first.click()
    expect(options(cell)).to_have_count(0)
    assert source(cell).startswith("descend(1, rate=")


def test_escape_closes_first_and_leaves_then(prepared: Page, cell: Locator) -> None:
    prepared.keyboard.type("points.resh")
    expect(options(cell).first).to_be_visible()
    prepared.keyboard.press("Escape")
    expect(options(cell)).to_have_count(0)
    prepared.keyboard.press("Tab")
    expect(cell.locator(".cm-content")).to_be_focused()
    prepared.keyboard.press("Escape")
    prepared.keyboard.press("Tab")
    expect(cell.get_by_role("button", name="Run", exact=True)).to_be_focused()


def test_shift_enter_runs_with_the_list_open(prepared: Page, cell: Locator) -> None:
    prepared.keyboard.type("points.sha")
    expect(options(cell).first).to_be_visible()
    prepared.keyboard.press("Control+Enter")
    expect(options(cell)).to_have_count(0)
    await_run(cell, "error")
    assert source(cell) == "points.sha"


def test_help_by_key_and_by_button(prepared: Page, cell: Locator) -> None:
    prepared.keyboard.type("descend")
    prepared.keyboard.press("F1")
    help_view = cell.get_by_role("region", name="Help: descend")
    expect(help_view).to_be_focused()
    expect(help_view).to_contain_text("descend(start, rate=0.1)")
    expect(help_view.get_by_role("group", name="Documentation")).to_have_text("Go down.\n\nStep by step.")
    prepared.keyboard.press("Escape")
    expect(help_view).to_be_hidden()
    expect(cell.locator(".cm-content")).to_be_focused()
    cell.evaluate("cell => { cell.source = 'points'; }")
    prepared.keyboard.press("ControlOrMeta+End")
    cell.get_by_role("button", name="Help").click()
    expect(cell.get_by_role("region", name="Help: points")).to_contain_text("ndarray of float64 (3, 2)")
    cell.get_by_role("button", name="Close").click()
    expect(cell.locator(".cm-content")).to_be_focused()


def test_nobody_waits_while_a_cell_runs(prepared: Page, cell: Locator) -> None:
    cell.evaluate(
        "cell => { cell.source = 'import asyncio\\nlocal_name = 1\\nawait asyncio.sleep(1000)\\n'; }"
    )
    press_run(cell)
    expect(cell).to_have_attribute("state", "running")
    cell.locator(".cm-content").click()
    prepared.keyboard.press("ControlOrMeta+End")
    prepared.keyboard.type("local_")
    expect(options(cell)).to_have_text(["local_name"])
    prepared.keyboard.press("Escape")
    cell.get_by_role("button", name="Help").click()
    expect(cell.get_by_role("status").filter(has_text="nothing is running")).to_be_visible()
    cell.get_by_role("button", name="Stop").click()
    expect(cell.get_by_role("button", name="Run", exact=True)).to_be_visible()


def test_asking_does_not_start_python(page: Page, lesson_url: str) -> None:
    page.add_init_script(SAVE_DATA)
    page.goto(lesson_url)
    expect(page.get_by_role("button", name="Run all")).to_be_visible()
    cell = first_cell(page)
    cell.locator(".cell-code").click()
    expect(cell.locator(".cm-content")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("width = 3\nwid")
    expect(options(cell)).to_have_text(["width"])
    expect(cell).to_have_attribute("state", "static")
