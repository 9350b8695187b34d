"""Lesson 3 in the reader's browser: every cell and every preset runs and gives what the page promised."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.cells import await_run, find_cell
from browser.conftest import LESSON_FILE
from gradus.sitegen.lesson import parse_lesson
from gradus.sitegen.model import Lesson

CELLS = [cell.id for cell in parse_lesson(LESSON_FILE).code_cells]

# The curriculum's table: what the reader must see, by cell.
NUMBERS = {
    "derivative": ["6.000000"],
    "partial": ["df/dx = 6.0000", "df/dy = 6.0000"],
    "gradient": ["[6, 6]"],
    "descent": ["0.000054", "0.000071", "7.957e-09"],
    "chain-rule": ["-12", "-6"],
    "regression": ["y = 1.980x + 0.975", "0.207151"],
    "two-features": ["1.028", "2.057", "2.948"],
}

# Keeps what a cell's pictures look like now, and says how large they are, in device pixels.
KEEP_PICTURES = """async (cell) => {
    const read = async (shown) => {
        // Those further down come only when they are scrolled to, and have no address before that.
        if (shown.naturalWidth === 0) {
            await new Promise((resolve, reject) => {
                shown.onload = resolve;
                shown.onerror = () => reject(new Error(`no picture: ${shown.src}`));
            });
        }
        // An element of its own, without a density: the page's has CSS pixels for its natural size.
        const image = new Image();
        image.src = shown.currentSrc;
        await image.decode();
        const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, canvas.width, canvas.height);
    };
    cell.before = cell.now;
    cell.now = await Promise.all([...cell.shadowRoot.querySelectorAll(".output-image img")].map(read));
    return cell.now.map(({ width, height }) => [width, height]);
}"""

# The root mean square difference, of 255, between the pictures kept last and those kept before.
COMPARE_PICTURES = """(cell) => cell.now.map((picture, index) => {
    const before = cell.before[index].data;
    const sum = picture.data.reduce((total, value, i) => total + (value - before[i]) ** 2, 0);
    return Math.sqrt(sum / before.length);
})"""

# The page's pictures have fewer colours, to load fast; nobody sees a difference this small.
UNSEEN = 1


def read_outputs(cell: Locator) -> dict[str, Any]:
    """The texts that a cell shows now, and its pictures' sizes."""
    for image in cell.locator(".output-image img").all():
        image.scroll_into_view_if_needed()
    return {
        "texts": cell.locator(".output-stream, .output-text").all_inner_texts(),
        "pictures": cell.evaluate(KEEP_PICTURES),
    }


@pytest.fixture(scope="module")
def static_outputs(lesson_page: Page) -> dict[str, dict[str, Any]]:
    """What the page showed before anything was run in it."""
    return {cell: read_outputs(find_cell(lesson_page, cell)) for cell in CELLS}


@pytest.fixture(scope="module")
def run_page(lesson_page: Page, static_outputs: dict[str, Any]) -> Page:
    """The lesson after Run all."""
    lesson_page.get_by_role("button", name="Run all").click()
    await_run(find_cell(lesson_page, CELLS[-1]))
    return lesson_page


@pytest.mark.parametrize("cell_id", CELLS)
def test_a_cell_runs_and_gives_what_the_page_showed(
    run_page: Page, static_outputs: dict[str, Any], cell_id: str
) -> None:
    cell = find_cell(run_page, cell_id)
    expect(cell).to_have_attribute("state", "done")
    live = read_outputs(cell)
    assert live == static_outputs[cell_id]
    assert live["texts"] or live["pictures"]
    for number in NUMBERS.get(cell_id, []):
        assert number in "\n".join(live["texts"])
    assert all(width > 0 and height > 0 for width, height in live["pictures"])
    assert all(difference < UNSEEN for difference in cell.evaluate(COMPARE_PICTURES))


def test_every_number_of_the_table_has_its_cell() -> None:
    assert set(NUMBERS) <= set(CELLS)


def test_figures_are_sharp_and_sized_in_css_pixels(run_page: Page) -> None:
    image = find_cell(run_page, "regression").locator("img")
    size = image.evaluate("i => [i.naturalWidth / i.width, i.naturalHeight / i.height]")
    assert size == pytest.approx([2, 2], rel=0.01)


@pytest.mark.only_browser("chromium")
@pytest.mark.parametrize("cell_id", CELLS)
def test_presets_meet_their_expectations(run_page: Page, lesson: Lesson, cell_id: str) -> None:
    cell = find_cell(run_page, cell_id)
    presets = next(cell.presets for cell in lesson.code_cells if cell.id == cell_id)
    assert presets
    for preset in presets:
        button = cell.locator(".preset").filter(has_text=preset.label).first
        before = cell.locator(".count").inner_text()
        button.click()
        await_run(cell)
        expect(cell.locator(".count")).not_to_have_text(before)
        expect(button).to_have_attribute("aria-pressed", "true")
        answer = cell.evaluate("(cell, expression) => cell.evaluate(expression)", preset.expect)
        assert answer.get("truth") is True, f"{preset.label}: {preset.expect} -> {answer}"
    # The cells below count on this one as the lesson has it.
    before = cell.locator(".count").inner_text()
    cell.get_by_role("button", name="Reset").click()
    cell.get_by_role("button", name="Run", exact=True).click()
    await_run(cell)
    expect(cell.locator(".count")).not_to_have_text(before)
