"""Explains text that isn't Python: proposes a repair, and only one that has been tried and helps."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping, Set
from typing import Any

from gradus.kernel.explain.explanation import Explanation, Finding, Place
from gradus.kernel.explain.repairs import PROPOSALS
from gradus.kernel.explain.scene import Surroundings
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.syntax_messages import explain_message
from gradus.kernel.explain.trouble import make_trouble
from gradus.kernel.sources import normalize_newlines

_FLAGS = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_MAX_TRIED = 20_000
"""Characters of a text up to which repairs are tried."""


def explain_syntax(
    error: SyntaxError, source: str, cell: str, namespace: Mapping[str, Any], surroundings: Surroundings
) -> Explanation | None:
    """What keeps the cell's text from being Python. None for an error in some other text."""
    text = normalize_newlines(source)
    if len(text) > _MAX_TRIED or not _is_of_cell(error, text, namespace, surroundings):
        return None
    # A repair is tried on the first place that stops Python; some errors are only seen later, in a text
    # that reads well so far.
    first = find_error(text) or error
    finding = _find_repair(text, first, namespace.keys()) or explain_message(text, first)
    if finding is None:
        return None
    line = min(max(first.lineno or 1, 1), text.count("\n") + 1)
    return Explanation(finding.title, finding.hints, (), None, Place(cell, line))


def find_error(text: str) -> SyntaxError | None:
    """Why a text can't be parsed, or None if it can."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<repair>", "exec", _FLAGS, dont_inherit=True)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(str(error))
    return None


def _is_of_cell(
    error: SyntaxError, text: str, namespace: Mapping[str, Any], surroundings: Surroundings
) -> bool:
    """Whether the error speaks of this text, and not of one given to `eval` or imported."""
    entry = error.__traceback__
    while entry is not None:
        if entry.tb_frame.f_globals is namespace:
            return False
        entry = entry.tb_next
    if surroundings.find_source is not None:
        source = surroundings.find_source(error.filename or "")
        return source is not None and source.text == text
    try:
        compile(text, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as own:
        return (own.lineno, own.msg) == (error.lineno, error.msg)
    except ValueError:
        return False
    return False


def _find_repair(text: str, error: SyntaxError, names: Set[str]) -> Finding | None:
    trouble = make_trouble(text, error, names)
    for propose in PROPOSALS:
        for repair in propose(trouble):
            number = repair.number or trouble.number
            if repair.corrected == trouble.lines[number - 1]:
                continue
            lines = [*trouble.lines[: number - 1], repair.corrected, *trouble.lines[number:]]
            left = find_error("\n".join(lines))
            # Something further down may still be wrong, unless the repair could have brought that about.
            if left is None or (not repair.whole and (left.lineno or 0) > trouble.number):
                where = f"line {number}: " if number != trouble.number else ""
                return Finding(repair.title, (f"Try {where}{code(repair.corrected.strip())}.",))
    return None
