"""What has run in this Python, and in which order; so which cells must run again before another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gradus.kernel.names.model import Names
from gradus.kernel.names.rerun import Rerun
from gradus.kernel.names.versions import Dependency, find_names_or_none, follow_fresh_run, make_version
from gradus.kernel.names.world import Source, World

SPARE = 60
"""Runs that nothing depends on any more are forgotten when there are this many of them."""


@dataclass(frozen=True)
class Run:
    """A run of a cell. `version` is that of its results; `required` are positions of earlier runs."""

    cell: str
    names: Names
    version: str
    required: frozenset[int]


class History:
    """The runs so far, and the state of the names that they have left."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.world = World()
        self._places: dict[str, int] = {}
        self._failures = 0

    def copy(self) -> History:
        """Another one with the same runs, to try out what would be."""
        other = History()
        other.runs, other.world = self.runs.copy(), self.world.copy()
        other._places, other._failures = self._places, self._failures
        return other

    def plan(self, cells: Sequence[tuple[str, str]], wanted: str) -> tuple[list[str], dict[str, str]]:
        """Which cells must run first, for the wanted one to do what it does in a fresh run from the top.

        `cells` are (id, source) from top to bottom, `wanted` is the id of one (ValueError if it isn't).
        Gives their ids in order, and the version of each cell down to the wanted one in a fresh run.
        """
        ids = [cell for cell, _ in cells]
        if wanted not in ids:
            raise ValueError(f"there is no cell {wanted!r}")
        position = ids.index(wanted)
        self._places = {cell: place for place, cell in enumerate(ids)}
        # The cells above are mostly what they were when it was last asked for.
        above = follow_fresh_run(tuple(source for _, source in cells[:position]))
        fresh = above.extend(cells[position][1])
        first = Rerun(self, ids, fresh, position).find()
        return [ids[index] for index in first], dict(zip(ids, fresh.versions, strict=False))

    def find_dependencies(self, cell: str, source: str) -> frozenset[Dependency]:
        """What a run of this cell would depend on now."""
        return self._find_versions(self._find_required(cell, source, self.find_leftovers(cell)))

    def find_leftovers(self, cell: str) -> frozenset[str]:
        """Names that only earlier runs of this cell have set: a new run of it must not find them."""
        own = {position for position, run in enumerate(self.runs) if run.cell == cell}
        return self.world.find_names_set_within(own) if own else frozenset()

    def record(self, cell: str, source: str, completed: bool = True) -> str:
        """A cell has run, after its leftovers were deleted. Gives the version of its results."""
        for name in self.find_leftovers(cell):
            self.world.forget(name)
        names = find_names_or_none(source, self.world)
        required = self._find_required(cell, source)
        version = make_version(source, self._find_versions(required))
        if not completed:
            # It stopped somewhere: whatever it sets it may also have left as it was.
            self._failures += 1
            version = f"{version} failed {self._failures}"
            names = replace(names, always_defines=frozenset())
        self._add(Run(cell, names, version, frozenset(index for _, index in required)))
        self._drop_dead_runs()
        return version

    def _find_required(
        self, cell: str, source: str, leftovers: frozenset[str] = frozenset()
    ) -> frozenset[Source]:
        if not self.runs:
            # No name has a value yet: the text needn't be read once more for what is imported here.
            return frozenset()
        names = find_names_or_none(source, self.world)
        place = self._places.get(cell, len(self._places))
        # What a star import below has set can't be taken back: it must not make all cells above run again.
        below = {index for index, run in enumerate(self.runs) if self._places.get(run.cell, place) > place}
        return self.world.find_required(names, leftovers, below)

    def _find_versions(self, required: frozenset[Source]) -> frozenset[Dependency]:
        return frozenset((name, self.runs[index].version) for name, index in required)

    def _add(self, run: Run) -> None:
        for name in self.find_leftovers(run.cell):
            self.world.forget(name)
        self.world.add_cell(len(self.runs), run.names)
        self.runs.append(run)

    def _drop_dead_runs(self) -> None:
        alive = self.world.find_cells()
        waiting = list(alive)
        while waiting:
            further = self.runs[waiting.pop()].required - alive
            alive |= further
            waiting += further
        if len(self.runs) - len(alive) < SPARE:
            return
        kept = sorted(alive)
        places = {old: new for new, old in enumerate(kept)}
        runs = [self.runs[old] for old in kept]
        self.runs, self.world = [], World()
        for run in runs:
            self._add(replace(run, required=frozenset(places[old] for old in run.required)))
