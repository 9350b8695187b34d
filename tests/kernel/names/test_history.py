"""Which cells run again before another one: histories as data, and which outputs are out of date."""

from __future__ import annotations

import pytest

from gradus.kernel.names import History, ShownCell, find_stale
from gradus.kernel.names.history import SPARE

# The page's cells, the runs so far (a position, or a position with the text it had, "!" in front if it
# failed), the wanted cell, and which cells must run first.
CASES = {
    "nothing has run": (["x = 1", "x"], [], 1, [0]),
    "all that it needs has run": (["x = 1", "x"], [0], 1, []),
    "once more": (["x = 1", "x"], [0, 1], 1, []),
    "what it needs has been edited": (["x = 2", "x"], [(0, "x = 1")], 1, [0]),
    "what it needs has been edited and set back": (["x = 1", "x"], [0, (0, "x = 2"), 0], 1, []),
    "something far above has been edited": (["x = 2", "y = x", "y"], [(0, "x = 1"), 1], 2, [0, 1]),
    "something else has been edited": (["x = 1", "z = 2", "x"], [0, (1, "z = 1")], 2, []),
    "it changes what it needs": (["x = 1", "x += 1"], [0, 1], 1, [0]),
    "it changes a list": (["a = []", "b = 1", "a.append(b)"], [0, 1, 2], 2, [0]),
    "it draws random numbers": (
        ["import random", "random.seed(1)", "random.random()"],
        [0, 1, 2],
        2,
        [1],
    ),
    "random numbers without a seed": (["import random", "random.random()"], [0, 1], 1, []),
    "a cell below has set the name": (["w = 1", "w", "w = 2"], [0, 1, 2], 1, [0]),
    "a cell below has changed the list": (["a = []", "a", "a.append(1)"], [0, 1, 2], 1, [0]),
    "a cell below has set a name of its own": (["w", "w = 2"], [1], 0, []),
    "what it needs failed": (["x = 1", "x"], ["!0"], 1, [0]),
    "what it needs failed, then ran": (["x = 1", "x"], ["!0", 0], 1, []),
    "a failed run may have changed it": (["x = 1", "x += 1", "x"], [0, 1, "!1"], 2, [0, 1]),
    "the name is no longer set": (["y = 1", "x"], [(0, "x = 1")], 1, [0]),
    "it is not Python": (["x = 1", "x = ("], [0], 1, []),
    "only the changed one of two": (["x = 1", "y = 1", "x + y", "x += 1"], [0, 1, 2, 3], 2, [0]),
    "exec below": (["x = 1", "x", "exec('x = 2')"], [0, 1, 2], 1, [0]),
    "a star import below": (["x = 1", "print(x)", "from math import *"], [0, 1, 2], 1, [0]),
    "a star import below, settled": (["x = 1", "print(x)", "from math import *"], [0, 1, 2, 0, 1], 1, []),
}


@pytest.mark.parametrize("sources, runs, wanted, expected", CASES.values(), ids=CASES)
def test_plan(
    sources: list[str], runs: list[int | str | tuple[int, str]], wanted: int, expected: list[int]
) -> None:
    history = History()
    cells = [(str(position), source) for position, source in enumerate(sources)]
    history.plan(cells, cells[-1][0])
    for run in runs:
        position, source = run if isinstance(run, tuple) else (int(str(run).strip("!")), None)
        text = sources[position] if source is None else source
        history.record(str(position), text, completed=not str(run).startswith("!"))
    assert history.plan(cells, str(wanted))[0] == [str(position) for position in expected]


def test_a_thousand_edits_leave_no_more_than_a_few_runs_to_remember() -> None:
    history = History()
    for number in range(1000):
        cells = [("a", f"x = {number}"), ("b", "y = [x]"), ("c", "y.append(x)")]
        first, _ = history.plan(cells, "c")
        assert first == ["a", "b"]
        for cell, source in cells:
            history.record(cell, source)
    assert len(history.runs) <= SPARE + 10


STALE = {
    "nothing was changed": (["x = 1", "x"], {}, []),
    "one was, and run": (["x = 1", "y = x", "y", "3"], {0: "x = 2"}, [1, 2]),
    "it makes no difference": (["x = 1", "y = 2", "x"], {1: "y = 3"}, []),
}


@pytest.mark.parametrize("lesson, edits, expected", STALE.values(), ids=STALE)
def test_stale(lesson: list[str], edits: dict[int, str], expected: list[int]) -> None:
    history = History()
    shown = [edits.get(position, source) for position, source in enumerate(lesson)]
    cells = [(str(position), source) for position, source in enumerate(shown)]
    versions = history.plan(cells, cells[-1][0])[1]
    page = [
        ShownCell(cell, text, original, versions[cell] if int(cell) in edits else None)
        for (cell, text), original in zip(cells, lesson, strict=True)
    ]
    assert find_stale(page) == [str(position) for position in expected]
    updated = [ShownCell(cell.id, cell.shown, cell.lesson, versions[cell.id]) for cell in page]
    assert find_stale(updated) == []


def test_outputs_that_were_broken_off_are_not_called_stale() -> None:
    assert find_stale([ShownCell("a", "x = 1", "x = 2", "")]) == []
