"""Other people's pages, on another origin than ours, whose Python comes alive through `gradus.js`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from browser.cells import await_run, press_run, run_code
from browser.hosts import COUNT_WORKERS, FROM_OUR_SITE, QUARTO, build_mkdocs, write_page
from browser.watch import Watch
from conftest import Site
from gradus.sitegen.serve import serving

Open = Callable[[str], Page]

PLAIN_STYLE = """<style>
* { letter-spacing: 3px; text-transform: uppercase; }
html { font-size: 125%; }
body { font-size: 0.8rem; background: #fff; }
pre, button { background: red !important; font-size: 40px !important; }
</style>"""

PLAIN = """<h1>A plain page</h1>
<gradus-cell id="ours" lesson="ch03/gradients" cell="descent"><pre>learning_rate = 0.1</pre></gradus-cell>
<gradus-cell id="own"><pre><code>
shared = 6
for i in range(2):
    print("own", i)
</code></pre></gradus-cell>
<pre id="block"><code class="language-python">print(shared * 7)</code></pre>
<gradus-cell id="wrong" lesson="ch03/gradients" cell="desent"><pre>As it was</pre></gradus-cell>
<pre id="shell"><code class="language-sh">ls</code></pre>
<script>
window.heard = [];
for (const name of ["ready", "run", "result", "resize"])
    document.addEventListener(`gradus-${name}`, ({ detail }) => heard.push({ name, ...detail }));
</script>"""


@pytest.fixture
def open_host(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Callable[[str], Page]]:
    """Opens a host's page, in which all but what it fetches from us must stay at home."""
    watch = Watch(expected=[FROM_OUR_SITE])
    with browser.new_context(**browser_context_args) as context:
        context.add_init_script(COUNT_WORKERS)
        watch.attach(context)

        def open_page(url: str) -> Page:
            page = context.new_page()
            page.goto(url)
            return page

        yield open_page
        watch.check()


@contextmanager
def serving_plain(folder: Path, site: Site, body: str, head: str = "") -> Iterator[str]:
    script = f'<script type="module" src="{site.url}gradus.js" data-blocks></script>'
    write_page(folder, body, head + script)
    with serving(folder) as url:
        yield url


def scheme_of(cell: Locator) -> str:
    return str(cell.evaluate("cell => getComputedStyle(cell).colorScheme"))


@pytest.mark.only_browser("chromium")
def test_mkdocs_material(open_host: Open, site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "handbook"
    folder.mkdir()
    with serving(folder) as url:
        build_mkdocs(folder, site.url, url)
        page = open_host(url)
        cells = page.locator("gradus-cell")
        expect(cells).to_have_count(2)
        expect(page.locator("div.highlight")).to_have_count(1)
        press_run(cells.nth(1))
        await_run(cells.nth(1))
        expect(cells.nth(1).locator(".outputs")).to_have_text("21")
        expect(cells.nth(1).locator(".ran-first")).to_contain_text("Ran first:")
        assert page.evaluate("workers") == 1
        # The host's own dark mode, and ours after it.
        assert scheme_of(cells.first) == "light"
        page.locator("label[title='Go dark']").click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        expect(cells.first).to_have_css("color-scheme", "dark")
        # Its search.
        search = page.get_by_role("textbox", name="Search")
        search.click()
        search.press_sequentially("quokka")
        expect(page.locator(".md-search-result__item").first).to_contain_text("quokka")
        page.keyboard.press("Escape")
        # Its navigation, which keeps the window: another page's cells, and the first one's Python has ended.
        page.evaluate("window.same = true")
        page.locator(".md-nav__link", has_text="Second").first.click()
        expect(page.get_by_role("heading", name="Second page")).to_be_visible()
        lesson_cell = page.locator("gradus-cell")
        expect(lesson_cell).to_have_count(1)
        expect(lesson_cell.get_by_role("button", name="Diverging")).to_be_visible()
        page.wait_for_function("workers === 0")
        page.locator(".md-nav__link", has_text="First").first.click()
        expect(cells).to_have_count(2)
        expect(cells.nth(1).get_by_role("button", name="Run", exact=True)).to_be_visible()
        expect(cells.nth(1)).to_have_attribute("state", "static")
        assert page.evaluate("window.same")


@pytest.mark.only_browser("chromium")
def test_quarto_markup(open_host: Open, site: Site, tmp_path: Path) -> None:
    with serving_plain(tmp_path, site, QUARTO) as url:
        page = open_host(url)
        page.evaluate("document.body.className = 'fullcontent quarto-dark'")
        cell = page.locator("#first gradus-cell")
        expect(cell).to_have_css("color-scheme", "dark")
        expect(page.locator("gradus-cell")).to_have_count(1)
        output = page.locator("#first .cell-output")
        expect(output).to_be_visible()
        press_run(cell)
        await_run(cell)
        expect(cell.locator(".outputs")).to_have_text("line 0\nline 1")
        expect(output).to_be_hidden()
        page.evaluate("document.body.className = 'fullcontent quarto-light'")
        expect(cell).to_have_css("color-scheme", "light")


def test_a_plain_page(open_host: Open, site: Site, tmp_path: Path) -> None:
    with serving_plain(tmp_path, site, PLAIN, PLAIN_STYLE) as url:
        page = open_host(url)
        ours, own, block, wrong = (page.locator(f"#{name}") for name in ("ours", "own", "block", "wrong"))
        for cell in (ours, own, block):
            expect(cell.get_by_role("button", name="Run", exact=True)).to_be_visible()
        expect(wrong).to_contain_text("has no cell “desent”. Did you mean “descent”?")
        expect(wrong).to_contain_text("As it was", ignore_case=True)
        expect(page.locator("#shell code")).to_be_visible()
        assert page.evaluate("workers") == 0
        # The host's styles stay outside, and text has the size of the host's.
        run = own.get_by_role("button", name="Run", exact=True)
        expect(run).to_have_css("letter-spacing", "normal")
        expect(run).to_have_css("text-transform", "none")
        expect(run).to_have_css("font-size", "14px")
        # One Python for all; what a cell needs runs by itself, in our lesson and in the host's own code.
        press_run(block)
        await_run(block)
        expect(block.locator(".outputs")).to_have_text("42")
        ours.evaluate("cell => { cell.setPreset('diverging'); cell.run(); }")
        await_run(ours)
        expect(ours.locator(".ran-first")).to_contain_text("Ran first:")
        expect(ours.locator(".outputs")).to_be_visible()
        assert page.evaluate("workers") == 1
        # Neither has touched the other.
        run_code(own, "print('shared' in globals(), 'learning_rate' in globals())")
        expect(own.locator(".outputs")).to_contain_text("False")
        expect(block.locator(".outputs")).to_have_text("42")
        page.wait_for_function("heard.filter(({ name }) => name === 'result').length === 3")
        told = page.evaluate("heard.filter(({ name }) => name === 'run' || name === 'result')")
        assert [(each["name"], each["cell"]) for each in told] == [
            (name, cell) for cell in ("block", "descent", "own") for name in ("run", "result")
        ]
        assert told[1]["outputs"][0]["text"].strip() == "42"
        assert {each["cell"] for each in page.evaluate("heard") if each["name"] == "resize"} >= {"own"}
        own.evaluate("cell => cell.setTheme('dark')")
        expect(own).to_have_css("color-scheme", "dark")
        expect(ours).to_have_css("color-scheme", "light")
        # The last cell takes Python with it.
        page.evaluate("document.querySelectorAll('gradus-cell').forEach((cell) => cell.remove())")
        page.wait_for_function("workers === 0")


@pytest.mark.expects_problems(FROM_OUR_SITE, r"gradus\.js", r"ERR_FAILED", r"NetworkError")
def test_without_the_script_the_page_still_reads(page: Page, site: Site, tmp_path: Path) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/gradus.js", refuse)
    with serving_plain(tmp_path, site, PLAIN) as url:
        page.goto(url)
        for name in ("ours", "own", "block", "wrong"):
            expect(page.locator(f"#{name}")).to_be_visible()
        expect(page.locator("#ours")).to_have_text("learning_rate = 0.1")
