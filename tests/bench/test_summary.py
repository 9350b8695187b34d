"""Medians of each page, ratios within each run, and the table and JSON made of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradus.bench.measures import MEASURES, NAMES, choose_visits
from gradus.bench.report import Condition, write_json, write_table
from gradus.bench.summary import Pair, summarize

PAIRS = [
    Pair({"cold": 1.0, "bytes": 8e6}, {"cold": 4.0, "bytes": 16e6}),
    Pair({"cold": 9.0, "bytes": 8e6}, {"cold": 10.0, "bytes": 16e6}),
    Pair({"cold": 2.0, "bytes": 8e6, "stop": 0.5}, {"cold": 5.0, "bytes": 16e6}),
]
CONDITION = Condition("Chromium", "50 Mbit/s")


def test_a_run_that_was_slow_for_both_pages_changes_the_ratio_least() -> None:
    cold = summarize(PAIRS)[0]
    assert (cold.measure.name, cold.gradus, cold.plain) == ("cold", 2.0, 5.0)
    assert cold.ratio == pytest.approx(0.4)


def test_what_one_page_lacks_has_no_ratio() -> None:
    rows = {row.measure.name: row for row in summarize(PAIRS)}
    assert (rows["stop"].gradus, rows["stop"].plain, rows["stop"].ratio) == (0.5, None, None)
    assert "second" not in rows


def test_nothing_fetched_has_no_ratio() -> None:
    (row,) = summarize([Pair({"bytes-second": 3.0}, {"bytes-second": 0.0})])
    assert (row.plain, row.ratio) == (0.0, None)


@given(st.lists(st.tuples(st.floats(0.01, 100), st.floats(0.01, 100)), min_size=1, max_size=9))
def test_medians_lie_among_the_runs(runs: list[tuple[float, float]]) -> None:
    (row,) = summarize([Pair({"cold": ours}, {"cold": theirs}) for ours, theirs in runs])
    ratios = [ours / theirs for ours, theirs in runs]
    assert row.ratio is not None and row.gradus is not None
    assert min(ratios) <= row.ratio <= max(ratios)
    assert min(ours for ours, _ in runs) <= row.gradus <= max(ours for ours, _ in runs)


def test_the_table_has_a_line_for_each_measure_with_its_unit() -> None:
    heading, columns, cold, size, stop = write_table(CONDITION, PAIRS).splitlines()
    assert heading == "Chromium, 50 Mbit/s: medians of 3 runs"
    assert columns.split() == ["Gradus", "plain", "ratio"]
    assert cold.split()[-5:] == ["2.00", "s", "5.00", "s", "0.40"]
    assert size.split()[-5:] == ["8.00", "MB", "16.00", "MB", "0.50"]
    assert stop.split()[-4:] == ["0.50", "s", "-", "-"]
    assert len({len(line) for line in (columns, cold, size, stop)}) == 1


def test_json_has_every_run() -> None:
    (written,) = json.loads(json.dumps(write_json([(CONDITION, PAIRS)])))
    assert written["browser"] == "Chromium" and written["network"] == "50 Mbit/s"
    assert written["medians"]["bytes"] == {"gradus": 8e6, "plain": 16e6, "ratio": 0.5}
    assert [run["gradus"]["cold"] for run in written["runs"]] == [1.0, 9.0, 2.0]


def test_later_visits_come_only_where_they_are_measured_and_after_a_first_one() -> None:
    assert choose_visits(NAMES) == ("first", "second", "open")
    assert choose_visits(("redraw",)) == ("first",)
    assert choose_visits(("open",)) == ("first", "open")
    assert len(set(NAMES)) == len(MEASURES)
