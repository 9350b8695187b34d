"""Reads lists of losses, and finds where one begins to grow or stops being a number."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gradus.kernel.explain.describe_values import is_array, is_number, kind_of

NAME = re.compile(r"(^|_)(history|hist|loss(es)?|errors|costs?|mses?)(_|\d|$)", re.IGNORECASE)
"""What a list of losses is called."""
MIN_LENGTH, MAX_LENGTH = 3, 1_000_000
_LAST = 3
_RISE = 1.1
"""The last loss is at least this many times the first: less may be rounding."""
_STEADY = 0.8
"""The part of the steps since the lowest loss that must go up: noise goes up and down."""


@dataclass(frozen=True)
class Growth:
    """A list of losses that doesn't come to rest. Steps are indices into it."""

    first: float
    last: float
    begin: int | None
    """The first step of a rise that went on to the end, ever faster; None if there was none."""
    broken: int | None
    """The first step at which it was NaN or infinite."""
    is_nan: bool


def read_losses(value: Any) -> list[float] | None:
    """The losses as plain floats, or None if it isn't a list of numbers."""
    if is_array(value):
        if value.ndim != 1 or value.dtype.kind not in "iuf" or value.size > MAX_LENGTH:
            return None
        value = value.tolist()
    if kind_of(value) not in (list, tuple) or not MIN_LENGTH <= len(value) <= MAX_LENGTH:
        return None
    if not all(is_number(item) and kind_of(item) is not complex for item in value):
        return None
    try:
        return [float(item) for item in value]
    except (OverflowError, TypeError):
        return None


def find_growth(losses: list[float]) -> Growth | None:
    """Where the losses begin to grow for good, or None if they don't."""
    broken = next((i for i, loss in enumerate(losses) if not math.isfinite(loss)), None)
    healthy = losses if broken is None else losses[:broken]
    if not healthy:
        return Growth(losses[0], losses[-1], None, broken, math.isnan(losses[0]))
    if min(healthy) < 0:
        return None
    begin = _find_rise(healthy)
    if broken is not None:
        return Growth(losses[0], losses[-1], begin, broken, math.isnan(losses[broken]))
    if begin is None or healthy[-1] < _RISE * healthy[0]:
        return None
    return Growth(losses[0], losses[-1], begin, None, False)


def _find_rise(losses: list[float]) -> int | None:
    """The step after the lowest loss, if from there on the losses rise, at the end ever faster."""
    lowest = min(range(len(losses)), key=lambda i: (losses[i], -i))
    rises = [after - before for before, after in pairwise(losses[lowest:])]
    if len(rises) < _LAST or sum(rise > 0 for rise in rises) < _STEADY * len(rises):
        return None
    # What settles down rises too, but ever more slowly.
    last = rises[-_LAST:]
    is_faster = all(after > before > 0 for before, after in pairwise(last))
    return lowest + 1 if is_faster and losses[-1] == max(losses) else None
