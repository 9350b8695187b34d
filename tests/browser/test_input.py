"""`input()` asks inside the cell, in each of the three ways in which a browser lets Python wait."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.cells import PATIENCE, REPLACED, await_run, find_cell, hand_in, run_code
from browser.variants import variant_page
from conftest import Site

WAYS = {
    "suspended": {},
    "shared memory": {"isolated": True, "jspi": False},
    "replay": {"jspi": False},
}


@pytest.fixture(scope="module", params=WAYS)
def cell(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any], site: Site
) -> Iterator[Locator]:
    with variant_page(browser, browser_context_args, site.folder, **WAYS[request.param]) as page:
        yield find_cell(page, "secant")


def find_field(cell: Locator, prompt: str) -> Locator:
    """The open question's field, which has the focus."""
    field = cell.locator(".question:not(.answered)").get_by_label(prompt, exact=True)
    expect(field).to_be_focused(timeout=PATIENCE)
    return field


def reply(cell: Locator, prompt: str, answer: str) -> None:
    field = find_field(cell, prompt)
    field.fill(answer)
    field.press("Enter")


def test_question_and_answer_stay_as_in_a_terminal(cell: Locator) -> None:
    hand_in(cell, "print('before')\nname = input('Name? ')\nprint('Hello', name)")
    find_field(cell, "Name? ")
    expect(cell.locator(".output-stream")).to_have_text("before\n")
    expect(cell.locator(".status")).to_have_text("Waiting for your input…")
    reply(cell, "Name? ", "Zoë 😀")
    await_run(cell)
    expect(cell.locator(".output-stream")).to_have_text("before\nName? Zoë 😀\nHello Zoë 😀\n")
    expect(cell.locator(".question")).to_have_count(0)
    expect(cell.get_by_role("button", name="Run", exact=True)).to_be_focused()


def test_questions_in_functions_called_from_c(cell: Locator) -> None:
    hand_in(cell, "def ask(item):\n    return int(input(f'{item}? '))\nprint(sorted(['a', 'b'], key=ask))")
    reply(cell, "a? ", "2")
    reply(cell, "b? ", "1")
    await_run(cell)
    expect(cell.locator(".output-stream")).to_have_text("a? 2\nb? 1\n['b', 'a']\n")


def test_a_password_is_not_shown(cell: Locator) -> None:
    hand_in(cell, "import getpass\nprint(len(getpass.getpass()))")
    expect(find_field(cell, "Password: ")).to_have_attribute("type", "password")
    reply(cell, "Password: ", "secret")
    await_run(cell)
    expect(cell.locator(".output-stream")).to_have_text("Password: \n6\n")


def test_input_ends_where_the_reader_says_so(cell: Locator) -> None:
    hand_in(cell, "import sys\nprint(sys.stdin.read().split())")
    reply(cell, "Input:", "one")
    find_field(cell, "Input:")
    cell.get_by_role("button", name="No more input").click()
    await_run(cell)
    expect(cell.locator(".output-stream")).to_have_text("one\n\n['one']\n")


def test_stop_works_while_a_cell_asks(cell: Locator) -> None:
    hand_in(cell, "input('Well? ')")
    find_field(cell, "Well? ")
    cell.get_by_role("button", name="Stop").click()
    await_run(cell, "stopped")
    expect(cell.locator(".question")).to_have_count(0)
    expect(cell.locator(".status")).to_contain_text("Python keeps its variables")


def test_text_typed_into_the_cell_is_kept_while_it_asks(cell: Locator) -> None:
    hand_in(cell, "total = 1\ntotal += int(input('n? '))\nprint(total)")
    find_field(cell, "n? ")
    cell.evaluate("cell => { cell.source = 'typed'; }")
    reply(cell, "n? ", "2")
    await_run(cell)
    expect(cell.locator(".output-stream")).to_have_text("n? 2\n3\n")
    assert cell.evaluate("cell => cell.source") == "typed"


def test_a_lost_page_takes_its_question_away(cell: Locator) -> None:
    page: Page = cell.page
    hand_in(cell, "input('Well? ')")
    find_field(cell, "Well? ")
    page.get_by_role("button", name="Restart Python").click()
    await_run(cell, REPLACED)
    expect(cell.locator(".question")).to_have_count(0)
    run_code(cell, "'next'")
    expect(cell.locator(".output-text")).to_have_text("'next'")
