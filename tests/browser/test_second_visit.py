"""On a second visit the snapshot comes decoded from the browser's file system; else it is fetched again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from browser.cells import PATIENCE, find_cell, open_lesson, run_code
from browser.spares import LITTLE, MUCH
from browser.test_starting import RANDOM, start_with_figure
from browser.watch import Watch
from conftest import Site

# The page waits for less long until it takes its reader to be at rest, and with `window.unhurried` for ever.
HASTE = """
{
    const wait = window.setTimeout;
    const hasten = (delay) => (delay !== 5000 ? delay : window.unhurried ? 1e9 : 1000);
    window.setTimeout = (act, delay, ...given) => wait(act, hasten(delay), ...given);
}
"""
UNHURRIED = "window.unhurried = true;"
UNSEEN = 'Object.defineProperty(document, "hidden", { value: true });'
NOTED = "() => localStorage.getItem('gradus:snapshots')"
STORED = """async (change) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("gradus-snapshots", { create: true });
    const files = {};
    for await (const handle of folder.values()) files[handle.name] = (await handle.getFile()).size;
    for (const name of change ? Object.keys(files) : []) {
        if (change === "remove") await folder.removeEntry(name);
        if (change !== "damage") continue;
        const writing = await (await folder.getFileHandle(name)).createWritable({ keepExistingData: true });
        await writing.write({ type: "write", position: files[name] >> 1, data: new Uint8Array(64) });
        await writing.close();
    }
    return files;
}"""
# Whether these files have come to be stored and noted.
AGAIN = f"""async ([files, patience]) => {{
    for (const end = Date.now() + patience; Date.now() < end; await new Promise(requestAnimationFrame)) {{
        const noted = localStorage.getItem("gradus:snapshots");
        if (noted && JSON.stringify(await ({STORED})()) === JSON.stringify(files)) return true;
    }}
    return false;
}}"""
# What the worker says that makes a next visit ready, in `window.preparing`.
# With `window.hold` it isn't told to practise.
WATCH_PREPARING = """
window.preparing = [];
{
    const Plain = window.Worker;
    window.Worker = class extends Plain {
        constructor(url, options) {
            super(url, options);
            this.prepares = options?.name === "Preparing";
            if (this.prepares) this.addEventListener("message", ({ data }) => preparing.push(data.type));
        }
        postMessage(message, handed = []) {
            if (!(window.hold && message.type === "practise")) super.postMessage(message, handed);
        }
        terminate() {
            if (this.prepares) preparing.push("ended");
            super.terminate();
        }
    };
}
"""
Visit = Callable[..., AbstractContextManager[tuple[Page, list[str]]]]


@pytest.fixture(scope="module")
def context(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BrowserContext]:
    """A browser with a profile on disk: without one, Chromium's cache doesn't take files of this size."""
    watch = Watch()
    options = {**browser_type_launch_args, **browser_context_args}
    if browser_type.name == "chromium":
        # As readers have it: pages that are left stay for a while as they are.
        options["ignore_default_args"] = ["--disable-back-forward-cache"]
    with browser_type.launch_persistent_context(tmp_path_factory.mktemp("profile"), **options) as context:
        watch.attach(context)
        context.add_init_script(HASTE)
        yield context
        watch.check()


@pytest.fixture(scope="module")
def visit(context: BrowserContext, site: Site) -> Visit:
    """Opens Lesson 3 and draws its figure; gives the page, and the names of what it has fetched."""

    @contextmanager
    def visit(script: str = "") -> Iterator[tuple[Page, list[str]]]:
        page = context.new_page()
        page.add_init_script(script)
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
        assert start_with_figure(page, f"{site.url}ch03/gradients/") == []
        yield page, fetched
        page.close()

    return visit


@pytest.fixture(scope="module")
def stored(visit: Visit) -> dict[str, int]:
    """What a first visit has stored, with its size."""
    with visit() as (page, fetched):
        assert count(fetched, "snapshot-") == 1
        page.wait_for_function(NOTED, timeout=PATIENCE)
        files: dict[str, int] = page.evaluate(STORED)
        assert page.evaluate(NOTED) == next(iter(files))
        return files


def remove_stored(page: Page) -> None:
    """Take away what is stored, in an unhurried page; its reader's next run ends that."""
    page.evaluate(STORED, "remove")
    page.evaluate("() => { window.unhurried = false; }")


def await_told(page: Page, what: str) -> None:
    page.wait_for_function("what => preparing.includes(what)", arg=what, timeout=PATIENCE)


def count(fetched: list[str], name: str) -> int:
    return sum(each.startswith(name) for each in fetched)


def test_one_file_is_stored_whole(stored: dict[str, int]) -> None:
    (size,) = stored.values()
    assert size > 30_000_000


def test_a_second_visit_does_not_fetch_it(stored: dict[str, int], visit: Visit) -> None:
    drawn = []
    for _ in range(2):
        with visit() as (page, fetched):
            assert count(fetched, "snapshot-") == 0
            assert count(fetched, "pyodide.asm.mjs") == 1
            cell = find_cell(page, "derivative")
            run_code(cell, RANDOM)
            drawn.append(cell.locator(".output-stream").inner_text().split())
            # What is kept of such a start is as good as what a first one keeps.
            page.get_by_role("button", name="Restart Python").click()
            run_code(cell, "import random\nprint('next', random.random() > 2)")
            expect(cell.locator(".output-stream")).to_have_text("next False\n")
            assert count(fetched, "snapshot-") == 0
            assert page.evaluate(STORED) == stored
    assert not set(drawn[0]) & set(drawn[1])


def test_two_pages_at_once(stored: dict[str, int], context: BrowserContext, site: Site) -> None:
    pages = [context.new_page() for _ in range(2)]
    for page in pages:
        page.goto(f"{site.url}ch03/gradients/", wait_until="commit")
    for page in pages:
        open_lesson(page, page.url)
        cell = find_cell(page, "derivative")
        run_code(cell, "print('here')")
        expect(cell.locator(".output-stream")).to_have_text("here\n")
        page.close()


@pytest.mark.parametrize(("change", "place"), [("damage", LITTLE), ("remove", UNSEEN)])
def test_what_can_not_be_used_is_fetched_and_stored_again(
    stored: dict[str, int], visit: Visit, change: str, place: str
) -> None:
    with visit() as (page, _):
        page.evaluate(STORED, change)
    with visit(place + WATCH_PREPARING) as (page, fetched):
        assert count(fetched, "snapshot-") == 1
        assert page.evaluate(STORED) == {}
        assert page.evaluate(AGAIN, [stored, PATIENCE])
        # On devices with little memory, and where nobody looks, nothing more.
        await_told(page, "ended")
        assert page.evaluate("preparing") == ["stored", "ended"]
    with visit() as (_, fetched):
        assert count(fetched, "snapshot-") == 0


def test_once_it_is_stored_another_python_practises_and_is_gone(stored: dict[str, int], visit: Visit) -> None:
    with visit(MUCH + WATCH_PREPARING + UNHURRIED) as (page, fetched):
        remove_stored(page)
        cell = find_cell(page, "derivative")
        run_code(cell, "import matplotlib.pyplot as plt\nmine = plt.figure().number")
        await_told(page, "ended")
        told = page.evaluate("preparing")
        assert [told[0], *told[-2:]] == ["stored", "practised", "ended"]
        # What is stored was taken from the cache, and is what the other Python has begun from.
        assert count(fetched, "snapshot-") == 1
        # The reader's own knows nothing of its figures.
        found = cell.evaluate("cell => cell.evaluate('(mine, plt.figure().number)')")
        assert found["value"] == "(1, 1)"
        assert page.evaluate("preparing") == told


def test_nothing_is_practised_when_python_is_wanted(stored: dict[str, int], visit: Visit) -> None:
    with visit(MUCH + WATCH_PREPARING + UNHURRIED) as (page, _):
        remove_stored(page)
        page.evaluate("() => { window.hold = true; }")
        cell = find_cell(page, "derivative")
        run_code(cell, "print('before')")
        await_told(page, "ready")
        assert "ended" not in page.evaluate("preparing")
        run_code(cell, "print('here')")
        expect(cell.locator(".output-stream")).to_have_text("here\n")
        assert page.evaluate("preparing")[-1] == "ended"


# In Firefox, Playwright waits for ever for a page that comes back in this way.
@pytest.mark.only_browser("chromium")
def test_back_on_a_page_everything_is_as_it_was_left(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.add_init_script("addEventListener('pageshow', ({ persisted }) => (window.persisted = persisted))")
    open_lesson(page, f"{site.url}ch03/gradients/")
    run_code(find_cell(page, "secant"), "kept = 1")
    page.goto(site.url)
    # Playwright's own way waits for a load, which a page doesn't do that is there already.
    page.evaluate("() => void setTimeout(() => history.back())")
    page.wait_for_function("() => window.persisted")
    cell = find_cell(page, "derivative")
    run_code(cell, "print('kept', kept)")
    expect(cell.locator(".output-stream")).to_have_text("kept 1\n")
    page.close()
