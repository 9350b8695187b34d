"""Finds what a cell's text does with names, without running it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from gradus.kernel.names.flow import CellVisitor
from gradus.kernel.names.known import find_known
from gradus.kernel.names.model import Names
from gradus.kernel.sources import normalize_newlines


def find_names(source: str, modules: Mapping[str, str] | None = None) -> Names:
    """Analyse a cell's text. Raises SyntaxError where it isn't Python (ValueError for a null character).

    `modules` says which names from above mean something imported: `{"np": "numpy"}`.
    """
    given = modules or {}
    seen = select_modules(source, given)
    found = _find_names(source, frozenset(seen.items()))
    unseen = {name: path for name, path in given.items() if name not in seen}
    return replace(found, modules=unseen | dict(found.modules)) if unseen else found


def select_modules(source: str, modules: Mapping[str, str]) -> dict[str, str]:
    """Those whose names a text may use."""
    # Python reads letters that look alike as the same.
    return {name: path for name, path in modules.items() if name in source or not source.isascii()}


@lru_cache(maxsize=200)
def _find_names(source: str, modules: frozenset[tuple[str, str]]) -> Names:
    # A page asks again before every run, and most cells are still what they were.
    if (known := find_known(source, dict(modules))) is not None:
        return known
    visitor = CellVisitor(dict(modules))
    visitor.visit_all(ast.parse(normalize_newlines(source)).body)
    return visitor.conclude()
