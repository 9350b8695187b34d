"""What a fresh run from the top gives: for each cell a version, which stays while its results do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from gradus.kernel.names.find import find_names
from gradus.kernel.names.model import Names
from gradus.kernel.names.world import Source, World

Dependency = tuple[str, str]
"""A name, and the version of a run that gave or changed its value."""

UNKNOWN = ""
"""The version of outputs that were broken off: they are no run's results."""


@dataclass(frozen=True)
class ShownCell:
    """A cell as its page shows it: the text its outputs come from, and their version.

    Without a version (None) they are those that the page came with, made from the `lesson` texts.
    """

    id: str
    shown: str
    lesson: str
    version: str | None


class FreshRun:
    """The cells of a page, as if each had run once, from top to bottom."""

    def __init__(self, sources: Sequence[str]) -> None:
        self.sources: list[str] = []
        self.requirements: list[frozenset[int]] = []
        """For each cell the positions of those above that it directly depends on."""
        self.expected: list[frozenset[Dependency]] = []
        self.versions: list[str] = []
        self._world = World()
        for position, source in enumerate(sources):
            names = find_names_or_none(source, self._world)
            self._append(source, self._world.add_cell(position, names))

    def extend(self, source: str) -> FreshRun:
        """This run, and then a run of one more cell; it can't be extended further."""
        extended = FreshRun([])
        extended.sources += self.sources
        extended.requirements += self.requirements
        extended.expected += self.expected
        extended.versions += self.versions
        extended._append(source, self._world.find_required(find_names_or_none(source, self._world)))
        return extended

    def _append(self, source: str, required: frozenset[Source]) -> None:
        expected = frozenset((name, self.versions[index]) for name, index in required)
        self.sources.append(source)
        self.requirements.append(frozenset(index for _, index in required))
        self.expected.append(expected)
        self.versions.append(make_version(source, expected))

    def find_needed(self, position: int) -> set[int]:
        """The cells above that one depends on, directly or not."""
        needed: set[int] = set()
        waiting = [position]
        while waiting:
            further = self.requirements[waiting.pop()] - needed
            needed |= further
            waiting += further
        return needed


@lru_cache(maxsize=8)
def follow_fresh_run(sources: tuple[str, ...]) -> FreshRun:
    """The fresh run of these cells; a page asks for the same ones again and again."""
    return FreshRun(sources)


def find_stale(cells: Sequence[ShownCell]) -> list[str]:
    """The ids of the cells whose outputs are not what a fresh run gives; `cells` are from top to bottom."""
    now = follow_fresh_run(tuple(cell.shown for cell in cells)).versions
    lesson = follow_fresh_run(tuple(cell.lesson for cell in cells)).versions
    return [
        cell.id
        for cell, version, original in zip(cells, now, lesson, strict=True)
        if (original if cell.version is None else cell.version) not in (version, UNKNOWN)
    ]


def find_names_or_none(source: str, world: World) -> Names:
    """What a cell does with names; a cell that isn't Python does nothing."""
    try:
        return find_names(source, world.modules)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Names()


def make_version(source: str, dependencies: Iterable[Dependency]) -> str:
    """Stands for a run of this text with these dependencies."""
    text = "\0".join([source, *(f"{name} {version}" for name, version in sorted(dependencies))])
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
