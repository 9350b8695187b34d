"""A lesson's page: its cells, figures and ways on."""

from __future__ import annotations

import hashlib
import json

import pytest

from gradus.sitegen.analyses import write_analyses
from gradus.sitegen.assets import short_hash
from gradus.sitegen.model import Course
from kernel.checks import Runner
from sitegen.page_reader import Element


@pytest.fixture
def lesson(tiny_pages: dict[str, Element]) -> Element:
    return tiny_pages["ch01/counting/index.html"]


def test_tells_the_script_what_it_needs(lesson: Element, tiny_course: Course) -> None:
    (body,) = lesson.find_all("body")
    assert body.attributes["data-root"] == "../../"
    (config,) = [each for each in lesson.find_all("script") if each.attributes.get("id") == "gradus-config"]
    names = write_analyses(tiny_course.lessons[0])
    assert json.loads(config.text) == {
        "lesson": "ch01/counting",
        "worker": "../../assets/worker.js-1f2e3d4c",
        "runtime": "../../runtime/1.2.3-abc/",
        "kernel": "../../assets/kernel.zip-1f2e3d4c",
        "names": f"../../assets/names/counting-{short_hash(names)}.json",
        "start": None,
        "packages": [],
        "imports": [],
        "files": [{"url": "../../runtime/1.2.3-abc/pyodide.mjs", "bytes": 12}],
    }


def test_cells_hold_their_source_presets_and_outputs(lesson: Element, tiny_course: Course) -> None:
    cells = lesson.find_all("gradus-cell")
    written = tiny_course.lessons[0].code_cells
    assert [cell.attributes["cell"] for cell in cells] == [cell.id for cell in written]
    for element, cell in zip(cells, written, strict=True):
        assert element.attributes["id"] == f"cell-{cell.id}"
        assert element.attributes["state"] == "static"
        code, shown, data = (child for child in element.children if isinstance(child, Element))
        assert (code.attributes["class"], shown.attributes["class"]) == ("cell-code", "outputs")
        assert code.text == cell.source
        assert json.loads(data.text) == {
            "id": cell.id,
            "hash": hashlib.sha256(cell.source.encode()).hexdigest()[:16],
            "source": cell.source,
            "presets": [
                {
                    "label": preset.label,
                    "changes": [list(change) for change in preset.changes],
                    "source": preset.source,
                    "lines": list(preset.lines),
                }
                for preset in cell.presets
            ],
        }
        assert shown.children, cell.id


def test_outputs_are_in_the_page(lesson: Element) -> None:
    outputs = {
        cell.attributes["cell"]: [
            (each.attributes["class"], each.attributes.get("data-name"), each.text)
            for each in cell.walk()
            if "output" in each.attributes.get("class", "").split()
        ]
        for cell in lesson.find_all("gradus-cell")
    }
    assert outputs["sum"] == [
        ("output output-stream", "stdout", "counted to 100\n"),
        ("output output-text", None, "5050"),
    ]
    assert outputs["streams"] == [
        ("output output-stream", "stdout", "out 1\nout 2\n"),
        ("output output-stream", "stderr", "err\n"),
        ("output output-stream", "stdout", "<b>not bold</b> & so on\n"),
    ]
    assert outputs["table"] == [("output output-html", None, "001124")]
    assert [kind for kind, *_ in outputs["drawing"] + outputs["pixels"]] == ["output output-image"] * 2
    assert outputs["wait"] == [("output output-text", None, "'waited'")]


def test_figures_have_sizes_descriptions_and_captions(lesson: Element, tiny_files: dict[str, bytes]) -> None:
    drawing, pixels = (each for cell in lesson.find_all("gradus-cell") for each in cell.find_all("figure"))
    (image,) = drawing.find_all("img")
    assert image.attributes["alt"] == "A circle of radius 20 in the middle of a square."
    assert (image.attributes["width"], image.attributes["height"]) == ("100", "100")
    assert b"<circle" in tiny_files[image.attributes["src"].removeprefix("../../")]
    (caption,) = drawing.find_all("figcaption")
    # The live cell's styles don't reach KaTeX's; MathML needs none.
    assert caption.find_all("math") and not caption.find_all("span")
    (image,) = pixels.find_all("img")
    assert image.attributes["alt"] == "Grey pixels, darker to the left"
    assert (image.attributes["width"], image.attributes["height"]) == ("32", "32")


def test_leads_on_without_dead_links(tiny_pages: dict[str, Element], lesson: Element) -> None:
    (nav,) = lesson.find_all("nav", "lesson-nav")
    assert "Next Halving" in " ".join(nav.text.split())
    assert nav.find_all("a")[0].attributes["href"] == "../../ch01/halving/"
    (nav,) = tiny_pages["ch01/halving/index.html"].find_all("nav", "lesson-nav")
    assert "Next Weighing (not written yet)" in " ".join(nav.text.split())
    assert nav.find_all("a")[0].text == "Counting: text, outputs & presets"
    listed = tiny_pages["ch01/index.html"].find_all("ol", "lesson-list")[0]
    assert [each.text for each in listed.find_all("a")] == ["Counting: text, outputs & presets", "Halving"]
    assert "Weighing" in listed.text


def test_table_of_contents_lists_the_sections(lesson: Element) -> None:
    (contents,) = lesson.find_all("nav", "toc")
    assert [(each.attributes["href"], each.text) for each in contents.find_all("a")][:2] == [
        ("#text", "1. Text"),
        ("#text-outputs", "2. Text outputs"),
    ]


def test_presets_of_the_miniature_course_keep_their_word(tiny_course: Course) -> None:
    for lesson in tiny_course.lessons:
        for index, cell in enumerate(lesson.code_cells):
            for preset in cell.presets:
                runner = Runner()
                for source in [*(above.source for above in lesson.code_cells[:index]), preset.source]:
                    assert runner.run(source).result.status == "ok"
                assert runner.session.evaluate(preset.expect), f"{cell.id}: {preset.label}"
