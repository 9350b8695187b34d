"""The ways to start Python: from a snapshot where that works, else from compiled modules, else plainly."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Response, Route, expect

from browser.cells import PATIENCE, await_rest, await_run, find_cell, open_lesson, press_run, run_code

SLOWER = "Python starts in a slower way"
MISSING_NAME = ('Module["growMemory"]=growMemory;', "")
NO_MEMORY = ('Module["growMemory"]=growMemory;', 'Module["growMemory"]=()=>undefined;')
MORE_FUNCTIONS = (
    'Module["growMemory"]=growMemory;',
    'Module["growMemory"]=growMemory;Module.preRun.push(()=>wasmTable.grow(40));',
)
OTHER_BUILD = (
    'Module["growMemory"]=growMemory;',
    'Module["growMemory"]=growMemory;Module.API.config.BUILD_ID="another";',
)
NO_FILE_NODES = ("FS.filesystems={MEMFS,", "FS.filesystems={")


def change_interpreter(page: Page, *changes: tuple[str, str]) -> None:
    """Let the browser get an interpreter whose JavaScript is another one."""

    def answer(route: Route) -> None:
        response = route.fetch()
        text = response.text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        route.fulfill(response=response, body=text)

    page.route("**/pyodide.asm.mjs", answer)


def start_with_figure(page: Page, url: str) -> list[str]:
    """Open the lesson, draw its first figure, and give what the console was told of slower ways."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if SLOWER in message.text else None)
    open_lesson(page, url)
    cell = find_cell(page, "secant")
    press_run(cell)
    await_run(cell)
    expect(cell.locator("img")).to_be_visible()
    expect(cell.locator(".count")).to_have_text("[1]")
    return told


def test_python_starts_from_the_snapshot(page: Page, lesson_url: str) -> None:
    fetched: list[str] = []
    page.on("response", lambda response: fetched.append(response.url.rpartition("/")[2]))
    assert start_with_figure(page, lesson_url) == []
    assert any(name.startswith("snapshot-") for name in fetched)
    assert not [name for name in fetched if name.endswith((".whl", "lock.json", "stdlib.zip"))]
    assert not [name for name in fetched if name.startswith(("modules-", "standard-"))]


COMPARE_ANALYSES = """
from gradus.kernel.names import find, known
from gradus.kernel.names.world import World
told, world, same = dict(known._plain), World(), []
for position, source in enumerate(SOURCES):
    modules = find.select_modules(source, world.modules)
    expected = known.find_known(source, modules)
    known._plain.clear()
    find._find_names.cache_clear()
    same.append(find.find_names(source, modules) == expected)
    known._plain.update(told)
    names = find.find_names(source, world.modules)
    world.add_cell(position, names)
print(len(told) >= len(same), all(same), len(same))
"""


@pytest.mark.only_browser("chromium")
def test_the_lesson_is_analysed_already_and_as_this_python_would_do_it(page: Page, lesson_url: str) -> None:
    start_with_figure(page, lesson_url)
    sources = page.evaluate("() => [...document.querySelectorAll('gradus-cell')].map((cell) => cell.source)")
    cell = find_cell(page, "secant")
    run_code(cell, COMPARE_ANALYSES.replace("SOURCES", repr(sources)))
    expect(cell.locator(".outputs")).to_contain_text(f"True True {len(sources)}")


@pytest.mark.only_browser("chromium")
def test_python_starts_without_readable_analyses(page: Page, lesson_url: str) -> None:
    page.route("**/assets/names/*.json", lambda route: route.fulfill(body="<!doctype html>"))
    assert start_with_figure(page, lesson_url) == []


@pytest.mark.parametrize(
    "change",
    [MISSING_NAME, NO_MEMORY, MORE_FUNCTIONS, OTHER_BUILD],
    ids=["missing name", "no memory", "table", "build"],
)
def test_from_compiled_modules_where_the_snapshot_does_not_fit(
    page: Page, lesson_url: str, change: tuple[str, str]
) -> None:
    change_interpreter(page, change)
    (told,) = start_with_figure(page, lesson_url)
    assert "Surprise" in told
    cell = find_cell(page, "secant")
    run_code(cell, "import mpl_toolkits.mplot3d, decimal\nprint(decimal.Decimal(1) / 4)")
    expect(cell.locator(".output-stream")).to_have_text("0.25\n")


def test_plainly_where_nothing_else_works(page: Page, lesson_url: str) -> None:
    change_interpreter(page, NO_FILE_NODES)
    assert len(start_with_figure(page, lesson_url)) == 2


@pytest.mark.only_browser("chromium")
def test_a_damaged_file_is_refused_and_retry_is_enough(page: Page, lesson_url: str) -> None:
    damaged = True

    def answer(route: Route) -> None:
        response = route.fetch()
        body = bytearray(response.body())
        if damaged:
            body[len(body) // 2] ^= 1
        route.fulfill(response=response, body=bytes(body))

    page.route("**/snapshot-*.zst", answer)
    open_lesson(page, lesson_url)
    cell = find_cell(page, "secant")
    press_run(cell)
    retry = cell.get_by_role("button", name="Retry")
    expect(retry).to_be_visible(timeout=PATIENCE)
    expect(cell.locator(".cell-loading")).to_contain_text("isn't the file that this page was made with")
    damaged = False
    retry.click()
    await_run(cell)


def test_a_restart_fetches_nothing_heavy(page: Page, lesson_url: str) -> None:
    assert start_with_figure(page, lesson_url) == []
    cell = find_cell(page, "secant")
    await_rest(page)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    for _ in range(2):
        page.get_by_role("button", name="Restart Python").click()
        run_code(cell, "import random\nprint('random' in dir(), random.random())")
        expect(cell.locator(".output-stream")).to_contain_text("True 0.")
        expect(cell.locator(".count")).to_have_text("[1]")
    # What is left out may come meanwhile, as after any start.
    heavy = re.compile(r"(snapshot|lib|index|small|data)-|interpreter-\w+\.wasm|pyodide.asm.wasm")
    assert not [name for name in fetched if heavy.match(name)]


RANDOM = """import random, secrets, uuid
import numpy as np
print(random.random(), np.random.rand(), np.random.default_rng().random(), uuid.uuid4(), uuid.uuid1(),
      secrets.token_hex(), random.SystemRandom().random())"""


def test_each_reader_has_their_own_randomness(
    new_context: Callable[..., BrowserContext], lesson_url: str
) -> None:
    drawn = []
    for _ in range(2):
        page = new_context().new_page()
        open_lesson(page, lesson_url)
        cell = find_cell(page, "secant")
        run_code(cell, RANDOM)
        drawn.append(cell.locator(".output-stream").inner_text().split())
    assert len(drawn[0]) == 7
    assert not set(drawn[0]) & set(drawn[1])


def test_what_was_not_recorded_is_fetched_when_it_is_needed(page: Page, lesson_url: str) -> None:
    late: list[Response] = []
    page.on("response", lambda response: late.append(response))
    open_lesson(page, lesson_url)
    cell = find_cell(page, "secant")
    run_code(
        cell,
        "import matplotlib.tri, numpy.ma.mrecords, inspect, numpy\nprint(inspect.getsource(numpy.mean)[:5])",
    )
    expect(cell.locator(".output-stream")).to_have_text("@arra\n")
    assert [response for response in late if re.search(r"/rest-numpy-\w+\.zst$", response.url)]
