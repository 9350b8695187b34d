"""What a reader does in the playground, as steps for tests; each waits on what the page shows."""

from __future__ import annotations

import json

from playwright.sync_api import Locator, Page, expect

from browser.cells import find_cell
from conftest import Site


def open_playground(page: Page, site: Site) -> None:
    page.goto(f"{site.url}playground/")
    await_playground(page)


def await_playground(page: Page) -> None:
    """Wait until the page has come to life."""
    expect(page.locator("#playground")).to_have_attribute("data-state", "ready")


def find_playground_cell(page: Page) -> Locator:
    return find_cell(page, "playground")


def expect_source(page: Page, source: str) -> None:
    """Wait until the cell's whole text, shown or scrolled away, is this."""
    cell = find_playground_cell(page).element_handle()
    page.wait_for_function("([cell, source]) => cell.source === source", arg=[cell, source])


def await_stored_texts(page: Page, count: int) -> None:
    """Wait until the browser stores so many texts."""
    # A function, not an expression: Firefox would evaluate that in the page, whose policy forbids it.
    page.wait_for_function(
        "count => Object.keys(localStorage).filter((key) => key.includes(':text:')).length === count",
        arg=count,
    )


def type_code(page: Page, source: str) -> None:
    """Replace the code by keyboard: one line, without brackets that the editor would close."""
    code = find_playground_cell(page).locator(".cm-content")
    code.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(source)
    expect_source(page, source)


def press(page: Page, name: str) -> None:
    """Press a button of the page, not of its cell."""
    page.locator(".playground-bar, .playground-panel, .playground-notices").get_by_role(
        "button", name=name, exact=True
    ).first.click()


def pick(page: Page, cell: str, values: str = "") -> None:
    """Open a lesson's cell, or the preset whose label begins so."""
    if page.locator("#picker").is_hidden():
        press(page, "Lesson cells")
    page.get_by_label("Cell", exact=True).select_option(cell)
    options = page.get_by_label("Values", exact=True)
    if values:
        options.select_option(options.locator("option").filter(has_text=values).text_content() or "")
    page.locator("#picker").get_by_role("button", name="Open").click()


def find_notice(page: Page) -> Locator:
    return page.locator("#playground-notices")


def find_draft(page: Page, name: str) -> Locator:
    """The entry of the list of drafts; the list must be shown."""
    return page.locator("#draft-list li").filter(
        has=page.get_by_role("button", name=name, exact=name[:7] != "Unsaved")
    )


def show_drafts(page: Page) -> None:
    if page.locator("#drafts").is_hidden():
        press(page, "Drafts")


def compose_program(site: Site, cell_id: str, label: str = "") -> str:
    """The program that the picker is to open, from the list that the page fetches."""
    (file,) = (site.folder / "assets").glob("playground-*.json")
    for lesson in json.loads(file.read_text(encoding="utf-8"))["lessons"]:
        cells = {cell["id"]: cell for section in lesson["sections"] for cell in section["cells"]}
        if cell_id in cells:
            cell = cells[cell_id]
            (entry,) = (each for each in [cell, *cell["presets"]] if each.get("label", "") == label)
            parts = [*(cells[needed] for needed in entry["needs"]), entry]
            return "\n".join(f"{part['heading']}\n{part['source'].rstrip()}\n" for part in parts)
    raise AssertionError(f"no cell {cell_id}")


def name_draft(page: Page, name: str) -> None:
    """Give the draft that is being saved this name."""
    page.get_by_label("Name", exact=True).fill(name)
    page.locator("#naming").get_by_role("button", name="Save").click()
