"""Nothing that a reader has typed is lost: over presets, Reset, a reload, and a new version of the lesson."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from browser.cells import await_life, await_run, expect_code, find_cell, open_lesson, write_code
from gradus.sitegen.model import Lesson

EDIT = "mine = 'an edit'"
CELL = "secant"


def stored_draft(page: Page) -> dict[str, object] | None:
    text = page.evaluate(
        "cell => localStorage[Object.keys(localStorage).find((key) => key.endsWith(`:${cell}`)) ?? '']", CELL
    )
    return json.loads(text) if text else None


@pytest.fixture
def page_with_edit(page: Page, lesson_url: str) -> Page:
    """Lesson 3, with an edit in its first cell."""
    open_lesson(page, lesson_url)
    write_code(find_cell(page, CELL), EDIT)
    page.wait_for_function(
        "cell => Object.keys(localStorage).some((key) => key.endsWith(`:${cell}`))", arg=CELL
    )
    return page


def test_an_edit_survives_a_reload(page_with_edit: Page, lesson: Lesson) -> None:
    page = page_with_edit
    page.reload()
    await_life(page)
    cell = find_cell(page, CELL)
    expect_code(cell, EDIT)
    cell.get_by_role("button", name="Reset").click()
    expect_code(cell, lesson.code_cells[0].source)
    page.reload()
    await_life(page)
    expect_code(find_cell(page, CELL), lesson.code_cells[0].source)


@pytest.mark.only_browser("chromium")
def test_a_preset_keeps_the_edit(page_with_edit: Page, lesson: Lesson) -> None:
    cell = find_cell(page_with_edit, CELL)
    preset = lesson.code_cells[0].presets[0]
    cell.locator(".preset").first.click()
    expect(cell.locator(".cm-changed-line")).to_have_count(len(preset.lines))
    expect_code(cell, preset.source)
    cell.get_by_role("button", name="Bring back my edit").click()
    expect_code(cell, EDIT)
    await_run(cell)


@pytest.mark.only_browser("chromium")
def test_reset_keeps_the_edit_until_the_page_is_left(page_with_edit: Page) -> None:
    cell = find_cell(page_with_edit, CELL)
    cell.get_by_role("button", name="Reset").click()
    cell.get_by_role("button", name="Bring back my edit").click()
    expect_code(cell, EDIT)


@pytest.mark.only_browser("chromium")
def test_a_changed_lesson_says_so_and_keeps_both(page_with_edit: Page, lesson: Lesson) -> None:
    page = page_with_edit
    draft = stored_draft(page)
    assert draft and draft["edit"] == EDIT
    # As if the edit had been made on an earlier version of the cell.
    page.add_init_script(
        """const key = Object.keys(localStorage).find((key) => key.endsWith(":secant"));
        const older = { ...JSON.parse(localStorage[key] ?? "{}"), hash: "0".repeat(16) };
        if (key) localStorage[key] = JSON.stringify(older);"""
    )
    page.reload()
    await_life(page)
    cell = find_cell(page, CELL)
    expect(cell.locator(".cell-notice")).to_contain_text("has changed since you edited it")
    expect_code(cell, lesson.code_cells[0].source)
    cell.get_by_role("button", name="Show my edit").click()
    expect_code(cell, EDIT)
    cell.get_by_role("button", name="Show the lesson's new code").click()
    expect_code(cell, lesson.code_cells[0].source)
