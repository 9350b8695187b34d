"""Serves the pages that are measured as GitHub Pages does, over a network as slow as one likes."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from gradus.bench.throttle import Link, Network
from gradus.sitegen.serve import Server, SiteHandler

COMPRESSED = (".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".xml")
"""What GitHub Pages compresses; everything else goes as it is."""
CHUNK = 16 * 1024


class Meter:
    """Counts what goes out. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bytes = 0

    def add(self, size: int) -> None:
        """Count `size` bytes more."""
        with self._lock:
            self._bytes += size

    def take(self) -> int:
        """How many there were since it was last asked."""
        with self._lock:
            size, self._bytes = self._bytes, 0
            return size


class Archive:
    """The files of a folder, compressed where the host does that; each is compressed once, ahead of time."""

    def __init__(self, folder: Path) -> None:
        files = (path for path in folder.rglob("*") if path.is_file() and path.suffix in COMPRESSED)
        self._bodies = {path: gzip.compress(path.read_bytes(), 6, mtime=0) for path in files}

    def find(self, path: Path) -> bytes | None:
        """The file's compressed form; None if it has none."""
        return self._bodies.get(path)


@contextmanager
def serving_slowly(folder: Path, archive: Archive, network: Network) -> Iterator[tuple[str, Meter]]:
    """Serve `folder` in the background; gives its address and the meter of the bytes sent."""
    meter = Meter()
    handler = partial(
        SlowHandler, folder=folder, archive=archive, network=network, link=Link(network), meter=meter
    )
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}/", meter
        finally:
            server.shutdown()
            thread.join()


class SlowHandler(SiteHandler):
    """Waits for the network's latency before each answer and for the line with each piece of it."""

    def __init__(
        self, *args: Any, folder: Path, archive: Archive, network: Network, link: Link, meter: Meter
    ) -> None:
        self._archive = archive
        self._network = network
        self._link = link
        self._meter = meter
        super().__init__(*args, folder=folder, prefix="/")

    def send_head(self) -> Any:
        """Answer with the compressed file where there is one and the browser takes it."""
        time.sleep(self._network.latency)
        path = Path(self.translate_path(self.path))
        body = self._archive.find(path / "index.html" if path.is_dir() else path)
        unchanged = "If-Modified-Since" in self.headers or "If-None-Match" in self.headers
        if body is None or unchanged or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        ending = ".html" if path.is_dir() else path.suffix
        self.send_response(200)
        self.send_header("Content-Type", self.extensions_map[ending])
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Last-Modified", self.date_time_string(path.stat().st_mtime))
        self.end_headers()
        return BytesIO(body)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send piece by piece, each when the line has room for it."""
        while piece := source.read(CHUNK):
            time.sleep(self._link.reserve(len(piece)))
            self._meter.add(len(piece))
            outputfile.write(piece)

    def find_cache_rule(self, kept: bool) -> str:
        """GitHub Pages lets everything be kept for ten minutes."""
        return "max-age=600"
