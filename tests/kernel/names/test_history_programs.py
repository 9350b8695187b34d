"""Any edits and runs in any order against the truth: a run gives what a fresh run from the top would give."""

from __future__ import annotations

import contextlib
import io
import random
from types import ModuleType

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from gradus.kernel.names import History
from kernel.names.programs import LOOK, START, Failed, cell, run_cells

body = st.builds("{}\nprint({})".format, cell, st.just(LOOK))
programs = st.lists(body, min_size=2, max_size=4).map(lambda bodies: [START, *bodies])
edit = st.one_of(st.none(), st.tuples(st.integers(1, 4), body))
steps = st.lists(st.tuples(edit, st.integers(1, 4)), min_size=2, max_size=7)


class Notebook:
    """Cells whose runs share a namespace, each after those that the history names."""

    def __init__(self, sources: list[str]) -> None:
        self.sources = sources
        self.history = History()
        self.namespace = ModuleType("__main__").__dict__

    def run(self, wanted: int) -> str:
        """What the cell prints, after the cells that have to run first. Raises Failed."""
        cells = [(str(index), source) for index, source in enumerate(self.sources)]
        first, _ = self.history.plan(cells, str(wanted))
        note(f"first: {first}, then {wanted}")
        for index in map(int, first):
            self._run_one(index)
        return self._run_one(wanted)

    def _run_one(self, index: int) -> str:
        source = self.sources[index]
        for name in self.history.find_leftovers(str(index)):
            self.namespace.pop(name, None)
        printed = io.StringIO()
        completed = False
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(source, "<cell>", "exec", dont_inherit=True), self.namespace)
            completed = True
        except Exception as error:
            raise Failed(str(error)) from error
        finally:
            self.history.record(str(index), source, completed)
        return printed.getvalue()


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
@given(programs, steps)
def test_every_run_is_as_a_fresh_one(
    sources: list[str], actions: list[tuple[tuple[int, str] | None, int]]
) -> None:
    state = random.getstate()
    notebook = Notebook(list(sources))
    try:
        for change, wanted in actions:
            if change and change[0] < len(sources):
                notebook.sources[change[0]] = change[1]
            if wanted >= len(sources):
                continue
            try:
                truth = run_cells(notebook.sources[: wanted + 1])
            except Failed:
                with contextlib.suppress(Failed):
                    notebook.run(wanted)
                continue
            assert notebook.run(wanted) == truth
    finally:
        random.setstate(state)
