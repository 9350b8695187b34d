"""A second Python waits while a run lasts long, and takes the first one's place; no reader sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.cells import PATIENCE, REPLACED, await_run, find_cell, hand_in, run_code
from browser.spares import (
    HOLD,
    LITTLE,
    MOUSE,
    MUCH,
    SPOIL,
    TOUCH,
    await_spare,
    note_states,
    start_endless,
    tell_pythons,
    watched_page,
)
from browser.test_starting import RANDOM
from browser.test_stop import STUBBORN
from conftest import Site

Open = Callable[..., AbstractContextManager[Page]]
WAYS = ["Restart Python", "Stop"]


@pytest.fixture
def open_page(browser: Browser, browser_context_args: dict[str, Any], site: Site) -> Open:
    """Opens Lesson 3 on a device with much memory."""

    def open_page(**options: bool) -> AbstractContextManager[Page]:
        return watched_page(browser, browser_context_args, site.folder, MUCH, **options)

    return open_page


@pytest.fixture
def page(open_page: Open) -> Iterator[Page]:
    with open_page() as page:
        yield page


def begin(page: Page) -> Locator:
    """Set a variable in one cell, and run an endless loop in the cell that is given."""
    run_code(find_cell(page, "secant"), "kept = 1")
    cell = find_cell(page, "derivative")
    start_endless(cell)
    return cell


def press(page: Page, cell: Locator, way: str) -> None:
    """Press the cell's Stop or the page's Restart Python."""
    place = cell if way == "Stop" else page
    place.get_by_role("button", name=way, exact=True).click()


def expect_answer(page: Page, cell: Locator, number: int) -> None:
    """The Python of this number answers the next run, which is its first, and knows nothing of `kept`."""
    before = tell_pythons(page, "results")[number]
    assert cell.evaluate("cell => cell.evaluate('kept')")["ok"] is False
    run_code(cell, "print('next')")
    expect(cell.locator(".outputs")).to_have_text("next\n")
    expect(cell.locator(".count")).to_have_text("[1]")
    assert tell_pythons(page, "results")[number] == before + 1 == 1
    # A long run of a slow machine may have brought another spare.
    assert not tell_pythons(page, "ended")[number]


@pytest.mark.parametrize("way", WAYS)
def test_the_spare_is_there_at_once(page: Page, way: str) -> None:
    cell = begin(page)
    await_spare(page)
    note_states(page)
    before = len(tell_pythons(page, "spare"))
    press(page, cell, way)
    await_run(cell, "ready")
    expect(cell.locator(".cell-notice")).to_contain_text("these names are gone: kept")
    assert "loading" not in page.evaluate("states")
    assert tell_pythons(page, "ended") == [True] * (before - 1) + [False]
    expect_answer(page, cell, before - 1)
    # A second time, right after, whichever way there is now.
    press(page, cell, "Restart Python")
    run_code(cell, "print('next')")
    expect(cell.locator(".outputs")).to_have_text("next\n")
    assert tell_pythons(page, "ended")[before - 1]


def test_the_spare_has_randomness_of_its_own(page: Page) -> None:
    cell = find_cell(page, "secant")
    run_code(cell, RANDOM)
    drawn = cell.locator(".output-stream").inner_text().split()
    start_endless(find_cell(page, "derivative"))
    await_spare(page)
    press(page, cell, "Restart Python")
    run_code(cell, RANDOM)
    again = cell.locator(".output-stream").inner_text().split()
    assert len(drawn) == len(again) == 7
    assert not set(drawn) & set(again)


def test_a_python_that_does_not_obey_is_replaced_by_the_spare(open_page: Open) -> None:
    with open_page(isolated=True) as page:
        run_code(find_cell(page, "secant"), "kept = 1")
        cell = find_cell(page, "derivative")
        start_endless(cell, STUBBORN)
        await_spare(page)
        press(page, cell, "Stop")
        await_run(cell, "ready")
        expect_answer(page, cell, len(tell_pythons(page, "spare")) - 1)
        # It can be interrupted like the first one: the memory that it shares is its own.
        start_endless(cell)
        cell.get_by_role("button", name="Stop").click()
        await_run(cell, "stopped")


@pytest.mark.only_browser("chromium")
def test_a_spare_that_is_on_its_way_is_waited_for(page: Page) -> None:
    page.evaluate(HOLD)
    cell = begin(page)
    await_spare(page, "spare")
    number = len(tell_pythons(page, "spare")) - 1
    press(page, cell, "Stop")
    await_run(cell, "loading")
    assert tell_pythons(page, "ended") == [True] * number + [False]
    page.evaluate("release()")
    expect(cell).to_have_attribute("state", "ready", timeout=PATIENCE)
    expect_answer(page, cell, number)


@pytest.mark.only_browser("chromium")
@pytest.mark.parametrize("way", WAYS)
def test_a_spare_that_fails_is_not_missed(page: Page, way: str) -> None:
    page.evaluate(SPOIL)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "info" else None)
    cell = begin(page)
    await_spare(page, "ended")
    assert "in reserve is gone" in told[-1]
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    press(page, cell, way)
    await_run(cell, REPLACED)
    expect_answer(page, cell, len(tell_pythons(page, "spare")) - 1)
    # It has handed back what it was to start from.
    assert not [name for name in fetched if name.startswith("snapshot-")]
    assert "Python starts in a slower way" not in "".join(told)


@pytest.mark.only_browser("chromium")
def test_a_spare_that_fails_when_it_is_waited_for_is_not_missed(page: Page) -> None:
    page.evaluate(HOLD)
    page.evaluate(SPOIL)
    cell = begin(page)
    await_spare(page, "spare")
    number = len(tell_pythons(page, "spare"))
    press(page, cell, "Restart Python")
    page.evaluate("release()")
    expect(cell).to_have_attribute("state", "ready", timeout=PATIENCE)
    expect_answer(page, cell, number)


@pytest.mark.only_browser("chromium")
def test_devices_with_little_memory_have_no_spare(page: Page) -> None:
    for device, has_spare in ((LITTLE, False), (TOUCH, False), (MOUSE, True)):
        page.evaluate(f"() => {{ {device} }}")
        cell = begin(page)
        before = tell_pythons(page, "ended").index(False)
        # The page's own timers come in order: what was to happen after a second of this run has happened.
        page.evaluate("new Promise((resolve) => setTimeout(resolve, 1000))")
        assert any(tell_pythons(page, "spare")[before + 1 :]) == has_spare
        press(page, cell, "Restart Python")
        run_code(cell, "print('next')")
        expect(cell.locator(".outputs")).to_have_text("next\n")


@pytest.mark.only_browser("chromium")
def test_a_run_that_waits_for_its_reader_needs_no_spare(page: Page) -> None:
    cell = find_cell(page, "derivative")
    page.evaluate(HOLD)
    run_code(cell, "print('warm')")
    before = len(tell_pythons(page, "spare"))
    hand_in(cell, "answer = input('Well? ')\nwhile True: pass")
    field = cell.locator(".question:not(.answered)").get_by_label("Well? ", exact=True)
    expect(field).to_be_visible(timeout=PATIENCE)
    page.evaluate("new Promise((resolve) => setTimeout(resolve, 1000))")
    assert len(tell_pythons(page, "spare")) == before
    field.fill("good")
    field.press("Enter")
    await_spare(page, "spare")


@pytest.mark.only_browser("chromium")
def test_the_spare_goes_when_the_page_is_not_seen_for_long(page: Page) -> None:
    begin(page)
    await_spare(page)
    page.clock.install()
    hide = """hidden => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.evaluate(hide, True)
    page.clock.fast_forward(50_000)
    page.evaluate(hide, False)
    page.clock.fast_forward(100_000)
    assert tell_pythons(page, "ended")[-1] is False
    page.evaluate(hide, True)
    page.clock.fast_forward(61_000)
    assert tell_pythons(page, "ended")[-1] is True


def test_the_spare_goes_with_the_page(page: Page) -> None:
    cell = begin(page)
    await_spare(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert tell_pythons(page, "ended") == [False, True]
    # Its page is there again.
    press(page, cell, "Restart Python")
    run_code(cell, "print('next')")
    expect(cell.locator(".outputs")).to_have_text("next\n")
