"""What is measured, in the order of the table, and on which visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["s", "ms", "MB"]
Visit = Literal["first", "second", "open"]
Values = dict[str, float]
"""Measure → seconds or bytes, of one run."""


@dataclass(frozen=True)
class Measure:
    """One row of the table. `visit` is the visit on which it is taken; `title` is for people."""

    name: str
    title: str
    unit: Unit
    visit: Visit


MEASURES = (
    Measure("cold", "cold: opening the page to the figure", "s", "first"),
    Measure("freeze", "longest freeze meanwhile", "ms", "first"),
    Measure("bytes", "bytes fetched meanwhile", "MB", "first"),
    Measure("redraw", "redraw: an edited number to its figure", "ms", "first"),
    Measure("restart", "restart: an endless loop, two seconds old, to the next figure", "s", "first"),
    Measure("stop", "stop: the same with Stop, where there is one", "s", "first"),
    Measure("second", "second visit", "s", "second"),
    Measure("bytes-second", "bytes fetched on the second visit", "MB", "second"),
    Measure("open", "Run on a page open for five seconds", "s", "open"),
)
NAMES = tuple(measure.name for measure in MEASURES)
SCALES: dict[Unit, float] = {"s": 1, "ms": 1000, "MB": 1e-6}


def choose_visits(wanted: tuple[str, ...]) -> tuple[Visit, ...]:
    """The visits that these measures need. All but the first follow one: they need what it has cached."""
    visits: tuple[Visit, ...] = ("first", "second", "open")
    taken = {measure.visit for measure in MEASURES if measure.name in wanted}
    return tuple(visit for visit in visits if visit in taken or visit == "first")
