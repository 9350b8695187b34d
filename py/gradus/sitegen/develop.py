"""Builds, serves and follows changes: what an author has running while writing a lesson."""

from __future__ import annotations

import stat
import subprocess
import sys
import threading
from functools import partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from gradus.sitegen.progress import say
from gradus.sitegen.project import Project
from gradus.sitegen.serve import SiteHandler, open_server
from gradus.sitegen.site import build_site

BUILD_ADDRESS = "__build"
RELOAD_ADDRESS = "__reload.js"
# A file of its own, for pages may forbid inline scripts. It asks only while somebody looks.
RELOAD_SCRIPT = b"""\
const address = new URL("__build", import.meta.url);
const ask = async () => (await fetch(address, { cache: "no-store" })).text();
let shown;
setInterval(async () => {
  if (document.hidden) return;
  const built = await ask().catch(() => shown);
  shown ??= built;
  if (built !== shown) location.reload();
}, 1000);
"""


def develop(project: Project, port: int) -> int:
    """Build the site and serve it until Ctrl+C; when a source changes, build again and reload open pages.

    Raises BuildProblem if the port is taken or the first build fails.
    """
    with open_server(project.site, port, handler=DevelopmentHandler) as server:
        build_site(project)
        threading.Thread(target=partial(_follow, project), daemon=True).start()
        say(f"The course is on http://localhost:{port}/ (Ctrl+C ends it)")
        server.serve_forever()
    return 0


class DevelopmentHandler(SiteHandler):
    """Adds to each page that it serves a script which reloads it after a build; files stay as they are."""

    def send_head(self) -> Any:
        """Answer the two addresses that only exist here, and pages with the script's tag added."""
        address = self.path.partition("?")[0].removeprefix(self.prefix)
        if address == BUILD_ADDRESS:
            return self._send(_build_id(self.folder).encode(), "text/plain")
        if address == RELOAD_ADDRESS:
            return self._send(RELOAD_SCRIPT, "text/javascript")
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if page.suffix == ".html" and page.is_file():
            tag = f'<script type="module" src="{self.prefix}{RELOAD_ADDRESS}"></script>'
            return self._send(page.read_bytes() + tag.encode(), "text/html; charset=utf-8")
        return super().send_head()

    def _send(self, body: bytes, mime: str) -> BinaryIO:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", mime)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)


def list_changes(project: Project) -> dict[str, int]:
    """When each source file was last changed; an editor's hidden files and Python's own are no sources."""
    found = {}
    for folder in (project.lessons, project.web, project.package):
        for path in folder.rglob("*"):
            if "__pycache__" not in path.parts and not path.name.startswith("."):
                try:
                    status = path.stat()
                except FileNotFoundError:
                    # Gone again since it was listed.
                    continue
                if stat.S_ISREG(status.st_mode):
                    found[str(path)] = status.st_mtime_ns
    return found


def _build_id(site: Path) -> str:
    """Changes with each build, for each puts a new folder in place, whoever builds."""
    try:
        status = site.stat()
    except FileNotFoundError:
        # Between the two renames of a swap: asked again in a second.
        return ""
    return f"{status.st_ino}-{status.st_mtime_ns}"


def _follow(project: Project) -> None:
    """Look for changes twice a second; build in another process, for gradus may change too."""
    built = list_changes(project)
    pause = threading.Event()
    while not pause.wait(0.5):
        if (now := list_changes(project)) != built:
            built = now
            subprocess.run([sys.executable, "-m", "gradus.sitegen", "site"], stdin=subprocess.DEVNULL)
