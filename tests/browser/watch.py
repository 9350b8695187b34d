"""Watches browser contexts for everything that a healthy page never does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Firefox says this of a formula that it lays out while the page is still coming in, before the rest of it is
# there. That formulas are whole once the page has loaded is tested in test_page.py.
UNFINISHED_FORMULA = re.compile(r"^uncaught: Incorrect number of children for <m\w+/> tag\.$")
# Firefox says this of a font that it has called off itself (NS_BINDING_ABORTED), because the page was closed
# while the font was still coming. One that isn't there has another status, and its answer is judged as well.
CALLED_OFF = re.compile(r"^uncaught: download failed \(font-family: .* status=2152398850 ")


class Watch:
    """Collects console errors, uncaught exceptions, failed answers and requests to another origin."""

    def __init__(self, expected: Sequence[str] = ()) -> None:
        self.problems: list[str] = []
        self._expected = expected
        self._origin: str | None = None
        self._open: list[BrowserContext] = []

    def attach(self, context: BrowserContext) -> None:
        """Watch a context's pages from now on, until it is closed."""
        self._open.append(context)
        context.on("close", self._forget)
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        context.on("request", self._follow)
        context.on("response", self._judge)

    def check(self) -> None:
        """Raise AssertionError unless each problem matches one of the expected patterns."""
        for context in self._open:
            # A question that is asked last is answered last: by then everything that happened has been heard.
            context.cookies()
        expected = [*self._expected, UNFINISHED_FORMULA, CALLED_OFF]
        surprises = [p for p in self.problems if not any(re.search(e, p) for e in expected)]
        assert not surprises, "the page misbehaved:\n" + "\n".join(surprises)

    def _forget(self, context: BrowserContext) -> None:
        self._open.remove(context)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location.get('url', '?')})")

    def _catch(self, error: WebError) -> None:
        self.problems.append(f"uncaught: {error.error}")

    def _follow(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob", "about"):
            return
        origin = f"{parts.scheme}://{parts.netloc}"
        # The first page that a test opens says where home is.
        self._origin = self._origin or origin
        if origin != self._origin:
            self.problems.append(f"request to another origin: {request.url}")

    def _judge(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"status {response.status}: {response.url}")
