"""The place where a text stops being Python, and what might have been meant there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """Where Python stopped reading, and why. Lines count from 1; `offset` from 0, in characters."""

    lines: tuple[str, ...]
    number: int
    offset: int
    end_offset: int | None
    message: str
    names: Set[str]
    """The names that the reader has defined so far."""

    @property
    def line(self) -> str:
        """The line in question."""
        return self.lines[self.number - 1]


@dataclass(frozen=True)
class Repair:
    """A line as it might have been meant, and what was wrong with it if so.

    `number` is the line to change, if it isn't the one in question. One that is `whole` counts only if
    nothing at all is wrong with the text afterwards.
    """

    corrected: str
    title: str
    whole: bool = False
    number: int | None = None


Proposal = Callable[[Trouble], Iterator[Repair]]


def make_trouble(text: str, error: SyntaxError, names: Set[str]) -> Trouble:
    """The place that an error speaks of."""
    lines = tuple(text.split("\n"))
    number = min(max(error.lineno or 1, 1), len(lines))
    end = error.end_offset if error.end_lineno == error.lineno else None
    offset = max((error.offset or 1) - 1, 0)
    end_offset = end - 1 if end is not None and end > offset else None
    return Trouble(lines, number, offset, end_offset, error.msg or "", names)


def split_comment(line: str) -> tuple[str, str]:
    """A line's code without trailing space, and its comment with two spaces before it."""
    quote = ""
    for index, letter in enumerate(line):
        if quote:
            quote = "" if letter == quote and line[index - 1] != "\\" else quote
        elif letter in "\"'":
            quote = letter
        elif letter == "#":
            return line[:index].rstrip(), "  " + line[index:]
    return line.rstrip(), ""
