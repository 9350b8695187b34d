"""What a program can do to its Python: it is explained, the next Run works, and no text is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.cells import PATIENCE, find_cell, run_code
from browser.variants import variant_page
from conftest import Site

SURVIVED = {
    "a list too long": ("a = [0] * 10**9", "MemoryError"),
    "an array too large": ("import numpy as np\na = np.ones((10**4, 26_700))", "MemoryError"),
    "a list that grows": ("a = []\nwhile True: a.append([0] * 10**6)", "MemoryError"),
    "a text that grows": ("s = 'x'\nwhile True: s += s", "MemoryError"),
    "recursion": ("def f(n): return f(n + 1)\nf(0)", "RecursionError"),
    "recursion through repr": (
        "class A:\n    def __repr__(self): return repr(self)\nA()",
        "RecursionError",
    ),
    "recursion through a sort": ("def f(x): return sorted([x], key=f)\nf(1)", "RecursionError"),
    "recursion without a limit": (
        "import sys\nsys.setrecursionlimit(10**6)\ndef f(x): return sorted([x], key=f)\nf(1)",
        "RecursionError",
    ),
    "a thread": ("import threading\nthreading.Thread(target=print).start()", "RuntimeError"),
    "a process": ("import multiprocessing\nmultiprocessing.Process(target=print).start()", "OSError"),
    "a program": ("import subprocess\nsubprocess.run(['ls'])", "OSError"),
    "the network": ("import urllib.request\nurllib.request.urlopen('https://example.org')", "URLError"),
    "a file that is elsewhere": ("open('C:/data.csv')", "FileNotFoundError"),
    "a package": ("%pip install seaborn", "SyntaxError"),
}
DEADLY = {
    "the worker closed": "import js\njs.self.close()",
    "an exit of the process": "import os\nos._exit(1)",
    "an abort": "import os\nos.abort()",
    "a wild pointer": "import ctypes\nctypes.string_at(0xfffffff0, 100)",
}


@pytest.fixture(scope="module")
def page(browser: Browser, browser_context_args: dict[str, Any], site: Site) -> Iterator[Page]:
    with variant_page(browser, browser_context_args, site.folder) as page:
        yield page


def expect_next_run(cell: Locator, source: str) -> None:
    assert cell.evaluate("cell => cell.source") == source
    run_code(cell, "print('alive')")
    expect(cell.locator(".outputs")).to_have_text("alive\n")


def test_errors_that_python_survives(page: Page) -> None:
    run_code(find_cell(page, "secant"), "kept = 1")
    cell = find_cell(page, "derivative")
    for source, name in SURVIVED.values():
        run_code(cell, source, "error")
        expect(cell.locator(".output-error")).to_contain_text(name)
        assert cell.evaluate("cell => cell.source") == source
        # Nothing that was too large stays.
        run_code(cell, "a = s = None\nprint('alive')")
        expect(cell.locator(".outputs")).to_have_text("alive\n")
    run_code(cell, "kept")
    expect(cell.locator(".output-text")).to_have_text("1")


def test_an_exit_is_no_error(page: Page) -> None:
    cell = find_cell(page, "secant")
    source = "import sys\nprint('before')\nsys.exit('enough')"
    run_code(cell, source, "stopped")
    expect(cell.locator(".output-ended")).to_have_text("sys.exit() ended this cell: enough")
    expect(cell.locator(".output-error")).to_have_count(0)
    expect_next_run(cell, source)


@pytest.mark.parametrize("fault", DEADLY)
def test_a_python_that_dies_is_noticed(page: Page, fault: str) -> None:
    run_code(find_cell(page, "secant"), "kept = 1")
    cell = find_cell(page, "derivative")
    run_code(cell, DEADLY[fault], "error")
    notice = cell.locator(".cell-notice")
    expect(notice).to_contain_text("Python stopped unexpectedly", timeout=PATIENCE)
    expect(notice).to_contain_text("these names are gone: kept")
    expect_next_run(cell, DEADLY[fault])
