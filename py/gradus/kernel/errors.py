"""From an exception that ended a cell to its `error` output and the places to mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gradus.kernel.frames import find_steps, locate_steps, utf16_column
from gradus.kernel.outputs import ErrorOutput, make_error
from gradus.kernel.result import Location
from gradus.kernel.sources import CellSource, Sources
from gradus.kernel.tracebacks import describe_exception, message_of


@dataclass(frozen=True)
class Failure:
    """An exception as the reader gets to see it."""

    status: Literal["error", "stopped"]
    """Stopped: by the reader, or by the program's own wish."""

    output: ErrorOutput
    locations: tuple[Location, ...]
    """The reader's own frames, outermost first."""


def explain_failure(error: BaseException, sources: Sources) -> Failure:
    """Describe any exception: at length, or in a line where someone asked for the end."""
    locations = find_locations(error, sources)
    if isinstance(error, SystemExit):
        traceback = [_describe_exit(error)]
    elif is_stop(error):
        traceback = [_describe_stop(locations)]
    else:
        traceback = describe_exception(error, sources)
    status: Literal["error", "stopped"] = (
        "stopped" if isinstance(error, SystemExit) or is_stop(error) else "error"
    )
    return Failure(
        status, make_error(type(error).__name__, _find_message(error, sources), traceback), locations
    )


def is_stop(error: BaseException) -> bool:
    """Whether the reader stopped the cell."""
    return isinstance(error, KeyboardInterrupt)


def find_locations(error: BaseException, sources: Sources) -> tuple[Location, ...]:
    """Where the exception passed through the reader's cells, or where the text of a cell isn't Python."""
    locations = locate_steps(find_steps(error.__traceback__, sources), sources)
    if locations:
        return locations
    if isinstance(error, SyntaxError):
        source = sources.find(error.filename or "")
        return () if source is None else (_locate_syntax(error, source),)
    # Python itself may put an exception of its own in the place of the reader's.
    cause = error.__cause__
    return locate_steps(find_steps(cause.__traceback__, sources), sources) if cause is not None else ()


def _find_message(error: BaseException, sources: Sources) -> str:
    if isinstance(error, SyntaxError) and sources.find(error.filename or "") is not None:
        # str() would add the cell's filename, which means nothing to anyone; the place is in the traceback.
        return error.msg
    return message_of(error)


def _locate_syntax(error: SyntaxError, source: CellSource) -> Location:
    last_line = source.text.count("\n") + 1
    line = min(max(error.lineno or 1, 1), last_line)
    end_line = min(max(error.end_lineno or line, line), last_line)
    column = _column(source.line(line), error.offset)
    end_column = _column(source.line(end_line), error.end_offset)
    if end_column is None or (end_line == line and column is not None and end_column <= column):
        end_line, end_column = line, None if column is None else column + 1
    return Location(source.cell, line, column, end_line, end_column)


def _column(line: str, offset: int | None) -> int | None:
    """Syntax errors count columns in characters, from 1; 0, -1 and None mean unknown."""
    return utf16_column(line, offset - 1) if offset is not None and offset > 0 else None


def _describe_exit(error: SystemExit) -> str:
    code = error.code
    if code is None or isinstance(code, bool):
        code = int(code or 0)
    if isinstance(code, int):
        return "sys.exit() ended this cell." if code == 0 else f"sys.exit({code}) ended this cell."
    return f"sys.exit() ended this cell: {message_of(error)}"


def _describe_stop(locations: tuple[Location, ...]) -> str:
    if not locations:
        return "Stopped."
    place = locations[-1]
    return f'Stopped in cell "{place.cell}", line {place.line}.'
