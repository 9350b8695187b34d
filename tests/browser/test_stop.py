"""Stop: it ends whatever runs, keeps the variables where that can be, and else says what went with them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.cells import PATIENCE, REPLACED, await_run, find_cell, hand_in, run_code, start_run
from browser.variants import variant_page
from conftest import Site

SLEEP = "import time\ntime.sleep(1000)"
AWAIT = "import asyncio\nawait asyncio.sleep(1000)"
NESTED = "import asyncio\nasync def main():\n    await asyncio.sleep(1000)\nasyncio.run(main())"
REGEX = "import re\nre.match('(a+)+$', 'a' * 60 + 'b')"
RUNS = itertools.count(1)
STUBBORN = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"

SLOW_TO_TELL = """import time
class Slow(KeyboardInterrupt):
    end = 0
    def __str__(self):
        Slow.end = Slow.end or time.monotonic() + 1.5
        while time.monotonic() < Slow.end: pass
        return "at last"
try:
    while True: pass
except KeyboardInterrupt:
    raise Slow"""


@pytest.fixture(scope="module")
def page(browser: Browser, browser_context_args: dict[str, Any], site: Site) -> Iterator[Page]:
    with variant_page(browser, browser_context_args, site.folder) as page:
        yield page


@pytest.fixture(scope="module")
def isolated_page(browser: Browser, browser_context_args: dict[str, Any], site: Site) -> Iterator[Page]:
    with variant_page(browser, browser_context_args, site.folder, isolated=True) as page:
        yield page


def keep_one(page: Page) -> Locator:
    """Have a variable in one cell; gives another cell, for what happens to it."""
    run_code(find_cell(page, "secant"), "kept = 1")
    return find_cell(page, "derivative")


def run_and_stop(cell: Locator, program: str, then: str | re.Pattern[str]) -> None:
    """Run a program that never ends, stop it once it is at work, and wait for the end."""
    # The cell shows what it put out before until the new run puts something out.
    sign = f"at work: {next(RUNS)}"
    source = f"print({sign!r})\n{program}"
    start_run(cell, source, sign)
    cell.get_by_role("button", name="Stop").click()
    await_run(cell, then)
    assert cell.evaluate("cell => cell.source") == source


def expect_kept(cell: Locator) -> None:
    # Evaluated, not run: a run would first run the cell that gives it.
    assert cell.evaluate("cell => cell.evaluate('kept')") == {"ok": True, "value": "1", "truth": True}


@pytest.mark.parametrize(
    "program",
    ["while True: pass", "while True: print(1)", SLEEP, AWAIT, NESTED, REGEX],
    ids=["loop", "flood", "sleep", "await", "asyncio.run", "regular expression"],
)
def test_an_isolated_page_keeps_its_variables(isolated_page: Page, program: str) -> None:
    cell = keep_one(isolated_page)
    run_and_stop(cell, program, "stopped")
    expect(cell.locator(".output-ended")).to_contain_text("Stopped")
    expect(cell.locator(".output-error")).to_have_count(0)
    expect(cell.locator(".status")).to_contain_text("Python keeps its variables")
    expect_kept(cell)


@pytest.mark.parametrize("program", [SLEEP, AWAIT, NESTED], ids=["sleep", "await", "asyncio.run"])
def test_a_python_that_waits_keeps_its_variables(page: Page, program: str) -> None:
    cell = keep_one(page)
    run_and_stop(cell, program, "stopped")
    expect_kept(cell)


def test_a_program_that_does_not_obey_loses_its_python(isolated_page: Page) -> None:
    cell = keep_one(isolated_page)
    run_and_stop(cell, STUBBORN, REPLACED)
    expect(cell.locator(".cell-notice")).to_contain_text("these names are gone: kept")
    run_code(cell, "print('next')")
    expect(cell.locator(".outputs")).to_have_text("next\n")


def test_a_program_that_has_obeyed_is_waited_for(isolated_page: Page) -> None:
    """To say how it ended takes longer than a program has to obey, as on a slow device."""
    cell = keep_one(isolated_page)
    run_and_stop(cell, SLOW_TO_TELL, "stopped")
    expect(cell.locator(".outputs")).to_contain_text("Stopped")
    expect_kept(cell)


def test_lost_variables_are_named_and_brought_back(page: Page) -> None:
    above, cell = find_cell(page, "secant"), find_cell(page, "derivative")
    run_code(above, "kept = 1\nother = 2")
    run_and_stop(cell, "while True: pass", REPLACED)
    notice = cell.locator(".cell-notice")
    expect(notice).to_contain_text("these names are gone: ")
    expect(notice).to_contain_text("kept, other")
    notice.get_by_role("button", name="Run their cells again").click()
    expect(notice).to_contain_text("have run again", timeout=PATIENCE)
    expect(above).to_have_attribute("state", "done")
    assert cell.evaluate("cell => cell.evaluate('kept + other')") == {"ok": True, "value": "3", "truth": True}


def test_stop_ends_the_cells_that_wait_too(page: Page) -> None:
    above, cell = find_cell(page, "secant"), find_cell(page, "derivative")
    run_code(above, "kept = 1")
    hand_in(above, SLEEP)
    hand_in(cell, 'print("too late")')
    expect(cell).to_have_attribute("state", "running")
    above.get_by_role("button", name="Stop").click()
    await_run(above, "stopped")
    expect(cell.get_by_role("button", name="Run", exact=True)).to_be_visible()
    expect(cell.locator(".outputs")).not_to_contain_text("too late")
