"""Embeds side by side on a page of another origin, as tests drive them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

LOOP = "print('at work')\nwhile True: pass"


@dataclass(frozen=True)
class Embeds:
    """A page that carries embeds, by their names."""

    page: Page

    def cell(self, name: str) -> Locator:
        """The one cell that an embed shows."""
        return self.page.frame_locator(f"#{name}").locator("#cell-descent")

    def remove(self, name: str) -> None:
        """Take an embed out of the page, without a warning."""
        self.page.evaluate("name => document.getElementById(name).remove()", name)

    def count(self, which: str = "started") -> int:
        """How many workers all frames together have."""
        return sum(int(frame.evaluate(f"window.{which} ?? 0")) for frame in self.page.frames)


Open = Callable[..., Embeds]


def expect_output(cell: Locator, text: str) -> None:
    expect(cell.locator(".outputs")).to_have_text(text)
