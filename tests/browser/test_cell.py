"""One cell in the reader's hands: outputs in order, errors at their line, the keyboard, Restart."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.cells import (
    PATIENCE,
    await_run,
    await_stillness,
    find_cell,
    open_lesson,
    press_run,
    run_code,
    write_code,
)

# The first code cell of the lesson: nothing has to run before it.
FIRST = "secant"

IN_ORDER = """import sys
import matplotlib.pyplot as plt
print("before")
plt.plot([0, 1])
plt.show()
print("between")
print("aside", file=sys.stderr)
plt.subplots(figsize=(2, 1))
"the value\""""


def first_cell(page: Page) -> Locator:
    return find_cell(page, FIRST)


def test_outputs_come_in_order(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    run_code(cell, IN_ORDER)
    shown = cell.locator(".output").evaluate_all(
        "outputs => outputs.map(o => o.querySelector('img') ? 'figure' : o.textContent.trim())"
    )
    assert shown == ["before", "figure", "between", "aside", "'the value'", "figure"]
    alt = cell.locator("img").first.get_attribute("alt")
    assert alt and "0" in alt and "1" in alt


def test_an_error_marks_its_line(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    run_code(cell, "def halve(n):\n    return n / 0\n\nprint('so far')\nhalve(1)", "error")
    expect(cell.locator(".cm-error-line")).to_have_text("    return n / 0")
    expect(cell.locator(".status")).to_contain_text("ZeroDivisionError on line 2")
    traceback = cell.locator(".output-error")
    expect(traceback).to_contain_text("line 5")
    expect(traceback).to_contain_text("line 2, in halve")
    expect(traceback).not_to_contain_text("gradus")
    expect(cell.locator(".output-stream")).to_have_text("so far\n")


def test_an_error_deep_in_a_library_marks_the_reader_s_line(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    run_code(cell, "import numpy as np\nA = np.zeros((2, 3))\nnp.linalg.inv(A)", "error")
    expect(cell.locator(".cm-error-line")).to_have_text("np.linalg.inv(A)")


def test_a_syntax_error_is_located(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    run_code(cell, "x = 1\nif x == 1\n    print(x)", "error")
    expect(cell.locator(".cm-error-line")).to_have_text("if x == 1")
    expect(cell.locator(".status")).to_contain_text("SyntaxError on line 2")


def test_the_mark_goes_with_the_next_run(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    run_code(cell, "1 / 0", "error")
    run_code(cell, "1 / 2")
    expect(cell.locator(".cm-error-line")).to_have_count(0)
    expect(cell.locator(".output-text")).to_have_text("0.5")


def test_await_at_the_top(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    run_code(cell, "import asyncio\nprint(await asyncio.sleep(0, 'slept'))")
    expect(cell.locator(".output-stream")).to_have_text("slept\n")


def test_restart_forgets_variables_and_not_text(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    run_code(cell, "treasure = 7")
    lesson_page.get_by_role("button", name="Restart Python").click()
    expect(cell.locator(".cm-content")).to_have_text("treasure = 7")
    run_code(cell, "'alive'")
    assert cell.evaluate("cell => cell.evaluate('treasure')")["ok"] is False
    expect(cell.locator(".count")).to_have_text("[1]")


def test_the_keyboard_alone_is_enough(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    write_code(cell, "6 * 7")
    keyboard = lesson_page.keyboard
    keyboard.press("ControlOrMeta+Enter")
    await_run(cell)
    expect(cell.locator(".output-text")).to_have_text("42")
    expect(cell.locator(".cm-content")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Shift+Tab")
    expect(cell.locator(".cm-content")).to_be_focused()
    keyboard.press("Escape")
    keyboard.press("Tab")
    expect(cell.get_by_role("button", name="Run", exact=True)).to_be_focused()
    keyboard.press("Enter")
    expect(cell.locator(".count")).not_to_be_empty()
    await_run(cell)


# Before Python has heard of it, or afterwards.
ENDED = re.compile("^(ready|stopped)$")
SLEEP = "import time\ntime.sleep(0.5)\n'slept'"


# Firefox's driver makes two single clicks of a double one.
@pytest.mark.only_browser("chromium")
def test_a_double_click_runs_and_does_not_stop(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    write_code(cell, SLEEP)
    button = cell.locator("button.run")
    await_stillness(button)
    button.dblclick()
    await_run(cell)
    expect(cell.locator(".output-text")).to_have_text("'slept'")
    write_code(cell, "import time\nwhile True: time.sleep(0.1)")
    await_stillness(button)
    button.click(click_count=3)
    await_run(cell, ENDED)
    expect(cell.locator(".status")).to_contain_text("Stopped.")


def test_asked_again_while_it_runs_a_cell_runs_once_more(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    run_code(cell, "1")
    before = int(cell.locator(".count").inner_text().strip("[]"))
    cell.evaluate("cell => { cell.source = '2'; cell.run(); cell.run(); cell.run(); }")
    expect(cell.locator(".count")).to_have_text(f"[{before + 2}]")
    run_code(cell, "3")
    expect(cell.locator(".count")).to_have_text(f"[{before + 3}]")


@pytest.mark.parametrize("key", ["Enter", "Control+Enter"])
def test_a_key_that_is_held_down_runs_once(lesson_page: Page, key: str) -> None:
    cell = first_cell(lesson_page)
    write_code(cell, SLEEP)
    if key == "Enter":
        cell.locator("button.run").focus()
    *modifiers, last = key.split("+")
    keyboard = lesson_page.keyboard
    count = cell.locator(".count").text_content()
    for modifier in modifiers:
        keyboard.down(modifier)
    for _ in range(4):
        keyboard.down(last)
    expect(cell.locator(".count")).not_to_have_text(count or "[0]", timeout=PATIENCE)
    keyboard.up(last)
    for modifier in modifiers:
        keyboard.up(modifier)
    await_run(cell)
    expect(cell.locator(".output-text")).to_have_text("'slept'")
    before = int((count or "[0]").strip("[]"))
    expect(cell.locator(".count")).to_have_text(f"[{before + 1}]")


def test_shift_enter_runs_and_moves_on(lesson_page: Page) -> None:
    cell = first_cell(lesson_page)
    write_code(cell, "'on we go'")
    lesson_page.keyboard.press("Shift+Enter")
    await_run(cell)
    expect(cell.locator(".output-text")).to_have_text("'on we go'")
    expect(find_cell(lesson_page, "derivative").locator(".cm-content")).to_be_focused()


# Firefox reports a worker that is terminated while its script runs as an error without a message.
@pytest.mark.expects_problems(r"^uncaught: undefined$")
def test_output_streams_and_stop_ends_an_endless_loop(page: Page, lesson_url: str) -> None:
    open_lesson(page, lesson_url)
    cell = first_cell(page)
    write_code(cell, "print('started')\nwhile True: pass")
    press_run(cell)
    expect(cell.locator(".output-stream")).to_have_text("started\n", timeout=PATIENCE)
    expect(cell).to_have_attribute("state", "running")
    cell.get_by_role("button", name="Stop").click()
    run_code(cell, "'alive'")
    expect(cell.locator(".output-text")).to_have_text("'alive'")
