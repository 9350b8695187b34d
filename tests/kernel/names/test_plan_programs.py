"""The plan for any program against the truth: running what it names gives what running everything gives."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, note, settings

from gradus.kernel.names import History
from kernel.names.programs import Failed, cells, name_cells, run_cells


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
@given(cells)
def test_the_planned_cells_are_enough(sources: list[str]) -> None:
    try:
        truth = run_cells(sources)
    except Failed:
        assume(False)
    planned = History().plan(name_cells(sources), str(len(sources) - 1))[0]
    note(f"planned: {planned}")
    assert run_cells([*(sources[int(cell)] for cell in planned), sources[-1]]) == truth
