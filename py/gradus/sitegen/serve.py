"""Serves a built folder as a plain static host does, for reading, writing and testing lessons."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gradus.sitegen.problem import BuildProblem

MIME_TYPES = {
    "": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ipynb": "application/json",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".whl": "application/octet-stream",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
HASHED_FOLDERS = ("assets", "runtime", "figures")
"""What lies here has its content's hash in its address, so it never changes."""


def open_server(
    folder: Path, port: int = 0, prefix: str = "/", handler: type[SiteHandler] | None = None
) -> Server:
    """Listen on this machine only; `port` 0 takes a free one. Raises BuildProblem if the port is taken."""
    try:
        return Server(("127.0.0.1", port), partial(handler or SiteHandler, folder=folder, prefix=prefix))
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            reason = "is taken" if error.errno == errno.EADDRINUSE else "is not allowed"
            other = port + 1 if port < 65535 else 8000
            raise BuildProblem(
                f"port {port} {reason}; choose another: python3 build.py --port {other}"
            ) from None
        raise


@contextmanager
def serving(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve `folder` on a free port in the background; gives the address, which ends with `prefix`."""
    with open_server(folder, prefix=prefix) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


class Server(ThreadingHTTPServer):
    """One thread for each connection; none of them keeps the process alive."""

    daemon_threads = True
    # On Windows, reusing an address means sharing it with whoever is listening there already.
    allow_reuse_address = os.name == "posix"
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who closes a tab in the middle of a download is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class SiteHandler(SimpleHTTPRequestHandler):
    """Files under a prefix: right types, keep-alive, no listings, the site's own 404 page."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    extensions_map = MIME_TYPES

    def __init__(self, *args: Any, folder: Path, prefix: str, **kwargs: Any) -> None:
        self.folder = folder
        self.prefix = prefix
        super().__init__(*args, directory=str(folder), **kwargs)

    def do_GET(self) -> None:
        """Answer with a file, a redirection to the folder's address, or the 404 page."""
        self._answer(super().do_GET)

    def do_HEAD(self) -> None:
        """Answer as for GET, without the body."""
        self._answer(super().do_HEAD)

    def _answer(self, answer: Callable[[], None]) -> None:
        address = urlsplit(self.path)
        if not address.path.startswith(self.prefix):
            self.send_error(HTTPStatus.NOT_FOUND)
        elif Path(self.translate_path(self.path)).is_dir() and not address.path.endswith("/"):
            # Said here because the standard library would forget the prefix.
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", address.path + "/" + (f"?{address.query}" if address.query else ""))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            answer()

    def translate_path(self, path: str) -> str:
        """The file that an address stands for, whatever prefix the site is served under."""
        return super().translate_path("/" + path[len(self.prefix) :])

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """A static host shows no listings."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Say with each answer how long it holds: for ever if its address has a hash, else ask again."""
        super().send_response(code, message)
        folder = getattr(self, "path", "")[len(self.prefix) :].split("/", 1)[0]
        kept = code == HTTPStatus.OK and folder in HASHED_FOLDERS
        # As static hosts do, so that pages of other origins can carry cells.
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", self.find_cache_rule(kept))

    def find_cache_rule(self, kept: bool) -> str:
        """What a browser may do with an answer, by whether its address changes with its content."""
        return "max-age=31536000, immutable" if kept else "no-cache"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own 404 page where it has one."""
        page = self.folder / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", MIME_TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for the build's own messages."""
