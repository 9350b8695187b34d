"""Loads the templates and fills in what every page needs."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from gradus.sitegen.markdown_links import find_root
from gradus.sitegen.pages_views import PageView
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.security_policy import check_page, write_policy


@dataclass(frozen=True)
class Site:
    """What the site says about itself."""

    name: str = "Gradus"
    description: str = (
        "Course pages whose Python runs where it is read: change a number and see what follows."
    )


SITE = Site()


def find_ids(folder: Path, *names: str) -> frozenset[str]:
    """List the ids that templates write out, so that no heading takes them and links may lead to them."""
    texts = ((folder / name).read_text(encoding="utf-8") for name in names)
    return frozenset(found for text in texts for found in re.findall(r'\bid="([\w-]+)"', text))


class Templates:
    """The templates of a site, with the addresses that they may link to."""

    def __init__(
        self, folder: Path, addresses: Mapping[str, str], head_start: str, published: str | None = None
    ) -> None:
        """Load from `folder`; `addresses` are from the site's root, by the names that templates use.

        `head_start` is the script that may stand in pages; `published` is the root's own address, where it
        is known.
        """
        self._folder = folder
        self._published = published
        self._head_start = head_start
        self._addresses = addresses
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )

    def render(self, name: str, address: str, page: PageView, **context: Any) -> bytes:
        """Render a template for the page at `address`, in which all links are relative.

        Raises BuildProblem with the template's line where it can't be filled in, or with the page's where the
        page has something inline.
        """
        root = find_root(address)

        def asset(wanted: str) -> str:
            return root + self._addresses[wanted]

        try:
            template = self._environment.get_template(name)
            context["published"] = self._published and self._published + address
            html = template.render(
                root=root,
                site=SITE,
                page=page,
                asset=asset,
                policy=write_policy(self._head_start),
                head_start=Markup(self._head_start),
                **context,
            )
        except (TemplateError, KeyError) as error:
            raise self._describe(name, error) from None
        check_page(address or name, html, self._head_start)
        return html.encode()

    def _describe(self, name: str, error: Exception) -> BuildProblem:
        message = f"there is no asset {error}" if isinstance(error, KeyError) else str(error)
        line = getattr(error, "lineno", None)
        path = Path(getattr(error, "filename", None) or self._folder / name)
        if line is None:
            # Jinja shows templates' own lines in tracebacks; the deepest is the one to look at.
            for frame in traceback.extract_tb(error.__traceback__):
                if Path(frame.filename).parent == self._folder:
                    path, line = Path(frame.filename), frame.lineno
        return BuildProblem(message, path, line)
