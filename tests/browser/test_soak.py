"""An afternoon's work on one page: after 120 edits it needs no more memory than after 48."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from browser.cells import find_cell, open_lesson, run_code

EDITS = 120
SETTLED = 48
"""After so many edits all that is made once has been made."""

BLOCKS = "__import__('gc').collect() and 0 or __import__('sys').getallocatedblocks()"


def edit(number: int) -> tuple[str, str]:
    """A text for the cell, and how its run ends."""
    kind = number % 5
    if kind == 0:
        return (
            f"import matplotlib.pyplot as plt\nplt.plot([{number}, 1, 4])\nplt.title('edit {number}')",
            "done",
        )
    if kind == 1:
        return f"import numpy as np\ndata_{number} = np.full(200_000, {number})\ndata_{number}.mean()", "done"
    if kind == 2:
        return f"values = [[{number}] * 10 for _ in range(20_000)]\nvalues[{number}] / 0", "error"
    if kind == 3:
        return (
            f"class Model{number}:\n    def __init__(self): self.me = self\nmodel = Model{number}()",
            "done",
        )
    return f"for line in range(300): print('edit {number}, line', line)", "done"


# A minute of work, in the browser that can tell what a page holds; Python is the same in all of them.
@pytest.mark.only_browser("chromium")
def test_edits_leave_nothing_behind(page: Page, lesson_url: str) -> None:
    open_lesson(page, lesson_url)
    cell = find_cell(page, "secant")
    measured = {}
    for number in range(1, EDITS + 1):
        source, ending = edit(number)
        run_code(cell, source, ending)
        if number in (SETTLED, EDITS):
            measured[number] = measure(page)
    expect(cell.locator(".count")).to_have_text(f"[{EDITS}]")
    early, late = measured[SETTLED], measured[EDITS]
    # The edits in between were half as many again as those before: whatever each of them left would show.
    for what in early:
        assert late[what] < early[what] * 1.1 + 1200, (what, early, late)


def measure(page: Page) -> dict[str, float]:
    """Memory blocks of Python; nodes, listeners and kilobytes of the page."""
    answer = find_cell(page, "secant").evaluate("(cell, what) => cell.evaluate(what)", BLOCKS)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {
        metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]
    }
    session.detach()
    return {
        "blocks": float(json.loads(answer["value"])),
        "nodes": metrics["Nodes"],
        "listeners": metrics["JSEventListeners"],
        "kilobytes": metrics["JSHeapUsedSize"] / 1024,
    }
