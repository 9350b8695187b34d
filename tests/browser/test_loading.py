"""The loading of Python: it says how far it is, and when the network fails, Retry is enough."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from browser.cells import await_run, find_cell, open_lesson, press_run

INTERPRETER = re.compile(r"/interpreter-\w+\.wasm")


@pytest.mark.expects_problems(INTERPRETER.pattern, r"ERR_FAILED", r"Failed to load", r"NetworkError")
def test_retry_after_a_network_failure(page: Page, lesson_url: str) -> None:
    broken = True

    def answer(route: Route) -> None:
        if broken:
            route.abort()
        else:
            route.continue_()

    page.route(INTERPRETER, answer)
    open_lesson(page, lesson_url)
    cell = find_cell(page, "secant")
    press_run(cell)
    retry = cell.get_by_role("button", name="Retry")
    expect(retry).to_be_visible(timeout=60_000)
    expect(cell).to_have_attribute("state", "error")
    broken = False
    retry.click()
    await_run(cell)
    expect(cell.locator("img")).to_be_visible()


def test_loading_says_what_and_how_much(page: Page, lesson_url: str) -> None:
    held: list[Route] = []
    page.route(INTERPRETER, lambda route: held.append(route))
    open_lesson(page, lesson_url)
    cell = find_cell(page, "secant")
    press_run(cell)
    expect(cell).to_have_attribute("state", "loading")
    expect(cell.locator(".cell-loading")).to_contain_text(" MB")
    expect(cell.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("heading", name="Why calculus matters")).to_be_visible()
    for route in held:
        route.continue_()
    await_run(cell)
