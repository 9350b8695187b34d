"""Finds the name that somebody most likely meant to type."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_COMPARED = 5_000
"""Names that are compared at most."""
MAX_LENGTH = 60


def find_nearest(wrong: str, names: Iterable[object], limit: int = 1) -> list[str]:
    """The names closest to a mistyped one, best first; none where all are too far off to be meant.

    Names that differ in a number or in a last single letter (`x1` and `x2`, `grad_x` and `grad_y`) are meant
    to differ. Private names count only for a private name. What isn't a `str` is passed over.
    """
    if not 0 < len(wrong) <= MAX_LENGTH:
        return []
    found: list[tuple[float, str]] = []
    for _, name in zip(range(MAX_COMPARED), names, strict=False):
        if type(name) is not str or name == wrong or not 0 < len(name) <= MAX_LENGTH:
            continue
        if name.startswith("_") and not wrong.startswith("_"):
            continue
        distance = _measure(wrong, name)
        if distance <= _tolerance(min(len(wrong), len(name))):
            found.append((distance, name))
    found.sort()
    # A clearly better name makes the others noise.
    return [name for distance, name in found[:limit] if distance <= found[0][0] + 0.5]


def _measure(wrong: str, name: str) -> float:
    """How many keystrokes apart two names are; capitals and underscores count half."""
    if _squeeze(wrong) == _squeeze(name):
        return 0.5
    if abs(len(wrong) - len(name)) > 3 or _differ_by_index(wrong, name):
        return MAX_LENGTH
    return _count_edits(wrong.lower(), name.lower())


def _tolerance(length: int) -> float:
    """Keystrokes by which a name of this length may be off."""
    if length < 3:
        return 0.5
    return 1 if length < 6 else 2 if length < 10 else 3


def _squeeze(name: str) -> str:
    return name.replace("_", "").lower()


_INDEX = re.compile(r"(?:\d+|_[A-Za-z]|(?<=[a-z])[A-Z])$")


def _differ_by_index(one: str, other: str) -> bool:
    """Whether the names are the same up to a number or a single letter that numbers them."""
    stem, other_stem = _INDEX.sub("", one), _INDEX.sub("", other)
    return stem == other_stem and stem != one and other_stem != other


def _count_edits(one: str, other: str) -> int:
    """Letters inserted, left out, replaced or swapped with their neighbour (optimal string alignment)."""
    two_above: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, match in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, two_above[j - 2] + 1)
            row.append(cost)
        two_above, above = above, row
    return above[-1]
