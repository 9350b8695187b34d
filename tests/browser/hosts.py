"""Other people's pages that carry cells of ours: on an origin of their own, in a folder made for the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradus.sitegen.serve import serving

# A page of another origin has to fetch from ours: that is what embedding is.
FROM_OUR_SITE = r"^request to another origin: http://localhost:\d+/course/"


@contextmanager
def serving_page(folder: Path, body: str) -> Iterator[str]:
    """Serve one plain page; gives its address."""
    write_page(folder, body)
    with serving(folder) as url:
        yield url


def write_page(folder: Path, body: str, head: str = "") -> None:
    """Write a plain page as a folder's first one."""
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A host</title>\n{head}</head>\n'
        f"<body>{body}</body></html>",
        encoding="utf-8",
    )
    (folder / "favicon.ico").write_bytes(b"")


# Every message that reaches the page, by what it is about; the test reads them as `window.heard`.
LISTEN = """<script>
window.heard = [];
addEventListener("message", (event) => heard.push({ origin: event.origin, ...event.data }));
</script>"""
