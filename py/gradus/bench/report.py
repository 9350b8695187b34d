"""Writes what was measured: a table for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from gradus.bench.measures import SCALES, Measure
from gradus.bench.summary import Pair, Row, summarize

HEADINGS = ("", "Gradus", "plain", "ratio")


@dataclass(frozen=True)
class Condition:
    """Where the runs took place: "Chromium 156.0", "50 Mbit/s"."""

    browser: str
    network: str


def write_table(condition: Condition, pairs: Sequence[Pair]) -> str:
    """A heading and one line for each measure: medians of both pages, and the median ratio."""
    rows = [HEADINGS, *(_cells(row) for row in summarize(pairs))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    runs = f"{len(pairs)} run{'s' if len(pairs) != 1 else ''}"
    lines = [f"{condition.browser}, {condition.network}: medians of {runs}"]
    for first, *others in rows:
        numbers = [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *numbers]).rstrip())
    return "\n".join(lines)


def write_json(results: Sequence[tuple[Condition, Sequence[Pair]]]) -> list[dict[str, Any]]:
    """Everything: for each condition medians, ratios and all runs; seconds and bytes."""
    return [
        {
            **asdict(condition),
            "medians": {
                row.measure.name: {"gradus": row.gradus, "plain": row.plain, "ratio": row.ratio}
                for row in summarize(pairs)
            },
            "runs": [asdict(pair) for pair in pairs],
        }
        for condition, pairs in results
    ]


def _cells(row: Row) -> tuple[str, str, str, str]:
    ratio = "-" if row.ratio is None else f"{row.ratio:.2f}"
    return row.measure.title, _say(row.measure, row.gradus), _say(row.measure, row.plain), ratio


def _say(measure: Measure, value: float | None) -> str:
    if value is None:
        return "-"
    scaled = value * SCALES[measure.unit]
    return f"{scaled:.0f} ms" if measure.unit == "ms" else f"{scaled:.2f} {measure.unit}"
