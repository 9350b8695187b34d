"""Parses the Python of lessons: cells and the expressions in their presets, warnings counted as mistakes."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


def check_program(source: str) -> None:
    """Raise `SyntaxError`, with its line, for a cell that Python refuses or warns of; `await` is allowed."""
    with _strict():
        compile(source, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


def parse_expression(text: str) -> ast.expr:
    """Parse one expression; raise `SyntaxError` also if it couldn't stand in brackets, as with a comment."""
    with _strict():
        tree = ast.parse(text, mode="eval").body
        ast.parse(f"({text})", mode="eval")
    return tree


@contextmanager
def _strict() -> Iterator[None]:
    # "\d" in a text that isn't raw would put a SyntaxWarning under the reader's cell.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            yield
        except ValueError as error:
            raise SyntaxError(str(error)) from None
