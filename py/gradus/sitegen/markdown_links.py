"""Checks and resolves links: within a page, between lessons, and out of the site."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gradus.sitegen.lesson_names import suggest_name
from gradus.sitegen.markdown import Reference
from gradus.sitegen.problem import BuildProblem


@dataclass(frozen=True)
class LinkTable:
    """All that a link inside the site can lead to."""

    pages: Mapping[str, frozenset[str]]
    """Address from the site's root with a slash at its end ("" is the first page) → ids on that page."""
    sources: Mapping[Path, str]
    """Lesson or chapter file, resolved → address of its page."""

    def check(self, link: Reference, page: str, path: Path) -> None:
        """Raise `BuildProblem` with the link's line in `path` if it leads nowhere from `page`."""
        parts = urlsplit(link.address)
        if parts.scheme or parts.netloc:
            if parts.scheme not in _OUTWARD:
                advice = f"links out of the site begin with {', '.join(_OUTWARD)}"
                raise BuildProblem(f'the link "{link.address}" can\'t be followed; {advice}', path, link.line)
            return
        target = self._find_page(parts.path, page, path)
        if target is None:
            known = {file.name for file in self.sources}
            advice = suggest_name(posixpath.basename(parts.path), known, "pages")
            raise BuildProblem(f'the link "{link.address}" leads nowhere; {advice}', path, link.line)
        anchor = unquote(parts.fragment)
        if anchor and anchor not in self.pages[target]:
            # The id of a cell's element isn't the cell's: a heading may have the same words.
            cell, ids = f"cell-{anchor}", self.pages[target]
            advice = suggest_name(cell if cell in ids else anchor, ids, "targets")
            raise BuildProblem(f'the link "{link.address}" has no target; {advice}', path, link.line)

    def resolve(self, address: str, page: str, path: Path) -> str:
        """Return a checked address as `page` needs it: relative, of a page where the author named a file."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return address
        target = self._find_page(parts.path, page, path)
        anchor = f"#{parts.fragment}" if parts.fragment else ""
        if target is None or (target == page and anchor):
            return anchor or address
        return (find_root(page) + target or "./") + anchor

    def _find_page(self, address: str, page: str, path: Path) -> str | None:
        if not address:
            return page
        file = (path.parent / unquote(address)).resolve()
        if file in self.sources:
            return self.sources[file]
        found = posixpath.normpath(posixpath.join("/", page, unquote(address))).strip("/")
        found = f"{found}/" if found else ""
        return found if found in self.pages and not address.startswith("/") else None


def find_root(page: str) -> str:
    """Return the relative way from a page to the site's root: "../../" for "ch03/gradients/", "" for ""."""
    return "../" * page.count("/")


_OUTWARD = ("https", "http", "mailto")
