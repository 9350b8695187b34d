"""What a reader does with a cell, as steps for tests; each waits on what the cell shows, never on time."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

# A cold start of Python on a slow, busy machine takes a while; nothing waits longer than it must.
PATIENCE = 120_000

# A page whose reader saves data: Python starts at the first touch and fetches nothing ahead.
SAVE_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"

# Resolves once the element has stood still for some frames.
STAND_STILL = """(element) => new Promise((resolve) => {
    let before = NaN;
    let still = 0;
    const look = () => {
        const { top } = element.getBoundingClientRect();
        still = top === before ? still + 1 : 0;
        before = top;
        if (still < 5) requestAnimationFrame(look);
        else resolve();
    };
    look();
})"""

# Whether all the page's cells have come to life: what works on all of them appears last.
ALIVE = """() => document.getElementById("run-all")?.checkVisibility()"""
# Whether the cell can be run: it has come to life, and no run of it waits or goes on.
CAN_RUN = """([cell]) => cell.shadowRoot?.querySelector("button.run")?.textContent === "Run" """
# Whether a run of the cell has written this, or asks it.
HAS_SAID = """([cell, text]) => {
    const said = [...cell.shadowRoot.querySelectorAll(".output-stream, .question")];
    return said.some((each) => each.textContent.includes(text));
}"""
# Milliseconds from one look to the next. `expect` looks once a second in the end; a test has many waits.
LOOK = 20

# The state of a cell whose Python was replaced: the next one is on its way, or there already.
REPLACED = re.compile("^(loading|ready)$")


def open_lesson(page: Page, url: str) -> None:
    """Open a lesson and wait until all its cells have come to life."""
    page.goto(url)
    await_life(page)


def await_life(page: Page) -> None:
    """Wait until all cells of the page that is being loaded have come to life."""
    page.wait_for_function(ALIVE, polling=LOOK)


def await_rest(page: Page) -> None:
    """Wait until the page knows how high all its text is: from then on nothing moves by itself."""
    expect(page.locator(".lesson-body > .prose:not([style*=contain])")).to_have_count(0, timeout=PATIENCE)


def await_stillness(element: Locator) -> None:
    """Bring an element into view and wait until it holds still.

    What comes near for the first time is laid out then, and moves what stands below it: a button may be gone
    between the pointer's going down and its coming up. Nobody aims at what moves.
    """
    element.scroll_into_view_if_needed()
    element.evaluate(STAND_STILL)


def find_cell(page: Page, cell_id: str) -> Locator:
    """The live cell with this id."""
    return page.locator(f"#cell-{cell_id}")


def write_code(cell: Locator, source: str) -> None:
    """Replace the cell's code, as a reader would who pastes."""
    cell.locator(".cell-code").click()
    editor = cell.locator(".cm-content")
    expect(editor).to_be_focused()
    editor.fill(source)


def press_run(cell: Locator) -> None:
    """Press the cell's Run button once it holds still."""
    button = cell.get_by_role("button", name="Run", exact=True)
    await_stillness(button)
    button.click()


def await_run(cell: Locator, state: str | re.Pattern[str] = "done") -> None:
    """Wait until the cell's run has ended so, after one that has been asked for."""
    await_true(cell, CAN_RUN)
    expect(cell).to_have_attribute("state", state)


def start_run(cell: Locator, source: str, said: str) -> None:
    """Give the cell this code, run it as a page's script may do, and wait until it has said something."""
    hand_in(cell, source)
    await_true(cell, HAS_SAID, said)


def hand_in(cell: Locator, source: str) -> None:
    """Give the cell this code and run it, once its last run has ended."""
    await_true(cell, CAN_RUN)
    cell.evaluate("(cell, source) => { cell.source = source; cell.run(); }", source)


def await_true(cell: Locator, condition: str, given: str = "") -> None:
    """Wait until a function says yes to the cell and what else it is given, and go on at once."""
    handle = cell.element_handle()
    # Its own frame, which may be one within the page.
    frame = handle.owner_frame()
    assert frame is not None
    frame.wait_for_function(condition, arg=[handle, given], polling=LOOK, timeout=PATIENCE)


def run_code(cell: Locator, source: str, state: str = "done") -> None:
    """Give the cell this code, run it as a page's script may do, and wait for the end."""
    hand_in(cell, source)
    await_run(cell, state)


def expect_code(cell: Locator, source: str) -> None:
    """Wait until this is the text of the cell's code, as it is shown, in an editor or not."""
    await_true(cell, SHOWS_CODE, source.rstrip("\n"))


SHOWS_CODE = """([cell, source]) => {
    const lines = [...cell.shadowRoot.querySelectorAll(".cm-line")].map((line) => line.textContent);
    const still = cell.shadowRoot.querySelector(".code") ?? cell.querySelector(".code");
    const shown = lines.length > 0 ? lines.join("\\n") : still?.textContent ?? "";
    return shown.trimEnd() === source.trimEnd();
}"""
