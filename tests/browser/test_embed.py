"""An iframe that carries a cell: light until touched, as high as what it shows, commanded by its host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from browser.cells import await_run, expect_code, find_cell
from browser.hosts import FROM_OUR_SITE, LISTEN, serving_page, write_page
from browser.watch import Watch
from conftest import Site
from gradus.sitegen.model import CodeCell, Lesson
from gradus.sitegen.serve import serving


@dataclass(frozen=True)
class Host:
    """A page of another origin with two embeds of ours, and what it has fetched so far."""

    page: Page
    url: str
    embed: str
    requests: list[str]

    def frame(self, name: str) -> FrameLocator:
        return self.page.frame_locator(f"#{name}")

    def height(self, name: str) -> float:
        return float(self.page.locator(f"#{name}").evaluate("frame => frame.getBoundingClientRect().height"))

    def post(self, name: str, message: dict[str, Any]) -> None:
        """Send a command to an embed, as a host's script does."""
        self.page.evaluate(
            "([name, message]) => document.getElementById(name).contentWindow.postMessage(message, '*')",
            [name, {"gradus": 1, **message}],
        )


@pytest.fixture(scope="module")
def host(
    browser: Browser,
    browser_context_args: dict[str, Any],
    site: Site,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Host]:
    embed = f"{site.url}ch03/gradients/embed/"
    watch = Watch(expected=[FROM_OUR_SITE])
    folder = tmp_path_factory.mktemp("host")
    with serving(folder) as url:
        origin = quote(url.rstrip("/"), safe="")
        body = (
            f'<h1>A course</h1>{LISTEN}<script async src="{site.url}embed.js"></script>'
            f'<iframe id="one" height="150" src="{embed}?cell=descent&preset=diverging&theme=dark'
            f'&host={origin}"></iframe><iframe id="two" height="150" src="{embed}?cell=descent"></iframe>'
        )
        write_page(folder, body)
        with browser.new_context(**browser_context_args) as context:
            watch.attach(context)
            page = context.new_page()
            requests: list[str] = []
            page.on("request", lambda request: requests.append(request.url))
            page.goto(url)
            for name in ("one", "two"):
                expect(page.frame_locator(f"#{name}").locator("body[data-live]")).to_be_attached()
            yield Host(page, url, embed, requests)
            watch.check()


def find_source(lesson: Lesson, preset: str | None = None) -> str:
    (cell,) = (cell for cell in lesson.cells if isinstance(cell, CodeCell) and cell.id == "descent")
    return next((each.source for each in cell.presets if each.label == preset), cell.source)


def test_an_embed_shows_what_its_address_asks_for(host: Host, lesson: Lesson) -> None:
    one, two = host.frame("one"), host.frame("two")
    expect_code(one.locator("#cell-descent"), find_source(lesson, "Diverging"))
    expect_code(two.locator("#cell-descent"), find_source(lesson))
    for frame in (one, two):
        expect(frame.locator("gradus-cell:visible")).to_have_count(1)
    expect(one.locator("html")).to_have_css("color-scheme", "dark")
    expect(one.get_by_role("link", name="Open in the lesson")).to_have_attribute(
        "href", re.compile(r"/ch03/gradients/#cell-descent$")
    )
    # Nobody has touched anything: no Python yet.
    assert not [url for url in host.requests if "/runtime/" in url or "/worker-" in url]


def test_frames_follow_what_they_show(host: Host) -> None:
    for name in ("one", "two"):
        frame = host.page.locator(f"#{name}")
        # Grown from 150, and nothing is left to scroll.
        expect(frame).not_to_have_css("height", "150px")
        inside = host.frame(name).locator("body").evaluate("body => body.getBoundingClientRect().height")
        assert abs(host.height(name) - inside) < 6


def test_a_cell_runs_with_all_that_it_needs_and_the_host_is_told(host: Host) -> None:
    cell = host.frame("one").locator("#cell-descent")
    host.post("one", {"type": "run"})
    await_run(cell)
    expect(cell.locator(".ran-first")).to_contain_text("Ran first:")
    # Only the embed that names this origin tells it more than its height.
    host.page.wait_for_function("heard.some(({ type }) => type === 'result')")
    told = host.page.evaluate("heard.filter(({ type }) => type !== 'resize')")
    assert [message["type"] for message in told] == ["ready", "run", "result"]
    site = urlsplit(host.embed)
    assert {message["origin"] for message in told} == {f"{site.scheme}://{site.netloc}"}
    assert {message["cell"] for message in told} == {"descent"}
    assert told[-1]["status"] == "ok"
    assert told[-1]["outputs"]
    # The other one is as it was.
    expect(host.frame("two").locator("#cell-descent")).to_have_attribute("state", "static")


def test_a_host_commands_its_embed_and_no_other(host: Host, lesson: Lesson) -> None:
    one, two = (host.frame(name).locator("#cell-descent") for name in ("one", "two"))
    high = host.height("one")
    for name in ("one", "two"):
        host.post(name, {"type": "setSource", "source": "print('short')"})
        host.post(name, {"type": "setTheme", "theme": "light"})
        host.post(name, {"type": "run"})
    expect_code(one, "print('short')")
    await_run(one)
    expect(one.locator(".outputs")).to_have_text("short")
    expect(host.frame("one").locator("html")).to_have_css("color-scheme", "light")
    host.page.wait_for_function(
        "high => document.getElementById('one').getBoundingClientRect().height < high - 100", arg=high
    )
    host.post("one", {"type": "setPreset", "preset": "too-small"})
    expect_code(one, find_source(lesson, "Too small"))
    # The second has no `host=`: by now it would have obeyed, for it had its messages first.
    expect_code(two, find_source(lesson))
    expect(two).to_have_attribute("state", "static")


def test_forged_messages_change_nothing(host: Host) -> None:
    """From another window than the host's, or in another shape, or about another frame's height."""
    high = host.height("two")
    host.page.evaluate(
        """() => {
            for (const height of [9, "9px"]) window.postMessage({ gradus: 1, type: "resize", height }, "*");
        }"""
    )
    # The first embed tells the second, its sister, to run.
    inner = host.page.locator("#one").element_handle()
    assert inner is not None
    frame = inner.content_frame()
    assert frame is not None
    frame.evaluate("() => parent.frames[1].postMessage({ gradus: 1, type: 'run' }, '*')")
    host.post("one", {"type": "setSource", "source": 7})
    host.post("one", {"type": "nonsense"})
    host.post("one", {"type": "setTheme", "theme": "dark"})
    expect(host.frame("one").locator("html")).to_have_css("color-scheme", "dark")
    expect(host.frame("two").locator("#cell-descent")).to_have_attribute("state", "static")
    assert host.height("two") == high


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("cell=desent", "This lesson has no cell “desent”. Did you mean “descent”?"),
        ("cell=descent&preset=divergin", "no preset “divergin”. Did you mean “diverging”?"),
        ("theme=blue", "There is no theme “blue”; take auto, light or dark."),
    ],
)
def test_a_wrong_address_is_explained(page: Page, site: Site, query: str, advice: str) -> None:
    page.goto(f"{site.url}ch03/gradients/embed/?{query}")
    expect(page.get_by_role("status").filter(has_text=advice)).to_be_visible()


def test_an_embed_page_reads_without_scripts(new_context: Any, site: Site, lesson: Lesson) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.url}ch03/gradients/embed/?cell=descent")
    cells = page.locator("gradus-cell .code")
    expect(cells).to_have_count(len(lesson.code_cells))
    expect(cells.first).to_be_visible()


@pytest.mark.expects_problems(r"^request to another origin: http://localhost:\d+/$")
def test_every_cell_gives_its_embed_code(page: Page, lesson_url: str, tmp_path: Path) -> None:
    """What is copied is put into a page of another origin, and works there."""
    page.goto(lesson_url)
    page.evaluate(
        "Object.defineProperty(navigator.clipboard, 'writeText', "
        "{ value: async (text) => { window.copied = text; } })"
    )
    cell = find_cell(page, "descent")
    cell.evaluate("cell => cell.setPreset('bouncing')")
    cell.get_by_role("button", name="More actions").click()
    cell.get_by_role("button", name="Copy embed code").click()
    expect(cell.get_by_role("status").filter(has_text="Embed code copied.")).to_be_visible()
    markup = page.evaluate("window.copied")
    assert "preset=bouncing" in markup
    with serving_page(tmp_path, markup) as url:
        page.goto(url)
        frame = page.frame_locator("iframe")
        expect(frame.locator("#cell-descent")).to_be_visible()
        expect(frame.get_by_role("button", name="Bouncing")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("iframe")).not_to_have_css("height", "480px")
