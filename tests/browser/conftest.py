"""Pages of the built site for browser tests, watched like every other page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.cells import open_lesson
from browser.embeds import Embeds, Open
from browser.hosts import COUNT_WORKERS, FROM_OUR_SITE, serving_page, write_page
from browser.variants import LOSSES
from browser.watch import Watch
from conftest import Site
from gradus.sitegen.lesson import parse_lesson
from gradus.sitegen.model import Lesson

# How long an expectation may take to come true. A busy machine is slow; nothing waits longer than it must,
# so this only bounds how late a failure is told.
expect.set_options(timeout=30_000)

LESSON_FILE = Path(__file__).parents[2] / "py/lessons/ch03/03_gradients.py"


@pytest.fixture(scope="session")
def lesson() -> Lesson:
    """Lesson 3 as its author wrote it."""
    return parse_lesson(LESSON_FILE)


@pytest.fixture(scope="session")
def lesson_url(site: Site) -> str:
    return f"{site.url}ch03/gradients/"


@pytest.fixture(scope="module")
def lesson_page(browser: Browser, browser_context_args: dict[str, Any], lesson_url: str) -> Iterator[Page]:
    """Lesson 3 open on a HiDPI screen, one for the whole module: Python is started once in it."""
    watch = Watch()
    with browser.new_context(**browser_context_args, device_scale_factor=2) as context:
        watch.attach(context)
        page = context.new_page()
        open_lesson(page, lesson_url)
        yield page
        watch.check()


@pytest.fixture
def open_embeds(
    browser: Browser, browser_context_args: dict[str, Any], site: Site, tmp_path: Path
) -> Iterator[Open]:
    """Opens another site's page with embeds of these names, of our site where no other is given.

    `script` runs first in every frame.
    """
    watch = Watch(expected=[FROM_OUR_SITE, *LOSSES])
    with browser.new_context(**browser_context_args) as context:
        context.add_init_script(COUNT_WORKERS)
        watch.attach(context)
        with serving_page(tmp_path, "") as url:

            def open_page(script: str = "", **embeds: str) -> Embeds:
                context.add_init_script(script)
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
                return Embeds(page)

            yield open_page
        watch.check()


@pytest.fixture
def embeds(open_embeds: Open) -> Embeds:
    """Two, called one and two."""
    return open_embeds(one="", two="")
