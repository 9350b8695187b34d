"""Cells run in any order: what they need runs first, what they change is marked and brought up to date."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.cells import await_run, find_cell, open_lesson, press_run, run_code


def notice_of(cell: Locator, text: str) -> Locator:
    return cell.locator(".notice", has_text=text)


def set_code(cell: Locator, source: str) -> None:
    cell.evaluate("(cell, source) => { cell.source = source; }", source)


@pytest.mark.only_browser("chromium")
def test_a_page_of_cells_behaves_as_if_it_had_just_run_from_the_top(page: Page, lesson_url: str) -> None:
    open_lesson(page, lesson_url)
    capstone = find_cell(page, "regression")
    press_run(capstone)
    await_run(capstone)
    expect(capstone.locator(".ran-first")).to_have_text("Ran first: Secant, Guess.")
    expect(capstone.locator(".output-stream")).to_contain_text("y = 1.980x + 0.975")
    expect(capstone.locator(".count")).to_have_text("[3]")
    expect(find_cell(page, "guess")).to_have_attribute("state", "done")
    expect(find_cell(page, "descent")).to_have_attribute("state", "ready")

    # Small cells of our own, in the places of the first four.
    first, second, third, fourth = (page.locator("gradus-cell").nth(index) for index in range(4))
    set_code(first, "import numpy as np\nrate = 2\nrng = np.random.default_rng(1)")
    set_code(second, "drawn = round(rng.random(), 6) * rate\ndrawn")
    set_code(third, "rate + 1")
    run_code(fourth, "round(drawn, 6)")
    drawn = fourth.locator(".output-text").text_content() or ""
    expect(second).to_have_attribute("state", "done")
    expect(third).not_to_have_attribute("state", "done")

    # Random numbers: the same once more, in both cells.
    press_run(second)
    await_run(second)
    expect(second.locator(".ran-first")).to_contain_text("Ran first:")
    press_run(fourth)
    await_run(fourth)
    expect(fourth.locator(".output-text")).to_have_text(drawn)

    independent = find_cell(page, "slice")
    run_code(independent, "3")

    # An edit that is run marks what depends on it, and no more.
    press_run(third)
    await_run(third)
    expect(third.locator(".output-text")).to_have_text("3")
    run_code(first, "import numpy as np\nrate = 4\nrng = np.random.default_rng(1)")
    for cell in (second, third, fourth):
        expect(cell).to_have_attribute("stale", "")
        expect(notice_of(cell, "something that this needs has changed")).to_be_visible()
    expect(capstone).to_have_attribute("stale", "")
    expect(independent).not_to_have_attribute("stale", "")
    changed = notice_of(first, "This made out of date")
    changed.get_by_role("button", name="Update what this changed").click()
    expect(changed).to_have_count(0)
    expect(third.locator(".output-text")).to_have_text("5")
    expect(fourth.locator(".output-text")).to_have_text(str(round(float(drawn) * 2, 6)))
    for cell in (second, third, fourth):
        expect(cell).not_to_have_attribute("stale", "")

    # What a cell needs has an error: it says so, and can be run all the same.
    run_code(first, "rate = 4\n1 / 0", state="error")
    press_run(third)
    blocked = notice_of(third, "which this needs, didn't run to its end")
    expect(blocked).to_be_visible()
    blocked.get_by_role("button", name="Run anyway").click()
    await_run(third)
    expect(third.locator(".output-text")).to_have_text("5")
    expect(blocked).to_have_count(0)

    # Names that a cell no longer sets are gone.
    run_code(first, "other = 4")
    press_run(third)
    await_run(third, state="error")
    expect(third.locator(".output-error")).to_contain_text("NameError")

    # Run above, from the keyboard.
    set_code(first, "rate = 7")
    set_code(second, "second = 1")
    more = third.get_by_role("button", name="More actions")
    more.press("Enter")
    third.get_by_role("button", name="Run all cells above").press("Enter")
    await_run(first)
    await_run(second)
    expect(second).to_have_attribute("state", "done")
