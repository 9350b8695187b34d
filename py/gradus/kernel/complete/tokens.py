"""Cuts Python text into tokens however unfinished it is: what is being typed hardly ever parses."""

from __future__ import annotations

import keyword
import re
from typing import NamedTuple


class Token(NamedTuple):
    """A piece of the text; `kind` is name, number, string, operator, comment or newline."""

    kind: str
    text: str
    end: int
    closed: bool = True
    """False for a string whose closing quotes are missing."""

    @property
    def is_plain_name(self) -> bool:
        """Whether it is a name and not one of Python's keywords."""
        return self.kind == "name" and not (keyword.iskeyword(self.text))


_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<newline>\n)
  | (?P<space>(?:[^\S\n]|\\\n)+)
  | (?P<string>(?:[rR]?[bBfFtT]|[bBfFtT]?[rR]|[uU])?(?P<quotes>\"{3}|'{3}|\"|'))
  | (?P<number>(?:\d[\d_]*\.?|\.\d)(?:[\d_a-zA-Z.]|(?<=[eE])[+-](?=\d))*)
  | (?P<name>[^\W\d]\w*)
  | (?P<operator>\*\*|//|->|:=|[=!<>]=|\.\.\.|.)
    """,
    re.VERBOSE,
)


def read_tokens(text: str) -> list[Token]:
    """All tokens, without the spaces between them."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        assert match is not None, "the last alternative takes any character"
        kind = match.lastgroup or ""
        closed = True
        position = match.end()
        # Named groups inside the string's are seen last.
        if match["string"] is not None:
            kind = "string"
            position, closed = _find_end(text, position, match["quotes"])
        if kind != "space":
            tokens.append(Token(kind, text[match.start() : position], position, closed))
    return tokens


def _find_end(text: str, position: int, quotes: str) -> tuple[int, bool]:
    """Where a string ends that begins at `position`, and whether by its quotes."""
    while position < len(text):
        if text.startswith(quotes, position):
            return position + len(quotes), True
        if text[position] == "\n" and len(quotes) == 1:
            return position, False
        position += 2 if text[position] == "\\" else 1
    return len(text), False
