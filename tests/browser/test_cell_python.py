"""A cell and its Python: what it needs runs first, a lost Python is noticed, a flood is cut."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.cells import (
    PATIENCE,
    SAVE_DATA,
    await_run,
    find_cell,
    open_lesson,
    press_run,
    run_code,
    write_code,
)

# Firefox tells the console, not the page, when a worker is ended in the midst of WebAssembly.
ENDED_IN_FIREFOX = r"^uncaught: undefined$"

# From the second one on they are shown.
SOME_SECONDS = re.compile(r"^([2-9]|\d\d+) s$")


@pytest.fixture
def live_page(page: Page, lesson_url: str) -> Page:
    open_lesson(page, lesson_url)
    return page


def test_what_a_cell_needs_runs_first(live_page: Page) -> None:
    cell = find_cell(live_page, "step-size")
    press_run(cell)
    await_run(cell)
    expect(cell.locator(".ran-first")).to_have_text("Ran first: Secant, Derivative.")
    for above in ("secant", "derivative"):
        expect(find_cell(live_page, above)).to_have_attribute("state", "done")
    expect(cell.locator(".count")).to_have_text("[3]")
    press_run(cell)
    await_run(cell)
    expect(cell.locator(".count")).to_have_text("[4]")
    expect(cell.locator(".ran-first")).to_be_empty()


@pytest.mark.expects_problems(ENDED_IN_FIREFOX)
def test_stop_ends_an_endless_loop_and_says_what_is_lost(live_page: Page) -> None:
    cell = find_cell(live_page, "secant")
    run_code(cell, "kept = 1")
    write_code(cell, "while True: pass")
    press_run(cell)
    expect(cell.locator(".elapsed")).to_have_text(SOME_SECONDS, timeout=PATIENCE)
    cell.get_by_role("button", name="Stop").click()
    expect(cell.locator(".cell-notice")).to_contain_text("these names are gone: kept.")
    assert cell.evaluate("cell => cell.source") == "while True: pass"
    run_code(cell, "'alive'")
    expect(cell.locator(".cell-notice")).not_to_contain_text("gone")


def test_stop_while_python_loads_calls_the_run_off(page: Page, lesson_url: str) -> None:
    page.add_init_script(SAVE_DATA)
    open_lesson(page, lesson_url)
    cell = find_cell(page, "secant")
    expect(cell).to_have_attribute("state", "static")
    press_run(cell)
    expect(cell).to_have_attribute("state", "loading")
    cell.get_by_role("button", name="Stop").click()
    expect(cell).to_have_attribute("state", "ready", timeout=PATIENCE)
    expect(cell.locator(".count")).to_be_empty()
    expect(cell.locator(".cell-notice")).to_be_hidden()
    expect(cell.locator("img")).to_have_count(1)


@pytest.mark.expects_problems(ENDED_IN_FIREFOX)
@pytest.mark.parametrize(
    ("statement", "left_out"),
    [
        ("print('line')", "more lines"),
        ("print('out'); print('err', file=sys.stderr)", "more lines"),
        ("display(1)", "more results"),
    ],
    ids=["lines", "two streams", "results"],
)
def test_a_flood_is_cut_and_can_be_stopped(live_page: Page, statement: str, left_out: str) -> None:
    cell = find_cell(live_page, "secant")
    write_code(cell, f"import sys\nwhile True: {statement}")
    press_run(cell)
    expect(cell.locator(".output-note")).to_contain_text(left_out, timeout=PATIENCE)
    assert cell.locator(".output").count() <= 501
    text = cell.locator(".outputs").evaluate("outputs => outputs.textContent")
    assert text.count("\n") <= 10_000
    cell.get_by_role("button", name="Stop").click()
    run_code(cell, "'calm'")
    expect(cell.locator(".output-text")).to_have_text("'calm'")
    expect(cell.locator(".output-note")).to_have_count(0)


def test_carriage_returns_and_colours_look_as_in_a_terminal(live_page: Page) -> None:
    cell = find_cell(live_page, "secant")
    run_code(cell, r"print('10%\r100%\n\x1b[31mred\x1b[0m', 'ab\bc')")
    expect(cell.locator(".output-stream")).to_have_text("100%\nred ac\n")


HARMFUL = """<b>bold</b><script>window.harm = 1</script><img src=x onerror="window.harm = 2">
<img src="https://example.org/x.png"><a href="javascript:window.harm = 3">link</a>"""


# The policy forbids the handler before we take it away, and Chromium says so.
@pytest.mark.expects_problems(r"inline event handler violates .* Content Security Policy")
def test_html_from_a_cell_is_harmless(live_page: Page) -> None:
    cell = find_cell(live_page, "secant")
    run_code(cell, f"type('Report', (), {{'_repr_html_': lambda self: {HARMFUL!r}}})()")
    shown = cell.locator(".output-html")
    expect(shown.locator("b")).to_have_text("bold")
    expect(shown.locator("[src], [href], [onerror], script")).to_have_count(0)
    shown.get_by_text("link").click()
    assert live_page.evaluate("window.harm") is None
