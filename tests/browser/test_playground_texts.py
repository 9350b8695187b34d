"""No text of the playground is lost: by a reload, a full storage, a second tab, coming from a lesson."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.cells import find_cell, open_lesson
from browser.playground import (
    await_playground,
    await_stored_texts,
    compose_program,
    expect_source,
    find_notice,
    find_playground_cell,
    name_draft,
    open_playground,
    pick,
    press,
    show_drafts,
    type_code,
)
from conftest import Site


def test_the_text_survives_a_reload_in_any_state(page: Page, site: Site) -> None:
    open_playground(page, site)
    type_code(page, "unsaved = 'as typed'")
    page.reload()
    await_playground(page)
    expect_source(page, "unsaved = 'as typed'")
    pick(page, "Secant")
    page.reload()
    await_playground(page)
    expect_source(page, compose_program(site, "secant"))
    expect(page.locator("#present-title")).to_have_text("Secant")
    show_drafts(page)
    expect(page.locator(".draft-open")).to_have_count(1)


@pytest.mark.only_browser("chromium")
def test_a_full_storage_is_said_and_loses_nothing_in_the_page(page: Page, site: Site) -> None:
    page.add_init_script(
        """const write = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
            if (window.full && key.includes(":text:")) throw new DOMException("full", "QuotaExceededError");
            return write.call(this, key, value);
        };
        window.full = true;"""
    )
    open_playground(page, site)
    type_code(page, "unstored = 1")
    expect(find_notice(page)).to_contain_text("does not store your code")
    pick(page, "Secant")
    press(page, "Bring it back")
    expect_source(page, "unstored = 1")
    press(page, "Save")
    name_draft(page, "Full")
    expect(find_notice(page)).to_contain_text("could not save")
    expect_source(page, "unstored = 1")
    page.evaluate("window.full = false")
    type_code(page, "stored = 1")
    expect(find_notice(page)).not_to_contain_text("does not store")
    page.reload()
    await_playground(page)
    expect_source(page, "stored = 1")


def test_two_tabs_keep_both_texts(page: Page, site: Site) -> None:
    open_playground(page, site)
    type_code(page, "one = 1")
    expect(page.locator("#present-state")).to_have_text("edited")
    await_stored_texts(page, 1)
    other = page.context.new_page()
    open_playground(other, site)
    expect_source(other, "one = 1")
    type_code(other, "two = 2")
    await_stored_texts(other, 2)
    for tab, source in [(page, "one = 1"), (other, "two = 2")]:
        tab.reload()
        await_playground(tab)
        expect_source(tab, source)


@pytest.mark.only_browser("chromium")
def test_a_cell_comes_from_its_lesson_as_it_is_there(page: Page, lesson_url: str, site: Site) -> None:
    open_lesson(page, lesson_url)
    cell = find_cell(page, "derivative")
    cell.evaluate("cell => { cell.source = 'numerical_derivative(lambda x: x, 2)  # mine'; }")
    cell.get_by_role("button", name="More actions").click()
    with page.expect_popup() as waiting:
        cell.get_by_role("button", name="Open in playground").click()
    playground = waiting.value
    await_playground(playground)
    given = compose_program(site, "derivative")
    before = given[: given.index("# %% Derivative\n")]
    assert before.startswith("# %% Secant\n")
    source = f"{before}# %% Derivative\nnumerical_derivative(lambda x: x, 2)  # mine\n"
    expect_source(playground, source)
    expect(playground.locator("#present-state")).to_have_text("edited")
    # Nothing has run by itself.
    expect(find_playground_cell(playground).locator(".output")).to_have_count(0)
    playground.reload()
    await_playground(playground)
    expect_source(playground, source)
    assert cell.evaluate("cell => cell.source") == "numerical_derivative(lambda x: x, 2)  # mine"
