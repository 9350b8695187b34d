"""WebKitGTK on a display that nobody sees, and the lesson in it: what Playwright does for other browsers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from selenium.common.exceptions import InvalidSessionIdException, TimeoutException
from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

from browser.variants import send, serving_by
from conftest import Site
from gradus.sitegen.serve import MIME_TYPES, SiteHandler

# As in cells.py, in seconds.
PATIENCE = 120

# Results are left in the page and asked for: WebKit's driver now and then loses a script's late answer.
RUN = """
const [id, source] = arguments;
const cell = document.getElementById("cell-" + id);
window.result = null;
const keep = ({ detail }) => (window.result = JSON.stringify(detail));
cell.addEventListener("gradus-result", keep, { once: true });
if (source !== null) cell.source = source;
cell.run();
"""
RUN_ALL = """
window.results = {};
for (const cell of document.querySelectorAll("gradus-cell"))
    cell.addEventListener("gradus-result", ({ detail }) => (results[detail.cell] = detail), { once: true });
document.getElementById("run-all").click();
"""
ALL_RESULTS = """Object.keys(results).length === document.querySelectorAll("gradus-cell").length
    && JSON.stringify(results)"""
# WebKit's driver gives no console.
KEEP_SAID = """
window.said = [];
const { info } = console;
console.info = (...said) => { window.said.push(said.join(" ")); info(...said); };
"""
TELL = """
const cells = [...document.querySelectorAll("gradus-cell")];
return JSON.stringify({ said: window.said, states: cells.map((cell) => cell.getAttribute("state")) });
"""
READ_TEXTS = """
const texts = {};
for (const cell of document.querySelectorAll("gradus-cell"))
    texts[cell.id.slice("cell-".length)] =
        [...cell.shadowRoot.querySelectorAll(".output-stream, .output-text")].map((each) => each.textContent);
return texts;
"""


@dataclass
class Served:
    """A site that is being served: its address, which ends with a slash, and the paths asked for so far."""

    url: str
    asked: list[str] = field(default_factory=list)

    def fetched(self, start: str) -> bool:
        """Whether a file has been asked for whose name starts so."""
        return any(path.rpartition("/")[2].startswith(start) for path in self.asked)


@contextmanager
def serving_noted(folder: Path, changes: dict[str, tuple[str, str]] | None = None) -> Iterator[Served]:
    """Serve a built site and note what is asked for.

    `changes` has, by a file's name, a text in it and what replaces that.
    """
    served = Served("")
    with serving_by(
        partial(NotingHandler, folder=folder, served=served, changes=changes or {})
    ) as served.url:
        yield served


class NotingHandler(SiteHandler):
    """The site's own handler, which notes what is asked for and may give other files."""

    def __init__(
        self,
        *args: object,
        served: Served,
        changes: dict[str, tuple[str, str]],
        folder: Path,
        prefix: str,
    ) -> None:
        self._served = served
        self._changes = changes
        super().__init__(*args, folder=folder, prefix=prefix)

    def do_GET(self) -> None:
        """Answer as always, unless the file is to be another."""
        self._served.asked.append(self.path)
        change = self._changes.get(self.path.rpartition("/")[2])
        if change is None:
            super().do_GET()
            return
        path = Path(self.translate_path(self.path))
        text = path.read_text(encoding="utf-8")
        assert change[0] in text
        send(self, text.replace(*change).encode(), MIME_TYPES[path.suffix])


@contextmanager
def display() -> Iterator[str]:
    """The name of a display of its own."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            # It says its number once it is there.
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


class WebKitLesson:
    """Lesson 3 in WebKit."""

    def __init__(self, driver: WebKitGTK, served: Served) -> None:
        self._driver = driver
        self.served = served
        driver.get(f"{served.url}ch03/gradients/")
        self.act(KEEP_SAID)
        self.wait("document.querySelector('#run-all:not([hidden])')")

    def wait(self, expression: str) -> Any:
        """What the expression gives once that is something. Else the error tells what the page has said."""
        try:
            return WebDriverWait(self._driver, PATIENCE, 0.1).until(
                lambda driver: driver.execute_script(f"return {expression}")
            )
        except TimeoutException as error:
            raise AssertionError(f"{expression}: {self._driver.execute_script(TELL)}") from error

    def run(self, cell_id: str, source: str | None = None) -> dict[str, Any]:
        """Run a cell, as it stands or with this code; gives `status` and `outputs`."""
        self.act(RUN, cell_id, source)
        result: dict[str, Any] = json.loads(self.wait("window.result"))
        return result

    def run_all(self) -> dict[str, dict[str, Any]]:
        """Press "Run all"; gives each cell's `status` and `outputs`."""
        self.act(RUN_ALL)
        results: dict[str, dict[str, Any]] = json.loads(self.wait(ALL_RESULTS))
        return results

    def read_texts(self) -> dict[str, list[str]]:
        """The texts that each cell shows now."""
        texts: dict[str, list[str]] = self._driver.execute_script(READ_TEXTS)
        return texts

    def act(self, script: str, *values: Any) -> None:
        """Do something in the page."""
        self._driver.execute_script(script, *values)


@contextmanager
def open_webkit() -> Iterator[WebKitGTK]:
    """A browser with an empty profile."""
    with display() as name:
        service = Service(
            executable_path=shutil.which("WebKitWebDriver"), env={**os.environ, "DISPLAY": name}
        )
        with warnings.catch_warnings():
            # Selenium's own, about how it calls itself.
            warnings.simplefilter("ignore", DeprecationWarning)
            driver = WebKitGTK(options=WebKitGTKOptions(), service=service)
        try:
            yield driver
        finally:
            with suppress(InvalidSessionIdException):
                driver.quit()


Open = Callable[..., WebKitLesson]
"""Opens the lesson; may be told which files are to be other ones, as `serving_noted`."""


def in_webkit(test: Callable[[Open], None]) -> Callable[[Site], None]:
    """Lets a test have a browser of its own.

    The engine of WebKitGTK 2.50 breaks now and then (a segmentation fault of JavaScriptCore's in a worker's
    thread). That tells nothing of the page, and the test begins once more; the second time counts.
    """

    def test_in_new_browser(site: Site) -> None:
        try:
            attempt(test, site)
        except InvalidSessionIdException as crash:
            print(f"WebKit broke, and is tried again: {crash.msg}")
            attempt(test, site)

    test_in_new_browser.__name__ = test.__name__
    return test_in_new_browser


def attempt(test: Callable[[Open], None], site: Site) -> None:
    """Run the test in a new browser."""
    with open_webkit() as driver, ExitStack() as serving:

        def open_lesson(changes: dict[str, tuple[str, str]] | None = None) -> WebKitLesson:
            return WebKitLesson(driver, serving.enter_context(serving_noted(site.folder, changes)))

        test(open_lesson)
