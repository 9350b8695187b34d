"""Embeds side by side on a page of another origin: one Python for all, and none of them feels the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.cells import PATIENCE, await_run, press_run, run_code
from browser.hosts import COUNT_WORKERS, FROM_OUR_SITE, serving_page, write_page
from browser.variants import ISOLATING, LOSSES, serving_variant
from browser.watch import Watch
from conftest import Site
from gradus.sitegen.serve import serving

LOOP = "print('at work')\nwhile True: pass"
# As a reader finds them that is alone with a Python; of the generator's first two numbers after `seed(1)`.
FIRST, SECOND = "0.13436424411240122\n", "0.8474337369372327\n"


@dataclass(frozen=True)
class Host:
    """A page that carries embeds, by their names."""

    page: Page

    def cell(self, name: str) -> Locator:
        """The one cell that an embed shows."""
        return self.page.frame_locator(f"#{name}").locator("#cell-descent")

    def remove(self, name: str) -> None:
        """Take an embed out of the page, without a warning."""
        self.page.evaluate("name => document.getElementById(name).remove()", name)

    def count(self, which: str = "started") -> int:
        """How many workers all frames together have."""
        return sum(int(frame.evaluate(f"window.{which} ?? 0")) for frame in self.page.frames)


Open = Callable[..., Host]


@pytest.fixture
def open_host(
    browser: Browser, browser_context_args: dict[str, Any], site: Site, tmp_path: Path
) -> Iterator[Open]:
    """Opens a page with embeds of these names; those of another site than ours by its address."""
    watch = Watch(expected=[FROM_OUR_SITE, *LOSSES])
    with browser.new_context(**browser_context_args) as context:
        context.add_init_script(COUNT_WORKERS)
        watch.attach(context)
        with serving_page(tmp_path, "") as url:

            def open_page(**embeds: str) -> Host:
                frames = (
                    f'<iframe id="{name}" src="{address or site.url}ch03/gradients/embed/?cell=descent"'
                    ' sandbox="allow-scripts allow-same-origin"></iframe>'
                    for name, address in embeds.items()
                )
                write_page(tmp_path, "".join(frames))
                page = context.new_page()
                page.goto(url)
                for name in embeds:
                    expect(page.frame_locator(f"#{name}").locator("body[data-live]")).to_be_attached()
                return Host(page)

            yield open_page
        watch.check()


@pytest.fixture
def host(open_host: Open) -> Host:
    return open_host(one="", two="")


def start(cell: Locator, source: str, output: str) -> None:
    """Run a program that goes on after it has written this."""
    cell.evaluate("(cell, source) => { cell.source = source; cell.run(); }", source)
    expect(cell.locator(".output-stream, .question").first).to_contain_text(output, timeout=PATIENCE)


def expect_output(cell: Locator, text: str) -> None:
    expect(cell.locator(".outputs")).to_have_text(text)


def test_one_python_with_a_session_for_each(host: Host) -> None:
    one, two = host.cell("one"), host.cell("two")
    run_code(one, "import random\nrandom.seed(1)\nkept = 1\nprint(random.random())")
    expect_output(one, FIRST)
    run_code(two, "import random\nrandom.seed(2)\nrandom.random()\nprint('kept' in globals())")
    expect_output(two, "False\n")
    assert one.evaluate("cell => cell.evaluate('kept')")["value"] == "1"
    run_code(one, "import random\nprint(random.random())")
    expect_output(one, SECOND)
    # The lesson's own code, with all that it needs.
    one.evaluate("cell => cell.setPreset('diverging')")
    press_run(one)
    await_run(one)
    expect(one.locator(".ran-first")).to_contain_text("Ran first:")
    expect(one.locator(".outputs")).to_contain_text("loss = ")
    assert host.count() == 1


def test_stop_ends_what_is_run_here_and_nothing_else(host: Host) -> None:
    one, two = host.cell("one"), host.cell("two")
    run_code(two, "kept = 1")
    start(one, "answer = input('Well? ')\nprint(answer)", "Well?")
    # It waits its turn, and is called off there.
    two.evaluate("cell => { cell.source = 'print(5)'; cell.run(); }")
    expect(two.locator(".status")).to_have_text("Waiting…")
    two.get_by_role("button", name="Stop").click()
    expect(two.locator(".status")).to_have_text("Stopped.")
    field = one.locator(".question:not(.answered)").get_by_label("Well? ", exact=True)
    field.fill("good")
    field.press("Enter")
    await_run(one)
    expect(one.locator(".output-stream")).to_have_text("Well? good\ngood\n")
    # One that waits can be stopped without being replaced.
    start(one, "import time\nprint('at work')\ntime.sleep(1000)", "at work")
    one.get_by_role("button", name="Stop").click()
    await_run(one, "stopped")
    assert two.evaluate("cell => cell.evaluate('kept')")["value"] == "1"
    assert host.count() == 1


def test_a_python_that_is_replaced_is_replaced_for_all(host: Host) -> None:
    one, two = host.cell("one"), host.cell("two")
    run_code(two, "kept = 1")
    start(one, LOOP, "at work")
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
    assert (host.count(), host.count("workers")) == (2, 1)


def test_an_embed_at_rest_notices_that_python_was_replaced(host: Host) -> None:
    one, two = host.cell("one"), host.cell("two")
    two.evaluate("cell => { cell.setPreset('diverging'); cell.run(); }")
    await_run(two)
    two.evaluate("cell => { cell.source += '\\n# typed'; }")
    source = two.evaluate("cell => cell.source")
    start(one, LOOP, "at work")
    one.get_by_role("button", name="Stop").click()
    expect(two).not_to_have_attribute("state", "done")
    assert two.evaluate("cell => cell.source") == source
    press_run(two)
    await_run(two)
    expect(two.locator(".ran-first")).to_contain_text("Ran first:")


def test_the_others_go_on_when_the_embed_with_the_worker_is_removed(host: Host) -> None:
    one, two = host.cell("one"), host.cell("two")
    run_code(one, "x = 1")
    start(two, "answer = input('Well? ')", "Well?")
    host.remove("one")
    await_run(two, "static")
    expect(two.locator(".cell-notice")).to_contain_text("with all cells of this page that share this Python")
    assert two.evaluate("cell => cell.source") == "answer = input('Well? ')"
    assert host.count() == 0
    run_code(two, "print('alive')")
    expect_output(two, "alive\n")
    assert host.count() == 1


def test_the_others_go_on_when_the_embed_with_the_worker_goes_elsewhere(open_host: Open) -> None:
    host = open_host(one="", two="", three="")
    run_code(host.cell("one"), "x = 1")
    two, three = host.cell("two"), host.cell("three")
    run_code(two, "x = 2")
    # Both wait for their turn when it goes.
    start(host.cell("one"), "input('Well? ')", "Well?")
    for cell in (two, three):
        cell.evaluate("cell => { cell.source = 'print(sum(range(5)))'; cell.run(); }")
        expect(cell.locator(".status")).to_have_text("Waiting…")
    host.page.evaluate("document.getElementById('one').src = 'about:blank'")
    for cell in (two, three):
        await_run(cell)
        expect_output(cell, "10\n")
    assert (host.count(), host.count("workers")) == (1, 1)


def test_an_embed_that_leaves_takes_its_endless_run_along(host: Host) -> None:
    one, two = host.cell("one"), host.cell("two")
    run_code(one, "kept = 1")
    start(two, LOOP, "at work")
    host.remove("two")
    run_code(one, "print('alive')")
    expect_output(one, "alive\n")
    assert host.count("workers") == 1


def test_embeds_of_different_builds_share_nothing(host: Host) -> None:
    one, two = host.cell("one"), host.cell("two")
    run_code(one, "print('one')")
    one.evaluate(
        """() => {
            const { python } = window[Symbol.for("gradus.python")];
            Object.defineProperty(window, Symbol.for("gradus.python"), { value: { key: "other", python } });
        }"""
    )
    run_code(two, "print('two')")
    expect_output(two, "two\n")
    assert host.count("workers") == 2


def test_the_page_around_reaches_no_python(host: Host) -> None:
    run_code(host.cell("one"), "print('one')")
    read = """() => {
        try {
            return String(frames[0][Symbol.for("gradus.python")]);
        } catch (error) {
            return error.name;
        }
    }"""
    assert host.page.evaluate(read) == "SecurityError"


def test_embeds_of_different_origins_share_nothing(open_host: Open, site: Site) -> None:
    with serving(site.folder, prefix="/course/") as elsewhere:
        host = open_host(one="", two=elsewhere)
        for name in ("one", "two"):
            run_code(host.cell(name), f"print({name!r})")
            expect_output(host.cell(name), f"{name}\n")
        assert host.count() == 2


def test_a_python_that_shares_memory_is_interrupted_for_one_and_kept_by_all(
    browser: Browser, browser_context_args: dict[str, Any], site: Site
) -> None:
    frames = "".join(
        f'<iframe id="{name}" src="ch03/gradients/embed/?cell=descent"></iframe>' for name in ("one", "two")
    )
    watch = Watch()
    with (
        serving_variant(site.folder, isolated=True) as url,
        browser.new_context(**browser_context_args) as context,
    ):
        context.add_init_script(COUNT_WORKERS)
        watch.attach(context)
        page = context.new_page()
        page.route(
            f"{url}host.html",
            lambda route: route.fulfill(content_type="text/html", headers=ISOLATING, body=frames),
        )
        page.goto(f"{url}host.html")
        host = Host(page)
        one, two = host.cell("one"), host.cell("two")
        run_code(two, "kept = 1")
        start(one, LOOP, "at work")
        one.get_by_role("button", name="Stop").click()
        await_run(one, "stopped")
        assert two.evaluate("cell => cell.evaluate('kept')")["value"] == "1"
        assert host.count() == 1
        watch.check()
