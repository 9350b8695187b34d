"""What a run comes to: its status, its number, and where in the reader's text it went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Location:
    """A place in a cell's present text.

    Lines count from 1. Columns count from 0, in UTF-16 code units as editors in browsers do; `end_column`
    is the first one after the place. Columns are None where Python doesn't know them.
    """

    cell: str
    line: int
    column: int | None
    end_line: int
    end_column: int | None


@dataclass(frozen=True)
class RunResult:
    """How a cell's run ended.

    "stopped" means before its end, by the reader or by `sys.exit()`. `locations` are the reader's own frames,
    outermost first: the last is the line to mark. Empty when all went well, and when nothing of the reader's
    present text was involved.
    """

    status: Literal["ok", "error", "stopped"]
    execution_count: int
    locations: tuple[Location, ...] = ()
