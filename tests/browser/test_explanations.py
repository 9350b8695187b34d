"""What a reader is told when a run fails or goes quietly wrong, in words, shapes and values."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.cells import await_run, find_cell, press_run, run_code


@pytest.fixture
def cell(lesson_page: Page) -> Locator:
    """A cell to try things in that no other cell needs."""
    return find_cell(lesson_page, "two-features")


def find_explanation(cell: Locator) -> Locator:
    return cell.locator(".output-explanation")


def explain(cell: Locator, program: str, state: str = "error") -> Locator:
    run_code(cell, program, state)
    explanation = find_explanation(cell)
    expect(explanation).to_have_count(1)
    return explanation


def read_values(explanation: Locator) -> dict[str, str]:
    rows = explanation.get_by_role("row").all()
    return {row.locator("th").inner_text(): row.locator("td").inner_text() for row in rows}


def test_shapes_that_do_not_fit_are_drawn(cell: Locator) -> None:
    explanation = explain(cell, "import numpy as np\nM = np.ones((6, 2))\nv = np.ones(3)\nM @ v")
    expect(explanation.get_by_role("paragraph")).to_contain_text("M has 2 columns and v has 3 entries")
    drawing = explanation.get_by_role("img")
    expect(drawing).to_have_accessible_name(
        "M, shape (6, 2), @ v, shape (3,): 2 columns and 3 entries do not fit."
    )
    expect(drawing.locator(".shape-size")).to_have_text(["2", "6", "3"])
    # The sizes that are in the way stand in boxes, on sides of another make: not by colour alone.
    expect(drawing.locator(".shape-wrong")).to_have_text(["2", "3"])
    expect(drawing.locator(".shape-badge, .shape-mismatch")).to_have_count(4)
    sizes = drawing.locator(".shape-box").evaluate_all(
        "boxes => boxes.map((box) => [box.width.baseVal.value, box.height.baseVal.value])"
    )
    (width, height), (upright, length) = sizes
    assert height == 3 * width and length > upright
    boxes = [each.bounding_box() for each in drawing.locator(".shape").all()]
    host = cell.bounding_box()
    assert host and all(box and box["x"] + box["width"] <= host["x"] + host["width"] for box in boxes)


@pytest.mark.only_browser("chromium")
def test_the_values_of_the_failing_line_are_told(cell: Locator) -> None:
    program = "def mean(numbers):\n    n = len(numbers)\n    return sum(numbers) / n\nmean([])"
    explanation = explain(cell, program)
    expect(explanation.get_by_role("table")).to_have_accessible_name("On line 3 of Two features")
    assert read_values(explanation) == {"numbers": "[]", "n": "0"}
    line = cell.locator(".cm-error-line")
    expect(line).to_have_text("    return sum(numbers) / n")
    expect(line).to_have_attribute("data-values", "numbers = []; n = 0")
    editor = cell.locator(".cm-content")
    expect(editor).to_have_attribute("aria-description", re.compile(r"line 3.*numbers = \[\]; n = 0\.$"))
    # The values are to be seen there, and are no part of the code.
    shown = line.evaluate("line => getComputedStyle(line, '::after').content")
    # Browsers name the attribute, or what it holds.
    assert "attr(data-values)" in shown or "n = 0" in shown
    assert cell.evaluate("cell => cell.source") == program
    expect(cell.locator(".status")).to_contain_text("ZeroDivisionError on line 3. Explained below.")


@pytest.mark.only_browser("chromium")
def test_words_come_first_and_a_long_traceback_is_folded(cell: Locator) -> None:
    chain = "".join(f"def f{n}():\n    f{n + 1}()\n" for n in range(4))
    explain(cell, f"{chain}def f4():\n    1 / 0\nf0()")
    classes = cell.locator(".outputs > *").evaluate_all("views => views.map((view) => view.className)")
    assert classes == ["output output-explanation", "output output-error"]
    error = cell.locator(".output-error")
    expect(error.locator("> pre")).to_have_text("ZeroDivisionError: division by zero")
    frames = error.get_by_text("Traceback (most recent call last)")
    expect(frames).to_be_hidden()
    error.get_by_text("Traceback", exact=True).focus()
    cell.page.keyboard.press("Enter")
    expect(frames).to_be_visible()
    explain(cell, "1 / 0")
    expect(error.locator("details")).to_have_count(0)
    expect(frames).to_be_visible()


@pytest.mark.only_browser("chromium")
def test_a_misspelt_name_is_found_in_other_cells(cell: Locator) -> None:
    explanation = explain(cell, "second_derivative")
    expect(explanation).to_contain_text("Nothing here is called second_derivative.")
    expect(explanation).to_contain_text("Did you mean second_derivatives? The cell “Rate limit”, above,")
    explanation = explain(cell, "learning_rate = 1\nlearning_rat")
    expect(explanation.get_by_role("list")).to_have_text("Did you mean learning_rate?")


@pytest.mark.only_browser("chromium")
def test_a_name_is_found_in_a_cell_below(lesson_page: Page) -> None:
    explanation = explain(find_cell(lesson_page, "rate-limit"), "linear_regression_multi")
    expect(explanation).to_contain_text("The cell “Multi”, below, defines it: run that one first.")


@pytest.mark.only_browser("chromium")
def test_a_missing_package_says_which_there_are(cell: Locator) -> None:
    explanation = explain(cell, "import torch")
    expect(explanation).to_contain_text("There is no module torch here.")
    expect(explanation).to_contain_text("there are matplotlib and numpy.")


@pytest.mark.only_browser("chromium")
def test_a_matrix_without_inverse_is_noticed(cell: Locator) -> None:
    program = "import numpy as np\nA = np.array([[1.0, 2], [2, 4]])\nB = np.linalg.inv(A)"
    explanation = explain(cell, program, "done")
    expect(explanation).to_contain_text("A has no inverse, because its rows depend on each other")
    assert read_values(explanation)["B"].endswith("[[nan, nan], [nan, nan]]")
    expect(cell.locator(".status")).to_contain_text("There is a note below.")
    solved = explain(cell, program.replace("inv(A)", "solve(A, np.ones(2))").replace("B", "x"), "done")
    expect(solved).to_have_count(1)


QUIET: dict[str, tuple[str, str]] = {
    "it works": ("import numpy as np\nnp.linalg.inv(np.eye(2) * 2)", "done"),
    "the reader's own error": ("raise ValueError('mine')", "error"),
    "an exit": ("import sys\nsys.exit()", "stopped"),
    "a descent that arrives": (
        "w, rate, losses = 5.0, 0.1, []\nfor step in range(30):\n"
        "    losses.append(w * w)\n    w = w - rate * 2 * w",
        "done",
    ),
    "numbers that grow": ("history = [2**k for k in range(40)]", "done"),
}


@pytest.mark.only_browser("chromium")
@pytest.mark.parametrize("program, state", QUIET.values(), ids=QUIET.keys())
def test_nothing_is_said(cell: Locator, program: str, state: str) -> None:
    run_code(cell, program, state)
    expect(find_explanation(cell)).to_have_count(0)


@pytest.mark.only_browser("chromium")
def test_a_diverging_loss_is_noticed_with_the_rate_that_works(lesson_page: Page) -> None:
    for name, preset, limit in (
        ("regression", "Rate 0.05 diverges", "must stay below 0.02905 for this X: that is 2/λ"),
        ("descent", "Diverging", "must stay below 1: that is 2/λ"),
    ):
        cell = find_cell(lesson_page, name)
        press_run(cell)
        await_run(cell)
        expect(find_explanation(cell)).to_have_count(0)
        button = cell.locator(".preset").filter(has_text=preset).first
        before = cell.locator(".count").inner_text()
        button.click()
        await_run(cell)
        expect(cell.locator(".count")).not_to_have_text(before)
        explanation = find_explanation(cell)
        expect(explanation.get_by_role("paragraph")).to_contain_text("grow from step 1 on")
        expect(explanation).to_contain_text(limit)
        expect(explanation.get_by_role("group")).to_have_count(0)


@pytest.mark.only_browser("chromium")
def test_an_edit_and_a_good_run_take_it_away(cell: Locator) -> None:
    explain(cell, "1 / 0")
    run_code(cell, "1 / 1")
    expect(find_explanation(cell)).to_have_count(0)
    expect(cell.locator(".output-error")).to_have_count(0)
    expect(cell.locator(".cm-error-line")).to_have_count(0)


def test_it_fits_a_phone_and_needs_no_colours(cell: Locator, browser_name: str) -> None:
    page = cell.page
    explanation = explain(cell, "import numpy as np\nM = np.ones((60, 20))\nV = np.ones((50, 30))\nM @ V")
    size: Any = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 800})
    try:
        assert explanation.evaluate("view => view.scrollWidth <= view.clientWidth")
        if browser_name == "chromium":
            page.emulate_media(forced_colors="active")
            stroke = "shape => getComputedStyle(shape).stroke"
            marked = explanation.locator(".shape-mismatch").first
            assert marked.evaluate(stroke) == "rgb(0, 0, 0)"
    finally:
        if browser_name == "chromium":
            page.emulate_media(forced_colors="none")
        page.set_viewport_size(size)
