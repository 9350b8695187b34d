"""Says in plain words what a run came to. An extra: whatever goes wrong here, the run is what it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gradus.kernel.console import log_failure
from gradus.kernel.outputs import DisplayData, make_display_data
from gradus.kernel.sources import Sources


@dataclass(frozen=True)
class Page:
    """What the page around a cell knows that an explanation may speak of."""

    cells: Mapping[str, str] = field(default_factory=dict)
    """Id and present text of its cells, from top to bottom."""
    packages: tuple[str, ...] = ()
    """What can be imported besides Python's own modules, by the names that an import has."""


def explain_run(
    error: BaseException | None,
    text: str,
    cell: str,
    namespace: Mapping[str, Any],
    sources: Sources,
    page: Page,
) -> DisplayData | None:
    """What there is to say about the error that ended a run, or about a run without one. Never raises.

    Ask while the error still has its traceback. What goes wrong is written where developers look.
    """
    try:
        return _find(error, text, cell, namespace, sources, page)
    except BaseException:
        # Also when the reader stops Python right here: their program has ended already.
        log_failure()
        return None


def _find(
    error: BaseException | None,
    text: str,
    cell: str,
    namespace: Mapping[str, Any],
    sources: Sources,
    page: Page,
) -> DisplayData | None:
    if error is None and not _may_be_noticed(text, sources):
        return None
    # Most of it is needed only after an error, so that it is imported only then.
    from gradus.kernel.explain import explain, notice
    from gradus.kernel.explain.scene import Surroundings

    surroundings = Surroundings(sources.find, sources.is_current, page.cells, page.packages)
    if error is None:
        found = notice(text, cell, namespace, surroundings)
    elif isinstance(error, Exception):
        found = explain(error, text, cell, namespace, surroundings)
    else:
        # An exit or a stop was asked for.
        return None
    return None if found is None else make_display_data(found.make_bundle())


_LOOP = re.compile(r"^[ \t]*(?:for|while)\b", re.MULTILINE)
_STEP = re.compile(r"-=?[\w.()\[\]/\s]*[*@]")
"""Less a product, as in `w - rate * slope`."""
_INVERSE = re.compile(r"\b(?:inv|solve)\b")


def _may_be_noticed(text: str, sources: Sources) -> bool:
    """Whether a look is worth its time: most cells neither invert nor descend, nor call what does."""
    if _INVERSE.search(text) or _may_descend(text):
        return True
    return "(" in text and sources.any(_may_descend)


def _may_descend(text: str) -> bool:
    return _LOOP.search(text) is not None and _STEP.search(text) is not None
