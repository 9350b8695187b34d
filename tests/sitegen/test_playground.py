"""The playground's page and its list of programs: every cell and preset of the lessons, fit to run alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gradus.sitegen.chapter import read_course
from gradus.sitegen.model import Course, Lesson
from gradus.sitegen.pages_drafts import draft_course
from gradus.sitegen.playground import list_packages, name_cell, write_catalog
from gradus.sitegen.project import ROOT, Project
from kernel.checks import Runner
from sitegen.conftest import TINY_SITE
from sitegen.page_reader import Element

Programs = dict[tuple[str, str, str], str]
"""(lesson, cell, preset or "") → the program, as the page's script puts it together."""


def make_catalog(course: Course) -> dict[str, Any]:
    catalog: dict[str, Any] = json.loads(write_catalog(draft_course(course, ROOT / "web" / "templates")))
    return catalog


def compose_programs(catalog: dict[str, Any]) -> Programs:
    programs: Programs = {}
    for lesson in catalog["lessons"]:
        cells = {cell["id"]: cell for section in lesson["sections"] for cell in section["cells"]}
        for cell in cells.values():
            for entry in [cell, *cell["presets"]]:
                parts = [*(cells[needed] for needed in entry["needs"]), entry]
                texts = [f"{part['heading']}\n{part['source'].rstrip()}\n" for part in parts]
                programs[lesson["address"], cell["id"], entry.get("label", "")] = "\n".join(texts)
    return programs


def list_entries(lessons: tuple[Lesson, ...]) -> dict[tuple[str, str, str], str]:
    """Every cell and preset with its own source."""
    entries = {}
    for lesson in lessons:
        for cell in lesson.code_cells:
            entries[lesson.address, cell.id, ""] = cell.source
            for preset in cell.presets:
                entries[lesson.address, cell.id, preset.label] = preset.source
    return entries


TINY_PROGRAMS = compose_programs(make_catalog(read_course(TINY_SITE)))


@pytest.mark.parametrize("folder", [TINY_SITE, Project().lessons], ids=["tinysite", "course"])
def test_every_cell_and_preset_is_there_and_ends_its_program(folder: Path) -> None:
    course = read_course(folder)
    programs = compose_programs(make_catalog(course))
    entries = list_entries(course.lessons)
    assert list(programs) == list(entries)
    for key, program in programs.items():
        assert program.endswith(f"\n{entries[key].rstrip()}\n")


@pytest.mark.parametrize("key", [pytest.param(key, id="-".join(key)) for key in TINY_PROGRAMS])
def test_a_program_runs_alone(key: tuple[str, str, str], tiny_course: Course) -> None:
    """And comes to what the preset says."""
    runner = Runner()
    run = runner.run(TINY_PROGRAMS[key])
    assert run.result.status == "ok", run.outputs
    address, cell_id, label = key
    (lesson,) = (each for each in tiny_course.lessons if each.address == address)
    for cell in lesson.code_cells:
        for preset in cell.presets:
            if (cell.id, preset.label) == (cell_id, label):
                check = runner.run(f"print(bool({preset.expect}))")
                assert check.only["text"] == "True\n"


def test_a_program_holds_what_it_needs_and_nothing_else() -> None:
    assert TINY_PROGRAMS["ch01/halving", "again", ""].startswith("# %% Start\nvalue = 8\n")
    assert TINY_PROGRAMS["ch01/counting", "streams", "Louder"].startswith(
        "# %% Streams: Louder\nimport sys\n"
    )


def test_sections_are_those_of_the_lesson() -> None:
    counting, halving = make_catalog(read_course(TINY_SITE))["lessons"]
    assert [section["title"] for section in counting["sections"]] == [
        "2. Text outputs",
        "3. Rich outputs",
        "4. Names in functions, and waiting",
    ]
    assert [section["title"] for section in halving["sections"]] == ["Starting", "Going on"]
    assert counting["title"] == "Counting: text, outputs & presets"


RUN_ALL = """
import json, sys, time
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
plt.show = lambda: plt.close("all")
for name, program in json.load(sys.stdin):
    try:
        exec(compile(program, name, "exec"), {"__name__": "__main__"})
    except BaseException as error:
        sys.exit(f"{name}: {error!r}")
"""


def test_every_program_of_the_course_runs_alone() -> None:
    """In one process, each in a namespace of its own; what they draw is tested with the lessons."""
    programs = compose_programs(make_catalog(read_course(Project().lessons)))
    named = [(" ".join(key), program) for key, program in programs.items()]
    finished = subprocess.run(
        [sys.executable, "-c", RUN_ALL],
        input=json.dumps(named),
        capture_output=True,
        text=True,
        env={**os.environ, "MPLBACKEND": "agg"},
    )
    assert finished.returncode == 0, finished.stderr


def test_the_playground_has_what_any_lesson_needs(tiny_pages: dict[str, Element]) -> None:
    course = read_course(Project().lessons)
    packages = list_packages(draft_course(course, ROOT / "web" / "templates"))
    assert set(packages) == {package for lesson in course.lessons for package in lesson.packages}
    assert {"matplotlib", "numpy"} <= set(packages)
    config = find_id(tiny_pages["playground/index.html"], "gradus-config").text
    assert json.loads(config)["worker"] == "../assets/worker.js-1f2e3d4c"


def test_the_page_fetches_the_list_and_reads_without_scripts(
    tiny_pages: dict[str, Element], tiny_files: dict[str, bytes], tiny_course: Course
) -> None:
    page = tiny_pages["playground/index.html"]
    part = find_id(page, "playground")
    assert "hidden" in part.attributes
    address = part.attributes["data-catalog"].removeprefix("../")
    assert json.loads(tiny_files[address]) == make_catalog(tiny_course)
    waits = find_id(page, "playground-waits")
    assert "JavaScript" in waits.text
    assert [link.attributes["href"] for link in waits.find_all("a")] == ["../"]


def test_every_page_leads_to_the_playground(tiny_pages: dict[str, Element]) -> None:
    for name, page in tiny_pages.items():
        if "/embed/" in name:
            continue  # It stands in other people's pages, without a header.
        (header,) = page.find_all("header", "site-header")
        links = [link.text for link in header.find_all("a")]
        assert ("Playground" in links) == (name != "playground/index.html")


def find_id(page: Element, wanted: str) -> Element:
    (found,) = (each for each in page.walk() if each.attributes.get("id") == wanted)
    return found


@pytest.mark.parametrize(
    ("cell_id", "name"), [("descent", "Descent"), ("learning-rate", "Learning rate"), ("a__b", "A b")]
)
def test_cells_are_called_as_in_the_page(cell_id: str, name: str) -> None:
    assert name_cell(cell_id) == name
