"""Puts sentences together: numbers of things, lists of things, code between backticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MAX_CODE = 80
_PLURALS = {"entry": "entries", "dictionary": "dictionaries", "index": "indices", "is": "are", "has": "have"}


def count(number: int, word: str) -> str:
    """`1 entry`, `3 entries`."""
    return f"{number:,} {word if number == 1 else pluralize(word)}"


def pluralize(word: str) -> str:
    """`entries` for `entry`, `values` for `value`."""
    return _PLURALS.get(word, word + "s")


def code(text: str) -> str:
    """A piece of code, marked as such; a long one is shortened."""
    text = " ".join(text.split()).replace("`", "'")
    return f"`{text if len(text) <= MAX_CODE else text[: MAX_CODE - 1] + '…'}`"


def join(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def join_code(names: Iterable[str], last: str = "and", limit: int = 8) -> str:
    """The same of names, as code; of very many only the first."""
    words = [code(name) for name in names]
    if len(words) > limit:
        return ", ".join(words[:limit]) + " …"
    return join(words, last)


def ask(names: Sequence[str]) -> str:
    """Whether one of these was meant."""
    return f"Did you mean {join_code(names, 'or')}?"
