"""Embeds side by side on a page of another origin: one Python for all, and none of them feels the others."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, expect

from browser.cells import await_run, hand_in, press_run, run_code, start_run
from browser.embeds import LOOP, Embeds, Open, expect_output
from browser.hosts import COUNT_WORKERS
from browser.variants import ISOLATING, serving_variant
from browser.watch import Watch
from conftest import Site
from gradus.sitegen.serve import serving

# The generator's first two numbers after `seed(1)`.
FIRST, SECOND = "0.13436424411240122\n", "0.8474337369372327\n"


def test_one_python_with_a_session_for_each(embeds: Embeds) -> None:
    one, two = embeds.cell("one"), embeds.cell("two")
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
    assert embeds.count() == 1


def test_stop_ends_what_is_run_here_and_nothing_else(embeds: Embeds) -> None:
    one, two = embeds.cell("one"), embeds.cell("two")
    run_code(two, "kept = 1")
    start_run(one, "answer = input('Well? ')\nprint(answer)", "Well?")
    # It waits its turn, and is called off there.
    hand_in(two, "print(5)")
    expect(two.locator(".status")).to_have_text("Waiting…")
    two.get_by_role("button", name="Stop").click()
    expect(two.locator(".status")).to_have_text("Stopped.")
    field = one.locator(".question:not(.answered)").get_by_label("Well? ", exact=True)
    field.fill("good")
    field.press("Enter")
    await_run(one)
    expect(one.locator(".output-stream")).to_have_text("Well? good\ngood\n")
    # One that waits can be stopped without being replaced.
    start_run(one, "import time\nprint('at work')\ntime.sleep(1000)", "at work")
    one.get_by_role("button", name="Stop").click()
    await_run(one, "stopped")
    assert two.evaluate("cell => cell.evaluate('kept')")["value"] == "1"
    assert embeds.count() == 1


def test_embeds_of_different_builds_share_nothing(embeds: Embeds) -> None:
    one, two = embeds.cell("one"), embeds.cell("two")
    run_code(one, "print('one')")
    one.evaluate(
        """() => {
            const { python } = window[Symbol.for("gradus.python")];
            Object.defineProperty(window, Symbol.for("gradus.python"), { value: { key: "other", python } });
        }"""
    )
    run_code(two, "print('two')")
    expect_output(two, "two\n")
    assert embeds.count("workers") == 2


def test_the_page_around_reaches_no_python(embeds: Embeds) -> None:
    run_code(embeds.cell("one"), "print('one')")
    read = """() => {
        try {
            return String(frames[0][Symbol.for("gradus.python")]);
        } catch (error) {
            return error.name;
        }
    }"""
    assert embeds.page.evaluate(read) == "SecurityError"


def test_embeds_of_different_origins_share_nothing(open_embeds: Open, site: Site) -> None:
    with serving(site.folder, prefix="/course/") as elsewhere:
        embeds = open_embeds(one="", two=elsewhere)
        for name in ("one", "two"):
            run_code(embeds.cell(name), f"print({name!r})")
            expect_output(embeds.cell(name), f"{name}\n")
        assert embeds.count() == 2


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
        embeds = Embeds(page)
        one, two = embeds.cell("one"), embeds.cell("two")
        run_code(two, "kept = 1")
        start_run(one, LOOP, "at work")
        one.get_by_role("button", name="Stop").click()
        await_run(one, "stopped")
        assert two.evaluate("cell => cell.evaluate('kept')")["value"] == "1"
        assert embeds.count() == 1
        watch.check()
