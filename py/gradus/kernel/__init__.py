"""Runs cells: the same code in the reader's browser and, under test, in CPython."""

from gradus.kernel.outputs import DisplayData, Emit, ErrorOutput, ExecuteResult, Output, StreamOutput
from gradus.kernel.result import Location, RunResult
from gradus.kernel.session import Session

__all__ = [
    "DisplayData",
    "Emit",
    "ErrorOutput",
    "ExecuteResult",
    "Location",
    "Output",
    "RunResult",
    "Session",
    "StreamOutput",
]
