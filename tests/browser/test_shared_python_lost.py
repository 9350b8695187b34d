"""A Python that embeds share is replaced, or goes with one of them: the others notice, and go on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.cells import await_run, hand_in, press_run, run_code, start_run
from browser.embeds import LOOP, Embeds, Open, expect_output
from browser.spares import MUCH, WATCH_PYTHONS, await_spare, tell_pythons


def test_a_python_that_is_replaced_is_replaced_for_all(embeds: Embeds) -> None:
    one, two = embeds.cell("one"), embeds.cell("two")
    run_code(two, "kept = 1")
    start_run(one, LOOP, "at work")
    # What waits for its turn comes to it by itself, in the next Python, with what it needs there.
    two.evaluate("cell => { cell.setPreset('diverging'); cell.run(); }")
    one.get_by_role("button", name="Stop").click()
    await_run(two)
    expect(two.locator(".ran-first")).to_contain_text("Ran first:")
    expect(two.locator(".outputs")).to_contain_text("loss = ")
    expect(one.locator(".cell-notice")).to_contain_text("Python was restarted for that")
    assert one.evaluate("cell => cell.source") == LOOP
    assert two.evaluate("cell => cell.evaluate('kept')")["ok"] is False
    run_code(one, "print(1)")
    expect_output(one, "1\n")
    assert (embeds.count(), embeds.count("workers")) == (2, 1)


def test_a_spare_takes_the_place_for_all(open_embeds: Open) -> None:
    embeds = open_embeds(MUCH + WATCH_PYTHONS, one="", two="")
    one, two = embeds.cell("one"), embeds.cell("two")
    run_code(two, "kept = 1")
    start_run(one, LOOP, "at work")
    two.evaluate("cell => { cell.setPreset('diverging'); cell.run(); }")
    # Where the Python that runs is, the spare is as well.
    frame = embeds.page.query_selector("#two")
    assert frame
    owner = frame.content_frame()
    assert owner
    await_spare(owner)
    number = len(tell_pythons(owner, "spare")) - 1
    one.get_by_role("button", name="Stop").click()
    await_run(two)
    expect(two.locator(".ran-first")).to_contain_text("Ran first:")
    expect(one.locator(".cell-notice")).to_contain_text("Python was restarted for that")
    assert two.evaluate("cell => cell.evaluate('kept')")["ok"] is False
    assert tell_pythons(owner, "results")[number] > 0


@pytest.mark.only_browser("chromium")
def test_an_embed_at_rest_notices_that_python_was_replaced(embeds: Embeds) -> None:
    one, two = embeds.cell("one"), embeds.cell("two")
    two.evaluate("cell => { cell.setPreset('diverging'); cell.run(); }")
    await_run(two)
    two.evaluate("cell => { cell.source += '\\n# typed'; }")
    source = two.evaluate("cell => cell.source")
    start_run(one, LOOP, "at work")
    one.get_by_role("button", name="Stop").click()
    expect(two).not_to_have_attribute("state", "done")
    assert two.evaluate("cell => cell.source") == source
    press_run(two)
    await_run(two)
    expect(two.locator(".ran-first")).to_contain_text("Ran first:")


def test_the_others_go_on_when_the_embed_with_the_worker_is_removed(embeds: Embeds) -> None:
    one, two = embeds.cell("one"), embeds.cell("two")
    run_code(one, "x = 1")
    start_run(two, "answer = input('Well? ')", "Well?")
    embeds.remove("one")
    await_run(two, "static")
    expect(two.locator(".cell-notice")).to_contain_text("with all cells of this page that share this Python")
    assert two.evaluate("cell => cell.source") == "answer = input('Well? ')"
    assert embeds.count() == 0
    run_code(two, "print('alive')")
    expect_output(two, "alive\n")
    assert embeds.count() == 1


def test_the_others_go_on_when_the_embed_with_the_worker_goes_elsewhere(open_embeds: Open) -> None:
    embeds = open_embeds(one="", two="", three="")
    run_code(embeds.cell("one"), "x = 1")
    two, three = embeds.cell("two"), embeds.cell("three")
    run_code(two, "x = 2")
    # Both wait for their turn when it goes.
    start_run(embeds.cell("one"), "input('Well? ')", "Well?")
    for cell in (two, three):
        hand_in(cell, "print(sum(range(5)))")
        expect(cell.locator(".status")).to_have_text("Waiting…")
    embeds.page.evaluate("document.getElementById('one').src = 'about:blank'")
    for cell in (two, three):
        await_run(cell)
        expect_output(cell, "10\n")
    assert (embeds.count(), embeds.count("workers")) == (1, 1)


def test_an_embed_that_leaves_takes_its_endless_run_along(embeds: Embeds) -> None:
    one, two = embeds.cell("one"), embeds.cell("two")
    run_code(one, "kept = 1")
    start_run(two, LOOP, "at work")
    embeds.remove("two")
    run_code(one, "print('alive')")
    expect_output(one, "alive\n")
    assert embeds.count("workers") == 1


@pytest.fixture
def silent_embeds(open_embeds: Open) -> Embeds:
    """One whose embeds can't say that they go."""
    return open_embeds(
        "addEventListener('pagehide', event => event.stopImmediatePropagation(), true);", one="", two=""
    )


def test_an_embed_with_the_worker_that_goes_without_a_word(silent_embeds: Embeds) -> None:
    one, two = silent_embeds.cell("one"), silent_embeds.cell("two")
    run_code(one, "x = 1")
    start_run(two, "answer = input('Well? ')", "Well?")
    silent_embeds.remove("one")
    two.get_by_role("button", name="Stop").click()
    await_run(two, "static")
    run_code(two, "print('alive')")
    expect_output(two, "alive\n")


@pytest.mark.only_browser("chromium")
def test_an_embed_without_the_worker_that_goes_without_a_word(silent_embeds: Embeds) -> None:
    one, two = silent_embeds.cell("one"), silent_embeds.cell("two")
    run_code(one, "x = 1")
    start_run(two, LOOP, "at work")
    silent_embeds.remove("two")
    run_code(one, "print('alive')")
    expect_output(one, "alive\n")
