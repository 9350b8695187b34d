"""Finds the cells to run first: those that have not run as they stand, or whose results have gone since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradus.kernel.names.versions import Dependency, FreshRun

if TYPE_CHECKING:
    from gradus.kernel.names.history import History


class Rerun:
    """The search for one wanted cell. A cell above is either run first, or left as it is."""

    def __init__(self, history: History, ids: Sequence[str], fresh: FreshRun, wanted: int) -> None:
        self._history = history
        self._ids = ids
        self._fresh = fresh
        self._wanted = wanted

    def find(self) -> list[int]:
        """The positions of the cells to run first, in order."""
        if not self._find_difference(self._history, self._wanted):
            return []
        done = {run.version for run in self._history.runs}
        needed = self._fresh.find_needed(self._wanted)
        chosen = {position for position in needed if self._fresh.versions[position] not in done}
        settled: set[int] = set()
        while (trouble := self._find_trouble(chosen, settled)) is not None:
            position, difference = trouble
            more = self._choose_more(chosen, position, difference)
            chosen |= more
            if not more:
                # Nothing above can mend it: what a cell below has set, say, stays as it is.
                settled.add(position)
        return sorted(chosen)

    def _find_difference(self, history: History, position: int) -> frozenset[Dependency]:
        """What a cell would depend on now, or in a fresh run, but not in both."""
        actual = history.find_dependencies(self._ids[position], self._fresh.sources[position])
        return actual ^ self._fresh.expected[position]

    def _find_trouble(self, chosen: set[int], settled: set[int]) -> tuple[int, frozenset[Dependency]] | None:
        """The first cell that would not find what it finds in a fresh run, with what differs."""
        trial = self._history.copy()
        for position in [*sorted(chosen), self._wanted]:
            difference = self._find_difference(trial, position)
            if difference and position not in settled:
                return position, difference
            trial.record(self._ids[position], self._fresh.sources[position])
        return None

    def _choose_more(self, chosen: set[int], position: int, difference: frozenset[Dependency]) -> set[int]:
        """Further cells whose run makes this one find more of what it should."""
        expected = self._fresh.expected[position]
        candidates = set(self._fresh.requirements[position]) - chosen
        lacking = {version for _, version in difference & expected}
        missing = {index for index in candidates if self._fresh.versions[index] in lacking}
        if missing:
            return missing
        surplus = {version for _, version in difference - expected}
        candidates |= self._find_changed(surplus, position) - chosen
        for candidate in sorted(candidates, reverse=True):
            if self._helps({candidate}, chosen, position, difference):
                return {candidate}
        return candidates if self._helps(candidates, chosen, position, difference) else set()

    def _find_changed(self, versions: set[str], position: int) -> set[int]:
        """Cells above that made these versions; they have been changed since and may no longer do so."""
        cells = {run.cell for run in self._history.runs if run.version in versions}
        return {index for index in range(position) if self._ids[index] in cells}

    def _helps(
        self, more: set[int], chosen: set[int], position: int, difference: frozenset[Dependency]
    ) -> bool:
        trial = self._history.copy()
        for index in sorted(chosen | more):
            if index < position:
                trial.record(self._ids[index], self._fresh.sources[index])
        return len(self._find_difference(trial, position)) < len(difference)
