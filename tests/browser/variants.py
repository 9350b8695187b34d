"""The site as other hosts serve it and other browsers see it: cross-origin isolated, or without JSPI."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from browser.cells import open_lesson
from browser.watch import Watch
from gradus.sitegen.serve import MIME_TYPES, Server, SiteHandler

ISOLATING = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
WORKER = re.compile(r"/assets/worker-[^/]*\.js$")
LOSSES = (
    # Firefox tells the console, not the page, when a worker is ended in the midst of WebAssembly.
    r"^uncaught: undefined$",
    # Pyodide writes of a file that it was reading when its worker was ended.
    r"^console: NetworkError: Failed to execute 'send' on 'XMLHttpRequest'",
    # Pyodide and the browser write of a Python that broke.
    r"terminated|fatal error|unreachable|out of bounds|call stack|too much recursion|null function",
    r"^console: (Runtime|Range|Internal)?Error",
)
NO_JSPI = "delete WebAssembly.Suspending; delete WebAssembly.promising;\n"


@contextmanager
def serving_variant(folder: Path, *, isolated: bool = False, jspi: bool = True) -> Iterator[str]:
    """Serve a built site on a free port; gives its address, which ends with a slash."""
    with serving_by(partial(VariantHandler, folder=folder, isolated=isolated, jspi=jspi)) as url:
        yield url


@contextmanager
def serving_by(make_handler: Callable[..., SiteHandler]) -> Iterator[str]:
    """Let such handlers serve a site on a free port; gives its address, which ends with a slash."""
    handler = partial(make_handler, prefix="/course/")
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}/course/"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def variant_page(
    browser: Browser, options: dict[str, Any], folder: Path, *, isolated: bool = False, jspi: bool = True
) -> Iterator[Page]:
    """Lesson 3 of a variant, open and alive, in which Pythons may be lost; one for many tests."""
    watch = Watch(expected=LOSSES)
    with (
        serving_variant(folder, isolated=isolated, jspi=jspi) as url,
        browser.new_context(**options) as context,
    ):
        watch.attach(context)
        page = context.new_page()
        open_lesson(page, f"{url}ch03/gradients/")
        yield page
        watch.check()


class VariantHandler(SiteHandler):
    """The site's own handler, with other headers and another worker."""

    def __init__(self, *args: object, isolated: bool, jspi: bool, folder: Path, prefix: str) -> None:
        self._isolated = isolated
        self._jspi = jspi
        super().__init__(*args, folder=folder, prefix=prefix)

    def do_GET(self) -> None:
        """Answer as always, but hide JSPI from the worker where it is to be missing."""
        if self._jspi or not WORKER.search(self.path):
            super().do_GET()
            return
        path = Path(self.translate_path(self.path))
        send(self, NO_JSPI.encode() + path.read_bytes(), MIME_TYPES[path.suffix])

    def end_headers(self) -> None:
        """Add what isolates a page from other origins."""
        for name, value in ISOLATING.items() if self._isolated else ():
            self.send_header(name, value)
        super().end_headers()


def send(handler: SiteHandler, body: bytes, media_type: str) -> None:
    """Answer with this instead of a file."""
    handler.send_response(HTTPStatus.OK)
    handler.send_header("Content-Type", media_type)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
