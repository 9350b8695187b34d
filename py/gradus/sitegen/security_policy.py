"""The Content-Security-Policy of every page, and the check that no page needs more than it allows."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

from gradus.sitegen.problem import BuildProblem

POLICY = {
    # Whatever isn't named below: frames, objects, media, manifests, prefetching.
    "default-src": "'none'",
    # Our own files, and WebAssembly, which is what Python is. No `eval`, no other origin, and inline only the
    # script whose hash `write_policy` adds.
    "script-src": "'self' 'wasm-unsafe-eval'",
    # Our own style sheets. Scripts go through the CSSOM and constructed sheets, which need no permission.
    "style-src": "'self'",
    # Figures of the page are files; those that a reader's own run draws are `data:`.
    "img-src": "'self' data:",
    "font-src": "'self'",
    # Python's own files, which the worker fetches. No program of a reader's reaches another origin.
    "connect-src": "'self'",
    # The worker is made from a blob, which inherits this policy. Not 'self': a worker made from a file takes
    # its policy from that file's headers, and a static host sets none.
    "worker-src": "blob:",
    # These two don't follow `default-src`.
    "form-action": "'none'",
    "base-uri": "'none'",
}
"""Directive → sources. It stands in a `<meta>`, because static hosts set no headers; a `<meta>` can't say
`frame-ancestors`, so any page may embed these, which is wanted."""

DATA_BLOCKS = ("application/json", "application/ld+json")
"""Types of `<script>` that no browser runs."""


def write_policy(script: str) -> str:
    """The policy as a `<meta http-equiv="Content-Security-Policy">` has it; `script` may stand in pages."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    own = {**POLICY, "script-src": f"{POLICY['script-src']} 'sha256-{digest}'"}
    return "; ".join(f"{directive} {sources}" for directive, sources in own.items())


def check_page(address: str, html: str, script: str) -> None:
    """Raise BuildProblem if a page lacks the policy, or has what that would block: inline scripts and styles.

    `script` is the only one that may stand in it. The problem's place is the page's address in the site and
    the line there.
    """
    reader = _PolicyReader(address, script)
    reader.feed(html)
    reader.close()
    if not reader.protected:
        raise BuildProblem("the page has no Content-Security-Policy", address)


class _PolicyReader(HTMLParser):
    def __init__(self, address: str, script: str) -> None:
        super().__init__()
        self.protected = False
        self._address = address
        self._script = script
        self._inline: tuple[int, list[str]] | None = None
        """The line of an inline script that hasn't ended, and what of it has been read."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "content-security-policy":
            if attributes.get("content") != write_policy(self._script):
                self._refuse("another Content-Security-Policy than the site's")
            self.protected = True
        elif tag in ("script", "link") and not self.protected:
            self._refuse(f"<{tag}> before the Content-Security-Policy")
        if tag == "script" and not attributes.get("src") and attributes.get("type") not in DATA_BLOCKS:
            self._inline = self.getpos()[0], []
        if tag == "style":
            self._refuse("an inline <style>")
        for name, value in attributes.items():
            if name == "style" or name.startswith("on"):
                self._refuse(f"an inline {name}=")
            if (value or "").strip().lower().startswith("javascript:"):
                self._refuse("a javascript: address")

    # `<path/>` and its like, which the base class tells apart.
    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        if self._inline:
            self._inline[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._judge_script()

    def close(self) -> None:
        super().close()
        self._judge_script()

    def _judge_script(self) -> None:
        if self._inline:
            (line, text), self._inline = self._inline, None
            # Whatever its attributes: the policy goes by the text alone.
            if "".join(text) != self._script:
                self._refuse("an inline <script>", line)

    def _refuse(self, what: str, line: int | None = None) -> None:
        raise BuildProblem(f"the page has {what}", self._address, line or self.getpos()[0])
