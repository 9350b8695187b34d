"""An object as plain text: its repr, with long containers laid out and endless ones cut."""

from __future__ import annotations

WIDTH = 88
"""Characters per line that a container's items are laid out for."""
MAX_LAID_OUT = 20_000
"""Characters above which a container's items stay on one line: laying out would take seconds."""
MAX_LENGTH = 200_000
"""Characters of a repr that are shown; the middle of a longer one is left out."""


def describe_as_text(value: object) -> str:
    """The text to show for a value. Raises what its `__repr__` raises."""
    text = repr(value)
    if (
        type(value) in (list, tuple, dict, set, frozenset)
        and WIDTH < len(text) <= MAX_LAID_OUT
        and "\n" not in text
    ):
        text = _lay_out(value, text)
    return shorten_middle(text, MAX_LENGTH)


def shorten_middle(text: str, limit: int) -> str:
    """The text, or its beginning and end with a word on how much is missing between."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]}\n… {len(text) - 2 * half:,} characters left out …\n{text[-half:]}"


def _lay_out(value: object, one_line: str) -> str:
    import pprint

    try:
        return pprint.pformat(value, width=WIDTH, compact=True, sort_dicts=False)
    except Exception:
        return one_line
