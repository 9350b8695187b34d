"""Finds the page's other cells that define a name, and says where they are."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Set
from dataclasses import dataclass

from gradus.kernel.explain.scene import Scene
from gradus.kernel.explain.scopes import top_level_names


@dataclass(frozen=True)
class OtherCell:
    """A cell, where it is from the one that failed, and what it defines."""

    place: str
    """The beginning of a sentence: `The cell “Descent”, above,`."""
    names: Set[str]


def find_in_cells(scene: Scene, is_wanted: Callable[[Set[str]], bool]) -> OtherCell | None:
    """The cell whose names are wanted: the nearest one above, else the first one below."""
    cells = list(scene.surroundings.cells.items())
    here = next((index for index, (cell, _) in enumerate(cells) if cell == scene.source.cell), len(cells))
    above, below = cells[:here][::-1], cells[here + 1 :]
    for where, others in (("above", above), ("below", below)):
        for cell, text in others:
            names = _find_names(text)
            if is_wanted(names):
                return OtherCell(f"The cell “{name_cell(cell)}”, {where},", names)
    return None


def name_cell(cell: str) -> str:
    """What the page calls a cell: `learning-rate` is “Learning rate”."""
    words = re.sub("[-_]+", " ", cell).strip()
    return words[:1].upper() + words[1:]


def _find_names(text: str) -> Set[str]:
    try:
        return top_level_names(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
