"""Sorts a traceback's frames into the reader's, libraries' and our own, and describes those worth showing."""

from __future__ import annotations

import itertools
import os.path
import traceback
from dataclasses import dataclass
from types import FrameType, TracebackType

from gradus.kernel.result import Location
from gradus.kernel.sources import CellSource, Sources

MAX_SHOWN = 12
"""Frames shown of one traceback; of a longer one, as endless recursion gives, the first and the last few."""
FIRST_SHOWN, LAST_SHOWN = 5, 3


@dataclass(frozen=True)
class Step:
    """One frame of a traceback that concerns the reader: `source` is None for a library's."""

    frame: FrameType
    line: int
    instruction: int
    """Index of the bytecode that was at work (`tb_lasti`)."""
    source: CellSource | None


def find_steps(first: TracebackType | None, sources: Sources) -> list[Step]:
    """The reader's frames, and of each row of library frames the last; the kernel's own are left out."""
    steps: list[Step] = []
    entry = first
    while entry is not None:
        frame = entry.tb_frame
        source = sources.find(frame.f_code.co_filename)
        if source is not None or not is_kernel(frame):
            if source is None and steps and steps[-1].source is None:
                steps.pop()
            steps.append(Step(frame, entry.tb_lineno or 1, entry.tb_lasti, source))
        entry = entry.tb_next
    if len(steps) > 1 and steps[0].source is None:
        # What called the reader's code first (an event loop, say) isn't part of their story.
        del steps[0]
    return steps


def describe_steps(steps: list[Step], sources: Sources) -> list[str]:
    """What to print for the frames, one text each; many are shortened to a few."""
    shown = range(len(steps))
    if len(steps) <= MAX_SHOWN:
        return [_describe_step(steps, index, sources) for index in shown]
    left_out = len(steps) - FIRST_SHOWN - LAST_SHOWN
    return [
        *(_describe_step(steps, index, sources) for index in shown[:FIRST_SHOWN]),
        f"  … {left_out:,} more frames",
        *(_describe_step(steps, index, sources) for index in shown[-LAST_SHOWN:]),
    ]


def locate_steps(steps: list[Step], sources: Sources) -> tuple[Location, ...]:
    """Where the reader's frames stand in the present text of their cells; at most the first and last ten."""
    located = [
        _locate(step, step.source)
        for step in steps
        if step.source is not None and sources.is_current(step.source)
    ]
    return tuple(located if len(located) <= 20 else located[:10] + located[-10:])


def name_place(source: CellSource, line: int, sources: Sources, function: str = "") -> str:
    """How a line of a cell is called: `Cell "descent", line 3, in step`."""
    version = "" if sources.is_current(source) else " (an earlier version)"
    return f'Cell "{source.cell}"{version}, line {line}' + (f", in {function}" if function else "")


def name_module_file(frame: FrameType) -> str:
    """The file of a library's frame as one says it, `numpy/linalg/_linalg.py`, wherever it is installed."""
    filename = frame.f_code.co_filename
    module = _find_module(frame)
    if module in ("", "__main__", "__mp_main__"):
        return filename
    if filename.startswith("<"):
        return module
    base = os.path.basename(filename)  # noqa: PTH119 - a name inside an archive, not a path of this system
    folders = module.split(".") if base == "__init__.py" else module.split(".")[:-1]
    return "/".join([*folders, base])


def is_kernel(frame: FrameType) -> bool:
    """Whether the frame runs code of this package, by module name: files may have been compiled elsewhere."""
    return (_find_module(frame) + ".").startswith("gradus.kernel.")


def utf16_column(line: str, characters: int) -> int:
    """How many UTF-16 code units a line's first characters take."""
    return len(line[:characters].encode("utf-16-le", "surrogatepass")) // 2


def _describe_step(steps: list[Step], index: int, sources: Sources) -> str:
    step = steps[index]
    function = _function_name(step.frame)
    if step.source is None:
        relation = "raised in" if index == len(steps) - 1 else "through"
        where = f"{name_module_file(step.frame)}, line {step.line}"
        return f"  … {relation} {where}" + (f", in {function}" if function else "")
    end_line, column, end_column = _find_columns(step)
    summary = traceback.FrameSummary(
        step.source.filename, step.line, function, end_lineno=end_line, colno=column, end_colno=end_column
    )
    # Python's own drawing of the source line and its carets, under our title.
    _, *drawing = traceback.StackSummary().format_frame_summary(summary).splitlines()
    return "\n".join(["  " + name_place(step.source, step.line, sources, function), *drawing])


def _function_name(frame: FrameType) -> str:
    name = frame.f_code.co_qualname.rpartition("<locals>.")[2]
    return "" if name == "<module>" else name


def _locate(step: Step, source: CellSource) -> Location:
    end_line, column, end_column = _find_columns(step)
    return Location(
        source.cell,
        step.line,
        _from_bytes(source.line(step.line), column),
        end_line,
        _from_bytes(source.line(end_line), end_column),
    )


def _find_columns(step: Step) -> tuple[int, int | None, int | None]:
    """Last line, first column and last column of the expression at work, columns in UTF-8 bytes."""
    positions = itertools.islice(step.frame.f_code.co_positions(), step.instruction // 2, None)
    _, end_line, column, end_column = next(positions, (None, None, None, None))
    return end_line or step.line, column, end_column


def _from_bytes(line: str, offset: int | None) -> int | None:
    if offset is None:
        return None
    return utf16_column(line, len(line.encode()[:offset].decode("utf-8", "replace")))


def _find_module(frame: FrameType) -> str:
    # A reader may have set it to anything, also to what fails when it is asked for its text.
    name = frame.f_globals.get("__name__", "")
    return name if type(name) is str else ""
