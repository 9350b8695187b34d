"""What a snapshot leaves out: lessons don't need it, programs that do get it, and a failure costs nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from browser.cells import (
    SAVE_DATA,
    await_run,
    expect_code,
    find_cell,
    open_lesson,
    press_run,
    run_code,
)
from browser.variants import LOSSES

EDITOR = re.compile(r"/(editor)-\w+\.js$")
LEFT_OUT = re.compile(r"/(code-[a-z]+|interpreter-rest)-\w+\.(zst|wasm)$")
ALL = {f"code-{part}" for part in ("gradus", "libraries", "matplotlib", "numpy", "packages", "python")}
NEEDS_MUCH = """import calendar, difflib, inspect
import numpy as np, matplotlib.pyplot as plt
from PIL import Image
print(calendar.month(2024, 2).splitlines()[0].strip(), difflib.get_close_matches("appel", ["apple"]))
print(np.linalg.eigvalsh([[2.0, 0.0], [0.0, 3.0]]), np.ma.masked_less([1, 2], 2))
print(plt.Axes.boxplot.__doc__[:27])
print(inspect.signature(np.kron), inspect.signature(plt.Axes.stem).parameters["markerfmt"])
plt.figure().gca().eventplot([1])
plt.close()
print(Image.new("RGB", (9, 9)).rotate(45).resize((3, 3)).getpixel((1, 1)))
"""
GIVES = """February 2024 ['apple']
[2. 3.] [-- 2]
Draw a box and whisker plot
(a, b) markerfmt=None
(0, 0, 0)
"""


def watch(page: Page, wanted: re.Pattern[str] = LEFT_OUT) -> list[str]:
    """Names, without their hashes, of what is fetched of those files."""
    fetched: list[str] = []

    def note(response: Response) -> None:
        if found := wanted.search(response.url):
            fetched.append(found[1])

    page.on("response", note)
    return fetched


def open_thriftily(page: Page, url: str) -> Locator:
    """Open a lesson where nothing is fetched ahead; gives its first cell."""
    page.add_init_script(SAVE_DATA)
    open_lesson(page, url)
    return find_cell(page, "secant")


def test_a_whole_lesson_runs_without_it(page: Page, lesson_url: str) -> None:
    fetched, editor = watch(page), watch(page, EDITOR)
    open_thriftily(page, lesson_url)
    page.get_by_role("button", name="Run all").click()
    last = page.locator("gradus-cell").last
    await_run(last)
    # Pages that may fetch ahead do so when Python has been at rest for a second.
    page.wait_for_timeout(1500)
    assert fetched == editor == []


def test_it_comes_when_a_program_needs_it(page: Page, lesson_url: str) -> None:
    fetched = watch(page)
    cell = open_thriftily(page, lesson_url)
    run_code(cell, NEEDS_MUCH)
    expect(cell.locator(".output-stream")).to_have_text(GIVES)
    assert set(fetched) >= ALL - {"code-gradus"}


def test_it_comes_while_nobody_asks_for_anything(
    page: Page, context: BrowserContext, lesson_url: str
) -> None:
    fetched, editor = watch(page), watch(page, EDITOR)
    open_lesson(page, lesson_url)
    cell = find_cell(page, "secant")
    press_run(cell)
    await_run(cell)
    while set(fetched) != ALL | {"interpreter-rest"} or not editor:
        page.wait_for_event("response")
    # The worker has what it has fetched once it answers.
    press_run(cell)
    await_run(cell)
    # Nothing can be fetched any more; the code's own editor has to be there as well.
    context.set_offline(True)
    run_code(cell, NEEDS_MUCH)
    expect(cell.locator(".output-stream")).to_have_text(GIVES)


@pytest.mark.expects_problems("ERR_FAILED", "Failed to load", "NetworkError")
def test_a_function_that_cannot_be_fetched_is_an_error_and_comes_later(page: Page, lesson_url: str) -> None:
    cell = open_thriftily(page, lesson_url)
    run_code(cell, "kept = 7")
    page.route("**/code-python-*.zst", lambda route: route.abort())
    source = "import calendar\nprint(kept, calendar.month(2024, 2).split()[0])"
    run_code(cell, "kept = 7\n" + source, "error")
    expect(cell.locator(".output-error")).to_contain_text("OSError")
    expect(cell.locator(".output-error")).to_contain_text("could not be fetched")
    page.unroute("**/code-python-*.zst")
    run_code(cell, "kept = 7\n" + source)
    expect(cell.locator(".output-stream")).to_have_text("7 February\n")


@pytest.mark.only_browser("chromium")
@pytest.mark.expects_problems(*LOSSES, "ERR_FAILED", "Failed to load")
def test_without_the_rest_of_the_interpreter_python_ends_and_the_text_stays(
    page: Page, lesson_url: str
) -> None:
    cell = open_thriftily(page, lesson_url)
    run_code(cell, "1")
    page.route("**/interpreter-rest-*.wasm", lambda route: route.abort())
    source = "import sqlite3\nprint(sqlite3.connect(':memory:').execute('select 6 * 7').fetchone())"
    run_code(cell, source, "error")
    expect(cell.locator(".cell-notice")).to_contain_text("Python stopped unexpectedly")
    expect_code(cell, source)
    page.unroute("**/interpreter-rest-*.wasm")
    press_run(cell)
    await_run(cell)
    expect(cell.locator(".output-stream")).to_have_text("(42,)\n")
