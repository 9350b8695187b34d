"""Python begins to start before the page's own script, which takes it over; or else later, with it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from browser.cells import PATIENCE, await_life, find_cell, run_code

SNAPSHOT = re.compile(r"/snapshot-[^/]*\.zst$")


def check_run(page: Page) -> None:
    """A cell runs, in the only Python that the page has."""
    cell = find_cell(page, "secant")
    run_code(cell, "print('here')")
    expect(cell.locator(".output-stream")).to_have_text("here\n")
    expect(cell.locator(".count")).to_have_text("[1]")


def test_python_starts_while_the_pages_script_is_on_its_way(page: Page, lesson_url: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    held: list[Route] = []
    page.route(re.compile(r"/assets/page-[^/]*\.js$"), lambda route: held.append(route))
    with page.expect_request(SNAPSHOT, timeout=PATIENCE):
        page.goto(lesson_url, wait_until="commit")
    assert not page.evaluate("() => Boolean(customElements.get('gradus-cell'))")
    for route in held:
        route.continue_()
    await_life(page)
    check_run(page)
    assert page.evaluate("() => 'gradusEarlyWorker' in window") is False
    assert len([url for url in fetched if SNAPSHOT.search(url)]) == 1


def test_a_page_that_has_lost_its_first_script_starts_later(page: Page, lesson_url: str) -> None:
    def answer(route: Route) -> None:
        response = route.fetch()
        body, count = re.subn(r"<script>.*?</script>", "", response.text(), flags=re.DOTALL)
        assert count == 1
        route.fulfill(response=response, body=body)

    page.route(lesson_url, answer)
    page.goto(lesson_url)
    await_life(page)
    check_run(page)
