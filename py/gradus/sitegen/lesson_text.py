"""Splits a lesson file into its header and its cells, each with the line of the file on which it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupytext.cell_reader import (  # type: ignore[import-untyped]
    DoublePercentScriptCellReader,
    MarkdownCellReader,
)

from gradus.sitegen.problem import BuildProblem


@dataclass(frozen=True)
class TextCell:
    """A cell as it stands in the file."""

    kind: str
    """"code" or "markdown"."""
    lines: tuple[str, ...]
    """Code verbatim, options included; prose without its comment signs."""
    line: int
    """Line of the file on which `lines` begins."""
    marked: bool
    """Whether the cell has a line of its own that says where it begins (`# %%` or a fence)."""


@dataclass(frozen=True)
class LessonText:
    """A lesson file taken apart, not yet understood."""

    header: str
    """YAML, without comment signs."""
    header_line: int
    cells: tuple[TextCell, ...]


def read_lesson_text(path: Path) -> LessonText:
    """Read a percent-format `.py` or a Markdown file; raise `BuildProblem` where it can't be taken apart."""
    if path.suffix not in _READERS:
        raise BuildProblem(
            f"a lesson is a {' or '.join(_READERS)} file, not {path.suffix or path.name}", path
        )
    lines = read_source(path).split("\n")
    comment = "#" if path.suffix == ".py" else ""
    first, last = _find_header(lines, comment, path)
    header = [_uncomment(line, comment) for line in lines[first:last]]
    cells = _read_cells(lines[last + 1 :], last + 2, path)
    return LessonText("\n".join(header), first + 1, tuple(cells))


def read_source(path: Path) -> str:
    """Read UTF-8 text, its line ends made newlines; raise `BuildProblem` for what would blur line numbers."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BuildProblem(f"can't be read: {error.strerror}", path) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BuildProblem("isn't UTF-8; save it in that encoding", path, line) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = _ODD_SEPARATOR.search(text)
    if odd:
        # Editors, Python and jupytext disagree on whether a line ends here.
        line = text.count("\n", 0, odd.start()) + 1
        raise BuildProblem(f"contains the invisible character U+{ord(odd.group()):04X}", path, line)
    return text


# jupytext's own readers, used one cell at a time: its public `reads` doesn't tell where a cell stood.
_READERS: dict[str, Any] = {".py": DoublePercentScriptCellReader, ".md": MarkdownCellReader}

_ODD_SEPARATOR = re.compile("[\x00\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_FENCE = re.compile(r"---\s*$")


def _find_header(lines: Sequence[str], comment: str, path: Path) -> tuple[int, int]:
    """Return the indices of the header's first line and of the line that closes it."""
    fence = f"{comment} ---".strip()
    start = 0
    while comment and start < len(lines) and (lines[start].startswith("#!") or "coding" in lines[start][:20]):
        start += 1
    if start == len(lines) or not _FENCE.match(_uncomment(lines[start], comment)):
        raise BuildProblem(f'has no header; begin it with a line "{fence}"', path, start + 1)
    for index in range(start + 1, len(lines)):
        if _FENCE.match(_uncomment(lines[index], comment)):
            return start + 1, index
        if comment and not lines[index].startswith(comment):
            raise BuildProblem(f'the header isn\'t closed; end it with a line "{fence}"', path, index + 1)
    raise BuildProblem(f'the header isn\'t closed; end it with a line "{fence}"', path, start + 1)


def _read_cells(lines: list[str], first_line: int, path: Path) -> Iterator[TextCell]:
    position = 0
    while position < len(lines):
        reader = _READERS[path.suffix]({"extension": path.suffix, "comment_magics": False}, "python")
        cell, length = reader.read(lines[position:])
        raw = lines[position : position + length]
        markers = (reader.start_code_re, getattr(reader, "alternative_start_code_re", None))
        marked = any(marker and marker.match(raw[0]) for marker in markers)
        if cell.cell_type not in ("code", "markdown") or cell.metadata.get("language", "python") != "python":
            raise BuildProblem("a cell is Python or [markdown], nothing else", path, first_line + position)
        content = tuple(cell.source.split("\n")) if cell.source else ()
        start = 1 if marked else 0
        if cell.cell_type == "code":
            # Verbatim: jupytext would undo comments that look like a notebook's magics.
            content = tuple(raw[start : start + len(content)])
        elif path.suffix == ".py":
            start += _measure_opening_quotes(raw[start:], first_line + position + start, path)
        if marked or any(text.strip() for text in content):
            yield TextCell(cell.cell_type, content, first_line + position + start, marked)
        position += length


def _measure_opening_quotes(lines: Sequence[str], first_line: int, path: Path) -> int:
    """Count the lines before a prose cell's text, where it stands in quotes instead of in comments."""
    opening = _QUOTED.match("\n".join(lines).strip())
    if opening:
        first = next(index for index, line in enumerate(lines) if line.strip())
        return first + (1 if opening["newline"] else 0)
    for index, line in enumerate(lines):
        if line.strip() and not line.startswith("#"):
            raise BuildProblem("prose stands in comments; begin the line with #", path, first_line + index)
    return 0


_QUOTED = re.compile(r"[rR]?(?P<quotes>\"{3}|'{3})(?P<newline>\n?).*(?P=quotes)\Z", re.DOTALL)


def _uncomment(line: str, comment: str) -> str:
    if comment and line.startswith(comment):
        line = line[len(comment) :].removeprefix(" ")
    return line
