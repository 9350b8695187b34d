"""What other sites are told: Open Graph always, oEmbed and pictures where the site knows its address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gradus.sitegen.figures import Figures
from gradus.sitegen.model import Course
from gradus.sitegen.pages import draft_site, render_site
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import Project
from gradus.sitegen.publication import read_address
from sitegen.conftest import make_assets
from sitegen.page_reader import Element, read_page


def find_properties(page: Element) -> dict[str, str]:
    found = (element.attributes for element in page.find_all("meta") if "property" in element.attributes)
    return {each["property"]: each["content"] for each in found}


def test_every_page_says_what_it_is(tiny_pages: dict[str, Element]) -> None:
    for name, page in tiny_pages.items():
        properties = find_properties(page)
        assert properties["og:site_name"] == "Gradus"
        assert properties["og:title"] and properties["og:description"], name
        assert not {"og:url", "og:image"} & properties.keys()
    assert find_properties(tiny_pages["ch01/counting/index.html"])["og:type"] == "article"


def test_a_site_that_knows_its_address_offers_lessons_to_others(
    tiny_project: Project,
    tiny_course: Course,
    tiny_outputs: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GRADUS_URL", "https://you.example/course")
    files = render_site(draft_site(tiny_project, tiny_course), tiny_outputs, make_assets(), Figures(tmp_path))
    for address in ("ch01/counting/", "ch01/halving/"):
        page = read_page(files[f"{address}index.html"].decode())
        properties = find_properties(page)
        assert properties["og:url"] == f"https://you.example/course/{address}"
        if picture := properties.get("og:image"):
            assert picture.removeprefix("https://you.example/course/") in files
        (link,) = (each for each in page.find_all("link") if "oembed" in each.attributes.get("type", ""))
        assert link.attributes["href"] == f"https://you.example/course/{address}oembed.json"
        about = json.loads(files[f"{address}oembed.json"])
        assert (about["version"], about["type"]) == ("1.0", "rich")
        (frame,) = read_page(about["html"]).find_all("iframe")
        assert frame.attributes["src"] == f"https://you.example/course/{address}embed/"
        assert f"{address}embed/index.html" in files
    assert "og:image" in find_properties(read_page(files["ch01/counting/index.html"].decode()))


def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADUS_URL", "you.example/course")
    with pytest.raises(BuildProblem, match="GRADUS_URL"):
        read_address()
