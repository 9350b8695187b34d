"""The harness itself: both browsers start, and no misbehaviour of a page goes unnoticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.watch import Watch
from gradus.sitegen.serve import serving

PAGE = """<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>A page</title>
  <link rel="icon" href="data:,">
  <h1>Steps</h1>
  <script type="module">
    SCRIPT;
    setTimeout(() => (document.body.dataset.state = "done"));
  </script>
</html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(PAGE.replace("SCRIPT", ""), encoding="utf-8")
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with serving(folder, prefix="/course/") as url:
        yield url


def test_a_static_page_is_shown(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading")).to_have_text("Steps")
    expect(page.locator("body")).to_have_attribute("data-state", "done")


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("console.error('it broke')", r"console: it broke"),
        ("setTimeout(() => { throw new Error('it burst') })", r"uncaught: .*it burst"),
        ("await fetch('missing.json')", r"status 404: .*/course/missing\.json"),
        ("await fetch('{other}').catch(() => {})", r"request to another origin: http://127\.0\.0\.1:\d+/"),
    ],
)
def test_a_page_that_misbehaves_is_caught(
    browser: Browser,
    browser_context_args: dict[str, Any],
    folder: Path,
    address: str,
    script: str,
    problem: str,
) -> None:
    script = script.replace("{other}", address.replace("localhost", "127.0.0.1"))
    (folder / "index.html").write_text(PAGE.replace("SCRIPT", script), encoding="utf-8")
    watch = Watch()
    with browser.new_context(**browser_context_args) as context:
        watch.attach(context)
        page = context.new_page()
        page.goto(address)
        expect(page.locator("body")).to_have_attribute("data-state", "done")
        with pytest.raises(AssertionError, match=problem):
            watch.check()


@pytest.mark.expects_problems("console: it broke")
def test_a_problem_may_be_expected(page: Page, folder: Path, address: str) -> None:
    (folder / "index.html").write_text(PAGE.replace("SCRIPT", "console.error('it broke')"), encoding="utf-8")
    page.goto(address)
    expect(page.locator("body")).to_have_attribute("data-state", "done")


def test_a_page_can_be_shown_without_its_scripts(
    new_context: Callable[..., BrowserContext], folder: Path, address: str
) -> None:
    page_text = PAGE.replace("SCRIPT", "document.querySelector('h1').textContent += ' here'").replace(
        "</html>", '<script type="module" src="a.js"></script></html>'
    )
    (folder / "index.html").write_text(page_text, encoding="utf-8")
    (folder / "a.js").write_text("document.querySelector('h1').textContent += ' and there'")
    for enabled, heading in ((True, "Steps here and there"), (False, "Steps")):
        page = new_context(java_script_enabled=enabled).new_page()
        page.goto(address)
        expect(page.get_by_role("heading")).to_have_text(heading)
