"""Says warnings as the reader can use them: with the line of their own cell, wherever they were raised."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable
from types import FrameType
from typing import TextIO

from gradus.kernel.frames import name_module_file, name_place
from gradus.kernel.sources import Sources

ShowWarning = Callable[..., None]


def make_show_warning(sources: Sources) -> ShowWarning:
    """A stand-in for `warnings.showwarning` that knows the reader's cells."""

    def show_warning(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        text = _describe_warning(message, category, filename, lineno, line, sources)
        (file if file is not None else sys.stderr).write(text)

    return show_warning


def _describe_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    line: str | None,
    sources: Sources,
) -> str:
    warned = f"{category.__name__}: {message}\n"
    source = sources.find(filename)
    if source is not None:
        return f"{name_place(source, lineno, sources)}: {warned}" + _quote(line or source.line(lineno))
    raised_in = _find_frame(lambda name: name == filename)
    origin = filename if raised_in is None else name_module_file(raised_in)
    frame = _find_frame(lambda name: sources.find(name) is not None)
    source = None if frame is None else sources.find(frame.f_code.co_filename)
    if frame is None or source is None:
        return f"{origin}, line {lineno}: {warned}" + _quote(line or linecache.getline(filename, lineno))
    place, quoted = name_place(source, frame.f_lineno, sources), _quote(source.line(frame.f_lineno))
    return f"{place}: {warned}{quoted}  (raised in {origin}, line {lineno})\n"


def _quote(line: str) -> str:
    return f"  {line.strip()}\n" if line.strip() else ""


def _find_frame(wanted: Callable[[str], bool]) -> FrameType | None:
    """The innermost frame that is running now and whose file's name is wanted."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and not wanted(frame.f_code.co_filename):
        frame = frame.f_back
    return frame
