"""Compiles a cell: what it does first, and the last expression, whose value is shown."""

from __future__ import annotations
import __future__

import ast
import re
from dataclasses import dataclass
from types import CodeType
from typing import Any

from gradus.kernel.shell_lines import rename_shell_error
from gradus.kernel.sources import CellSource

_KEPT_FEATURES = __future__.annotations.compiler_flag
_SEMICOLON = re.compile(r"(?:[ \t\f]|\\\n)*;")
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Program:
    """A compiled cell."""

    parts: tuple[CodeType, ...]
    """To be evaluated one after the other; one that awaits at the top level is flagged CO_COROUTINE. The last
    expression is a part of its own, and hands its value to `sys.displayhook`, if that is to be shown."""
    features: int
    """Flags of the `from __future__` imports in force: as in Jupyter, later cells go on with them."""


def compile_cell(source: CellSource, features: int = 0) -> Program:
    """Compile a cell's text. Raises SyntaxError (or what else the compiler raises), located in the text."""
    _refuse_impossible_characters(source)
    try:
        tree = _compile(source.text, source, "exec", features | ast.PyCF_ONLY_AST)
    except SyntaxError as error:
        raise rename_shell_error(error, source) from None
    shown = _find_shown(tree.body, source)
    if shown is not None:
        tree.body.pop()
    parts: list[CodeType] = []
    if tree.body:
        parts.append(_compile(tree, source, "exec", features))
        features |= parts[0].co_flags & _KEPT_FEATURES
    if shown is not None:
        # In "single" mode Python itself calls sys.displayhook: if a repr raises, the traceback has this line.
        parts.append(_compile(ast.Interactive(body=[shown]), source, "single", features))
    return Program(tuple(parts), features)


def _compile(text: Any, source: CellSource, mode: str, flags: int) -> Any:
    # dont_inherit: this file's own `from __future__` is none of the reader's business.
    flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    return compile(text, source.filename, mode, flags, dont_inherit=True)


def _find_shown(statements: list[ast.stmt], source: CellSource) -> ast.Expr | None:
    """The last statement, if it is an expression without a semicolon behind it."""
    last = statements[-1] if statements else None
    if not isinstance(last, ast.Expr) or last.end_lineno is None or last.end_col_offset is None:
        return None
    line, *further = source.lines[last.end_lineno - 1 :]
    rest = line.encode()[last.end_col_offset :].decode()
    return None if _SEMICOLON.match("\n".join([rest, *further])) else last


def _refuse_impossible_characters(source: CellSource) -> None:
    """Say where they are: Python's own errors for these have no line, and differ from version to version."""
    found = _IMPOSSIBLE.search(source.text)
    if found is None:
        return
    line = source.text.count("\n", 0, found.start()) + 1
    column = found.start() - source.text.rfind("\n", 0, found.start())
    message = f"invalid character U+{ord(found.group()):04X}: it is not text, and can't stand in a program"
    quoted = source.line(line).replace("\0", "\N{SYMBOL FOR NULL}")
    raise SyntaxError(message, (source.filename, line, column, quoted, line, column + 1))
