"""Lines of notebooks and terminals that are no Python: `!pip install`, `%matplotlib inline`."""

from __future__ import annotations

import re

from gradus.kernel.refusals import PACKAGES
from gradus.kernel.sources import CellSource

_SENTENCES = (
    (re.compile(r"\s*[!%]{0,2}\s*(python3?\s+-m\s+)?(pip3?|conda|mamba|uv)\s+(pip\s+)?install\b"), PACKAGES),
    (re.compile(r"\s*%matplotlib\b"), "`%matplotlib` isn't needed here: figures appear by themselves"),
    (re.compile(r"\s*%%?\w"), "a line that begins with % is a command of notebooks, not Python"),
    (re.compile(r"\s*!\s*\w"), "a line that begins with ! is a command for a terminal; there is none here"),
)


def rename_shell_error(error: SyntaxError, source: CellSource) -> SyntaxError:
    """The error with a message that says what its line is; the same error if that is Python gone wrong."""
    if error.filename != source.filename or error.lineno is None:
        return error
    line = source.line(error.lineno)
    for pattern, sentence in _SENTENCES:
        if pattern.match(line):
            column = len(line) - len(line.lstrip()) + 1
            return SyntaxError(
                sentence, (source.filename, error.lineno, column, line, error.lineno, len(line) + 1)
            )
    return error
