"""The miniature course, built with what CPython makes of its cells."""

from __future__ import annotations

from typing import Any

import pytest

from gradus.sitegen.assets import Assets
from gradus.sitegen.chapter import read_course
from gradus.sitegen.figures import Figures
from gradus.sitegen.model import Course
from gradus.sitegen.outputs import Output
from gradus.sitegen.pages import draft_site, render_site
from gradus.sitegen.project import ROOT, Project
from kernel.checks import Runner
from sitegen.page_reader import Element, read_page

TINY_SITE = ROOT / "tests" / "tinysite"
ADDRESSES = {
    name: f"assets/{name}-1f2e3d4c"
    for name in (
        "page.css",
        "page.js",
        "embed.css",
        "embed.js",
        "worker.js",
        "kernel.zip",
        "icon.svg",
        "text-font",
    )
}


HEAD_START = "begin();"


class FakeRuntime:
    """A runtime of which only the addresses count."""

    address = "runtime/1.2.3-abc/"

    def files_for(self, packages: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
        return tuple((f"{self.address}{name}", 12) for name in ("pyodide.mjs", *packages))


def make_assets() -> Assets:
    """Assets of which only the addresses count."""
    return Assets(ADDRESSES, HEAD_START, FakeRuntime())  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def tiny_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(ROOT, TINY_SITE, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def tiny_course(tiny_project: Project) -> Course:
    return read_course(tiny_project.lessons)


@pytest.fixture(scope="session")
def tiny_outputs(tiny_course: Course) -> dict[str, dict[str, list[Output]]]:
    """What CPython makes of the cells; each must run."""
    found: dict[str, dict[str, list[Output]]] = {}
    for lesson in tiny_course.lessons:
        runner = Runner()
        found[lesson.address] = {}
        for cell in lesson.code_cells:
            run = runner.run(cell.source, cell.id, pixel_ratio=2.0)
            assert run.result.status == "ok", run.outputs
            found[lesson.address][cell.id] = run.messages
    return found


@pytest.fixture(scope="session")
def tiny_files(
    tiny_project: Project,
    tiny_course: Course,
    tiny_outputs: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, bytes]:
    """All files of the site."""
    figures = Figures(tmp_path_factory.mktemp("figures"))
    return render_site(draft_site(tiny_project, tiny_course), tiny_outputs, make_assets(), figures)


@pytest.fixture(scope="session")
def tiny_pages(tiny_files: dict[str, bytes]) -> dict[str, Element]:
    """All pages of the site, parsed."""
    return {name: read_page(data.decode()) for name, data in tiny_files.items() if name.endswith(".html")}
