"""Remembers the texts of all cells that ran, so that each function's own text can be shown, however old."""

from __future__ import annotations

import linecache
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

MAX_VERSIONS = 500
"""How many texts are remembered, over all cells."""


@dataclass(frozen=True)
class CellSource:
    """One text of one cell, under a filename of its own."""

    cell: str
    filename: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their newlines."""
        return tuple(self.text.split("\n"))

    def line(self, number: int) -> str:
        """The line of that number, counted from 1; empty where there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @cached_property
    def linecache_entry(self) -> tuple[int, None, list[str], str]:
        """What `linecache` keeps of a file. With no modification time, it doesn't check the disk for it."""
        return len(self.text), None, [line + "\n" for line in self.lines], self.filename


class Sources:
    """All remembered texts, by the filename that their code objects carry."""

    def __init__(self) -> None:
        self._by_filename: dict[str, CellSource] = {}
        self._current: dict[str, CellSource] = {}

    def add(self, cell: str, text: str, run: int) -> CellSource:
        """Remember a cell's text as its present one. The same text run again keeps the filename it had."""
        text = normalize_newlines(text)
        known = self._current.get(cell)
        if known is not None and known.text == text:
            return known
        source = CellSource(cell, f"<cell {cell}, run {run}>", text)
        self._current[cell] = self._by_filename[source.filename] = source
        self._forget_oldest()
        self.fill_linecache()
        return source

    def find(self, filename: str) -> CellSource | None:
        """The text that a code object with this filename was compiled from."""
        return self._by_filename.get(filename)

    def any(self, test: Callable[[str], bool]) -> bool:
        """Whether one of the remembered texts passes a test."""
        return any(test(source.text) for source in self._by_filename.values())

    def is_current(self, source: CellSource) -> bool:
        """Whether this is the text that its cell ran last."""
        return self._current.get(source.cell) is source

    def fill_linecache(self) -> None:
        """Let `inspect`, `traceback` and `pdb` find the texts, also after someone cleared the cache."""
        for filename, source in self._by_filename.items():
            linecache.cache[filename] = source.linecache_entry

    def _forget_oldest(self) -> None:
        surplus = len(self._by_filename) - MAX_VERSIONS
        if surplus > 0:
            old = [source for source in self._by_filename.values() if not self.is_current(source)]
            for source in old[:surplus]:
                del self._by_filename[source.filename]
                linecache.cache.pop(source.filename, None)


def normalize_newlines(text: str) -> str:
    """The text as Python reads it: any newline is a newline character, a byte order mark is nothing."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
