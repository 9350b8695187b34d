"""Analyses the names in a lesson's cells, so that a reader's Python needn't do it before the first run."""

from __future__ import annotations

from gradus.kernel.names.find import find_names, select_modules
from gradus.kernel.names.known import write_known
from gradus.kernel.names.versions import find_names_or_none
from gradus.kernel.names.world import World
from gradus.sitegen.model import Lesson


def write_analyses(lesson: Lesson) -> bytes:
    """What the kernel finds about each cell and its presets where they stand, for `known.learn`."""
    found = []
    world = World()
    for position, cell in enumerate(lesson.code_cells):
        for source in (cell.source, *(preset.source for preset in cell.presets)):
            try:
                modules = select_modules(source, world.modules)
                found.append((source, modules, find_names(source, modules)))
            except SyntaxError:
                # The reader's Python may be newer than this one.
                continue
        world.add_cell(position, find_names_or_none(cell.source, world))
    return write_known(found).encode()
