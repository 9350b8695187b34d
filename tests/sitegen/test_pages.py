"""Pages of the miniature course: complete without scripts, sound in every link, and nothing inline."""

from __future__ import annotations

import posixpath
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from gradus.sitegen.figures import Figures
from gradus.sitegen.model import Course
from gradus.sitegen.pages import draft_site, render_site
from gradus.sitegen.project import Project
from sitegen.conftest import ADDRESSES, HEAD_START, make_assets
from sitegen.page_reader import Element


def test_makes_every_page(tiny_files: dict[str, bytes]) -> None:
    assert {name for name in tiny_files if not name.startswith(("assets/", "figures/"))} == {
        "index.html",
        "404.html",
        "gradus.json",
        "playground/index.html",
        "ch01/index.html",
        "ch01/counting/index.html",
        "ch01/counting/embed/index.html",
        "ch01/counting/counting.ipynb",
        "ch01/halving/index.html",
        "ch01/halving/embed/index.html",
        "ch01/halving/halving.ipynb",
    }


def test_makes_the_same_pages_twice(
    tiny_project: Project,
    tiny_course: Course,
    tiny_outputs: dict[str, Any],
    tiny_files: dict[str, bytes],
    tmp_path: Path,
) -> None:
    draft = draft_site(tiny_project, tiny_course)
    assert render_site(draft, tiny_outputs, make_assets(), Figures(tmp_path)) == tiny_files


def test_pages_hold_no_inline_style_and_only_one_script(tiny_pages: dict[str, Element]) -> None:
    for page in tiny_pages.values():
        for element in page.walk():
            assert element.tag != "style"
            assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
            if element.tag == "script":
                data = element.attributes.get("type") == "application/json"
                assert data or "src" in element.attributes or element.text == HEAD_START


def test_pages_are_fit_for_readers_and_machines(tiny_pages: dict[str, Element]) -> None:
    for name, page in tiny_pages.items():
        (html,) = page.find_all("html")
        assert html.attributes["lang"] == "en"
        assert [element.tag for element in page.walk()].count("h1") == 1, name
        assert len(page.find_all("main")) == 1
        (title,) = page.find_all("title")
        assert title.text.endswith("Gradus") or name == "index.html"
        ids = [element.attributes["id"] for element in page.walk() if "id" in element.attributes]
        assert len(ids) == len(set(ids)), name
        levels = [int(element.tag[1]) for element in page.walk() if element.tag in ("h1", "h2", "h3", "h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        assert all(image.attributes["alt"] for image in page.find_all("img"))


def test_every_address_is_relative_and_leads_somewhere(
    tiny_pages: dict[str, Element], tiny_files: dict[str, bytes]
) -> None:
    known = {*tiny_files, *ADDRESSES.values()}
    for name, page in tiny_pages.items():
        for element in page.walk():
            for key in ("href", "src"):
                address = element.attributes.get(key)
                if address is None or address.startswith("https://www.python.org"):
                    continue
                assert not address.startswith("/") and "://" not in address
                target = urlsplit(urljoin(f"https://host/a/b/{name}", address))
                assert target.path.startswith("/a/b/"), f"{name}: {address}"
                path = target.path.removeprefix("/a/b/")
                path = posixpath.join(path, "index.html") if path.endswith("/") or not path else path
                assert path in known, f"{name}: {address}"
                if target.fragment:
                    ids = {each.attributes.get("id") for each in tiny_pages[path].walk()}
                    assert target.fragment in ids, f"{name}: {address}"
