"""Reads a lesson file into a `Lesson`: header, prose, code, options and presets, all checked."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from gradus.sitegen.lesson_imports import find_packages
from gradus.sitegen.lesson_python import check_program
from gradus.sitegen.lesson_text import TextCell, read_lesson_text
from gradus.sitegen.lesson_yaml import read_yaml
from gradus.sitegen.model import CodeCell, Lesson, MarkdownCell
from gradus.sitegen.options import OPTION_SIGN, SLUG, is_option, parse_options, parse_slug, split_options
from gradus.sitegen.presets import make_presets
from gradus.sitegen.problem import BuildProblem


def parse_lesson(path: Path) -> Lesson:
    """Read a lesson; raise `BuildProblem` with the file as named in `path` and the line of a mistake."""
    text = read_lesson_text(path)
    header = read_yaml(text.header, "the header", path, text.header_line)
    keys = ("title", "slug", "level", "track", "hours", "description", "learn")
    fields = header.entries(keys)
    chapter = path.parent.name
    if not SLUG.fullmatch(chapter):
        raise BuildProblem(f'the folder "{chapter}" becomes part of the address: name it like "ch03"', path)
    cells = tuple(_parse_cell(cell, path) for cell in text.cells)
    code = [cell for cell in cells if isinstance(cell, CodeCell)]
    _check_ids(code, path)
    return Lesson(
        path=path,
        chapter=chapter,
        slug=parse_slug(fields["slug"]),
        title=fields["title"].text(),
        level=fields["level"].text(),
        track=fields["track"].text(),
        hours=fields["hours"].number(),
        description=fields["description"].text(),
        learn=tuple(item.markdown() for item in fields["learn"].items()),
        packages=find_packages(code, path),
        cells=cells,
    )


def _parse_cell(cell: TextCell, path: Path) -> CodeCell | MarkdownCell:
    if cell.kind == "markdown":
        return MarkdownCell("\n".join(cell.lines).rstrip(), cell.line)
    if not cell.marked:
        line = cell.line + next(index for index, text in enumerate(cell.lines) if text.strip())
        raise BuildProblem('code before the first cell; begin a cell with a line "# %%"', path, line)
    count = split_options(cell.lines)
    options = parse_options(cell.lines[:count], path, cell.line)
    lines = list(cell.lines[count:])
    line = cell.line + count
    while lines and not lines[0].strip():
        del lines[0]
        line += 1
    source = "\n".join(lines).rstrip()
    if not source:
        raise BuildProblem(f'the cell "{options.id}" has no code', path, cell.line)
    try:
        check_program(source)
    except SyntaxError as error:
        raise BuildProblem(f"syntax error: {error.msg}", path, line + (error.lineno or 1) - 1) from None
    _check_comments(source, line, path)
    presets = make_presets(options.presets, source, line)
    return CodeCell(options.id, source, line, presets, options.caption, options.alt)


def _check_comments(source: str, first_line: int, path: Path) -> None:
    """Find options that stand below the top, and what was meant to begin a cell."""
    for token in tokenize.generate_tokens(StringIO(source).readline):
        line = first_line + token.start[0] - 1
        if token.type != tokenize.COMMENT or token.line[: token.start[1]].strip():
            continue
        if is_option(token.string):
            raise BuildProblem(f'options ("{OPTION_SIGN}") stand on the first lines of a cell', path, line)
        if re.match(r"#\s*%%", token.string):
            raise BuildProblem(f'"{token.string}" begins no cell; write "# %%" and a space', path, line)


def _check_ids(cells: Sequence[CodeCell], path: Path) -> None:
    first_lines: dict[str, int] = {}
    for cell in cells:
        if cell.id in first_lines:
            message = f'two cells have the id "{cell.id}"; the other begins on line {first_lines[cell.id]}'
            raise BuildProblem(message, path, cell.line)
        first_lines[cell.id] = cell.line
