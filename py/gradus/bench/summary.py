"""Boils runs down: medians of each page, and the median of the ratios within each run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from gradus.bench.measures import MEASURES, Measure, Values


@dataclass(frozen=True)
class Pair:
    """One run: both pages one after the other, so that what slows the machine slows both."""

    gradus: Values
    plain: Values


@dataclass(frozen=True)
class Row:
    """A measure over all runs; None where there is no value."""

    measure: Measure
    gradus: float | None
    plain: float | None
    ratio: float | None
    """The median of the runs' own ratios, which is steadier than the ratio of the medians."""


def summarize(pairs: Sequence[Pair]) -> list[Row]:
    """A row for each measure that any run has a value of, in the order of the table."""
    rows = [_summarize_measure(measure, pairs) for measure in MEASURES]
    return [row for row in rows if row.gradus is not None or row.plain is not None]


def _summarize_measure(measure: Measure, pairs: Sequence[Pair]) -> Row:
    name = measure.name
    both = [
        (pair.gradus[name], pair.plain[name]) for pair in pairs if name in pair.gradus and name in pair.plain
    ]
    return Row(
        measure,
        _median([pair.gradus[name] for pair in pairs if name in pair.gradus]),
        _median([pair.plain[name] for pair in pairs if name in pair.plain]),
        _median([gradus / plain for gradus, plain in both if plain > 0]),
    )


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None
