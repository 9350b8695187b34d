"""Whatever a cell displays or a program tries, the page stays as it was and nothing is sent anywhere."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from browser import hostile_cases as cases
from browser.canary import Canary, listening
from browser.cells import await_rest, await_run, expect_code, find_cell, open_lesson, press_run, run_code
from browser.watch import Watch
from gradus.sitegen.model import Lesson

CELL = "secant"
# What browsers say of what the policy has blocked, and Python's own loader of what it can't fetch.
BLOCKED = (r"Content.Security.Policy", r"blocked a JavaScript", r"fetch is not defined", r"ERR_INVALID_URL")
NO_WARM_START = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
HARM = "window.harmed = []; window.harm = () => window.harmed.push(new Error().stack);"
# The page without the cell, and without what cells say of themselves in their attributes.
SURROUNDINGS = """cell => {
    const page = document.documentElement.cloneNode(true);
    page.querySelector(`#cell-${cell}`).remove();
    for (const other of page.querySelectorAll("gradus-cell")) {
        for (const { name } of [...other.attributes]) if (name !== "id") other.removeAttribute(name);
    }
    return page.outerHTML;
}"""
SHOWN = """cell => [...cell.shadowRoot.querySelectorAll(".output, .output *:not(slot)")].map((element) => ({
    tag: element.localName,
    attributes: Object.fromEntries(
        [...element.attributes].map(({ name, value }) => [name, value.slice(0, 80)])
    ),
    position: getComputedStyle(element).position,
}))"""
FORBIDDEN_TAGS = {
    "script",
    "style",
    "link",
    "meta",
    "base",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "form",
    "input",
    "button",
    "textarea",
    "select",
    "svg",
    "math",
    "template",
    "video",
    "audio",
    "source",
    "picture",
    "track",
    "marquee",
    "noscript",
    "gradus-cell",
}


class Guard:
    """A page with one cell in which everything is tried, and all that it must not do."""

    def __init__(self, page: Page, canary: Canary) -> None:
        self.page = page
        self.canary = canary
        self.cell = find_cell(page, CELL)
        self.events: list[str] = []
        page.on("dialog", lambda dialog: self.events.append(f"dialog: {dialog.message}"))
        page.on("popup", lambda popup: self.events.append(f"popup: {popup.url}"))
        page.on("framenavigated", lambda frame: self.events.append(f"navigation: {frame.url}"))
        page.on("download", lambda download: self.events.append(f"download: {download.url}"))
        self._surroundings: str = page.evaluate(SURROUNDINGS, CELL)

    def display(self, bundles: list[str]) -> None:
        """Run a cell that displays these MIME bundles, Python expressions, as they are."""
        lines = [f"display(Bundle({bundle.replace(cases.CANARY, self.canary.url)}))" for bundle in bundles]
        run_code(self.cell, "\n".join([BUNDLE, ATTEMPT, *map(attempted, lines)]))

    def check(self) -> None:
        """The page is as it was, nothing has been sent, and the next run works."""
        for link in self.cell.locator(".outputs a:not([href])").all():
            link.dispatch_event("click")
        assert self.page.evaluate("window.harmed") == []
        run_code(self.cell, "6 * 7")
        expect(self.cell.locator(".output-text")).to_have_text("42")
        assert self.events == []
        assert self.page.evaluate(SURROUNDINGS, CELL) == self._surroundings
        assert self.canary.heard == []


BUNDLE = """class Bundle:
    def __init__(self, data): self.data = data
    def __repr__(self): return "a bundle"
    def _repr_mimebundle_(self, **settings): return self.data"""
ATTEMPT = """def attempt(show):
    try: show()
    except Exception as error: print(type(error).__name__)"""
SEND = """import gc, types
name = "Wire.__init__.<locals>.emit"
functions = (each for each in gc.get_objects() if type(each) is types.FunctionType)
emit = next(each for each in functions if each.__qualname__ == name)
post = emit.__closure__[0].cell_contents"""


def attempted(line: str) -> str:
    return f"attempt(lambda: {line})"


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with listening() as canary:
        yield canary


@pytest.fixture(scope="module")
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    watch = Watch(expected=BLOCKED)
    with browser.new_context(**browser_context_args) as context:
        watch.attach(context)
        context.add_init_script(NO_WARM_START)
        context.add_init_script(HARM)
        yield context
        watch.check()


@pytest.fixture(scope="module")
def guard(context: BrowserContext, canary: Canary, lesson_url: str) -> Guard:
    page = context.new_page()
    open_lesson(page, lesson_url)
    await_rest(page)
    return Guard(page, canary)


def check_shown(cell: Locator) -> None:
    """What outputs consist of can neither run, load, send, nor lie over anything."""
    shown = cell.evaluate(SHOWN)
    assert len(shown) > 1
    for element in shown:
        assert element["tag"] not in FORBIDDEN_TAGS, element
        assert element["position"] in ("static", "relative"), element
        for name, value in element["attributes"].items():
            assert not name.startswith("on") and name not in ("style", "srcset", "ping", "id", "name"), (
                element
            )
            assert name != "src" or value.startswith("data:image/"), element
            assert name != "href" or value.startswith(("http:", "https:", "mailto:", "#")), element


def test_the_canary_hears_what_reaches_it() -> None:
    with listening() as canary:
        urllib.request.urlopen(f"{canary.url}/here").close()
        assert canary.heard == ["a connection", "GET /here HTTP/1.1"]


def test_markup_is_harmless(guard: Guard) -> None:
    guard.display([f"{{'text/html': {html!r}}}" for html in cases.HTML.values()])
    expect(guard.cell.locator(".outputs > *")).to_have_count(len(cases.HTML))
    check_shown(guard.cell)
    guard.check()


def test_pictures_and_malformed_bundles_are_harmless(guard: Guard) -> None:
    pictures = [f"{{'image/svg+xml': {svg!r}}}" for svg in cases.SVG.values()]
    guard.display([*pictures, *cases.BUNDLES.values()])
    expect(guard.cell.locator(".outputs img")).not_to_have_count(0)
    check_shown(guard.cell)
    guard.check()


def test_what_a_program_sends_as_outputs_is_checked(guard: Guard) -> None:
    sent = [SEND, ATTEMPT, *(attempted(f"post({output!r})") for output in cases.OUTPUTS.values())]
    run_code(guard.cell, "\n".join([*sent, "'sent'"]))
    expect(guard.cell.locator(".output-text", has_text="'sent'")).to_be_visible()
    check_shown(guard.cell)
    guard.check()


def test_a_program_finds_no_way_out(guard: Guard) -> None:
    run_code(guard.cell, cases.SEARCH)
    guard.check()


@pytest.mark.parametrize("program", cases.PROGRAMS.values(), ids=cases.PROGRAMS)
def test_a_program_sends_nothing(guard: Guard, program: str) -> None:
    source = "import js\n" + program.replace(cases.CANARY, guard.canary.url)
    guard.cell.evaluate("(cell, source) => { cell.source = source; }", source)
    press_run(guard.cell)
    # Whether it is refused or comes to nothing is the browser's business.
    await_run(guard.cell, re.compile("done|error"))
    guard.check()


def test_forged_messages_to_the_page_do_nothing(guard: Guard) -> None:
    messages: list[object] = [
        {"type": "output", "id": 1, "output": {"output_type": "display_data", "data": {"text/html": "<b>x"}}},
        {"type": "died", "problem": {"message": "x", "cause": "x"}},
        {"type": "setSource", "cell": CELL, "source": "harm"},
        {"type": "run", "cell": CELL},
        *(None, 7, "harm()", {"type": {}}),
    ]
    guard.page.evaluate(
        """async (messages) => {
            for (const message of messages) window.postMessage(message, "*");
            await new Promise((resolve) => setTimeout(resolve));
        }""",
        messages,
    )
    guard.check()


POISON: dict[str, str] = {
    "no JSON": "{",
    "another kind": "[1, 2]",
    "null": "null",
    "wrong types": json.dumps({"hash": 1, "edit": {}, "kept": "x"}),
    "markup": json.dumps({"hash": "x", "edit": "<img src=x onerror=harm()>", "kept": ["</script><b>"]}),
    "prototype": '{"__proto__": {"edit": "x"}, "hash": "x", "edit": null, "kept": [null]}',
    "enormous": json.dumps({"hash": "x", "edit": "x" * 1_000_000, "kept": []}),
}


def test_poisoned_storage_does_no_harm(
    context: BrowserContext, canary: Canary, lesson_url: str, lesson: Lesson
) -> None:
    page = context.new_page()
    open_lesson(page, lesson_url)
    cells = [cell.id for cell in lesson.code_cells][1 : 1 + len(POISON)]
    entries = {
        f"gradus:/course/:ch03/gradients:{cell}": text
        for cell, text in zip(cells, POISON.values(), strict=True)
    }
    page.evaluate(
        "entries => Object.assign(localStorage, entries)",
        entries | {"gradus:theme": "dark' onload='harm()"},
    )
    page.reload()
    expect(page.get_by_role("button", name="Run all")).to_be_visible()
    for cell in lesson.code_cells[1 : 1 + len(POISON)]:
        expect_code(find_cell(page, cell.id), cell.source)
    expect(page.locator("html:not([data-theme])")).to_have_count(1)
    assert page.evaluate("window.harmed") == []
    assert canary.heard == []
    page.evaluate("localStorage.clear()")
    page.close()
