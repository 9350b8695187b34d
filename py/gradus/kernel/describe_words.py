"""Words, numbers and lists as a description of a figure says them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

MINUS = "\N{MINUS SIGN}"
"""Unlike a hyphen, screen readers say it."""
_COMMANDS = re.compile(r"\\(?:mathrm|mathbf|mathit|mathcal|text|left|right)(?![a-zA-Z])|\\[,;!]|\\(?=\s)")


def say_number(value: float) -> str:
    """A number in at most four significant digits, with a real minus sign."""
    value = float(value)
    if not math.isfinite(value):
        return str(value).replace("-", MINUS)
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < 1e6:
        text = f"{float(f'{value:.4g}'):.10g}"
    else:
        mantissa, _, exponent = f"{value:.3g}".partition("e")
        text = f"{mantissa}e{int(exponent)}" if exponent else mantissa
    return text.replace("-", MINUS)


def say_point(x: float, y: float) -> str:
    """A point as `(3, 4)`."""
    return f"({say_number(x)}, {say_number(y)})"


def quote_text(text: str, limit: int = 80) -> str:
    """A text of the figure in quotation marks, on one line, with TeX's signs taken out of it."""
    if "$" in text:
        text = _COMMANDS.sub("", text).replace("$", "").replace("{", "").replace("}", "").replace("\\", "")
    text = " ".join(text.split())
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    return f"“{text}”" if text else ""


def join_words(words: Sequence[str], limit: int) -> str:
    """The first words joined by commas, and how many more there are."""
    shown = ", ".join(words[:limit])
    return shown if len(words) <= limit else f"{shown} and {len(words) - limit} more"


def count_noun(count: int, noun: str) -> str:
    """`1 bar`, `3 bars`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def say_range(values: Any) -> str:
    """`from … to …` over the finite ones of an array's values."""
    import numpy as np

    numbers = as_numbers(values)
    finite = numbers[np.isfinite(numbers)]
    if len(finite) == 0:
        return "unknown"
    return f"from {say_number(finite.min())} to {say_number(finite.max())}"


def as_numbers(values: Any) -> Any:
    """An array of floats; what is masked is NaN."""
    import numpy as np

    masked: Any = np.ma.asarray(values, float)
    return np.ma.filled(masked, np.nan)


def find_label(artist: Any) -> str:
    """What the legend calls it; empty if it has no name of the reader's choice."""
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else label


def add_label(what: str, artist: Any) -> str:
    """The thing with its name, `line “fit”`, before any details after a comma."""
    label = find_label(artist)
    if not label:
        return what
    head, comma, rest = what.partition(",")
    return f"{head} {quote_text(label, 50)}{comma}{rest}"
