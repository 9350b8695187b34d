"""Which cells have to run before another one: a name means its nearest definition above."""

from __future__ import annotations

from collections.abc import Sequence

from gradus.kernel.names.find import find_names
from gradus.kernel.names.model import Names
from gradus.kernel.names.world import World


def plan(cells: Sequence[tuple[str, str]], wanted: str) -> list[str]:
    """The cells above that must run first, in order, for the wanted one to do what it does after all of them.

    `cells` are (id, source) from top to bottom, `wanted` is the id of one of them (ValueError if it isn't).
    """
    ids = [cell for cell, _ in cells]
    if wanted not in ids:
        raise ValueError(f"there is no cell {wanted!r}")
    position = ids.index(wanted)
    requirements = find_requirements([source for _, source in cells[: position + 1]])
    needed: set[int] = set()
    waiting = [position]
    while waiting:
        further = requirements[waiting.pop()] - needed
        needed |= further
        waiting += further
    return [ids[index] for index in sorted(needed)]


def find_requirements(sources: Sequence[str]) -> list[frozenset[int]]:
    """For each cell the cells above that it directly depends on, all by their positions from the top.

    A cell that isn't Python needs nothing and gives nothing.
    """
    world = World()
    requirements = []
    for position, source in enumerate(sources):
        try:
            names = find_names(source, world.modules)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            names = Names()
        requirements.append(world.add_cell(position, names))
    return requirements
