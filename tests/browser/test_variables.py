"""The panel of variables: what it shows, when it is brought up to date, and how it is reached."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.cells import find_cell, run_code


@pytest.fixture
def button(lesson_page: Page) -> Locator:
    return lesson_page.get_by_role("button", name="Variables", exact=True)


@pytest.fixture
def panel(lesson_page: Page) -> Locator:
    return lesson_page.get_by_role("region", name="Variables")


@pytest.fixture
def cell(lesson_page: Page) -> Locator:
    return find_cell(lesson_page, lesson_page.locator("gradus-cell").first.get_attribute("cell") or "")


def find_row(panel: Locator, name: str) -> Locator:
    """The row whose header is this name."""
    return panel.get_by_role("row").filter(has=panel.page.get_by_role("rowheader", name=name, exact=True))


def test_it_shows_what_cells_made_and_follows_them(button: Locator, panel: Locator, cell: Locator) -> None:
    expect(panel).to_be_hidden()
    run_code(cell, "import numpy as np\ngrid = np.zeros((3, 2))\nname = 'Ada'\ndef bowl(w): ...")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(find_row(panel, "grid").get_by_role("cell")).to_have_text(
        ["ndarray of float64", "(3, 2)", "[0, 0, 0, 0, 0, 0]"]
    )
    expect(find_row(panel, "name").get_by_role("cell")).to_have_text(["str", "3 characters", "'Ada'"])
    expect(find_row(panel, "bowl")).to_be_hidden()
    panel.locator("summary").click()
    expect(find_row(panel, "bowl")).to_be_visible()
    run_code(
        cell,
        "def bowl(w): ...\nname = 'Grace'\nclass Loud:\n  def __repr__(self): print('woken')\nloud = Loud()",
    )
    expect(find_row(panel, "name").get_by_role("cell").last).to_have_text("'Grace'")
    expect(find_row(panel, "loud").get_by_role("cell").last).to_have_text("Loud object")
    expect(find_row(panel, "bowl")).to_be_visible()
    expect(cell.locator(".outputs")).not_to_contain_text("woken")


def test_the_keyboard_opens_reads_and_closes_it(
    lesson_page: Page, button: Locator, panel: Locator, cell: Locator
) -> None:
    run_code(cell, "answer = 42")
    if panel.is_visible():
        panel.get_by_role("button", name="Close").click()
    button.focus()
    lesson_page.keyboard.press("Enter")
    expect(panel).to_be_focused()
    lesson_page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Close")).to_be_focused()
    lesson_page.keyboard.press("Tab")
    expect(panel.get_by_role("group", name="Tables of variables")).to_be_focused()
    lesson_page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_a_new_python_has_none(lesson_page: Page, button: Locator, panel: Locator, cell: Locator) -> None:
    run_code(cell, "answer = 42")
    button.click()
    expect(find_row(panel, "answer")).to_be_visible()
    lesson_page.get_by_role("button", name="Restart Python").click()
    expect(find_row(panel, "answer")).to_be_hidden()
    expect(panel).to_contain_text("None yet")
