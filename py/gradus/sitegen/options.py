"""Reads a cell's `#|` options: what an author may say about a cell, checked, with the line of every word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gradus.sitegen.lesson_yaml import Field, read_yaml
from gradus.sitegen.model import MarkdownText
from gradus.sitegen.problem import BuildProblem

OPTION_SIGN = "#|"
"""Begins each line of options; with a space in it too, which formatters like Black put there."""


@dataclass(frozen=True)
class PresetOption:
    """A "try it yourself" preset as the author wrote it, values not yet looked at."""

    label: str
    changes: tuple[tuple[Field, Field], ...]
    """(name, value), in the author's order."""
    expect: Field
    line: int


@dataclass(frozen=True)
class Options:
    """A code cell's options."""

    id: str
    presets: tuple[PresetOption, ...] = ()
    alt: tuple[str, ...] = ()
    caption: MarkdownText | None = None


def split_options(lines: Sequence[str]) -> int:
    """Count the lines at a cell's top that are options (`#| …`), blank lines before them included."""
    start = 0
    while start < len(lines) and not lines[start].strip():
        start += 1
    end = start
    while end < len(lines) and is_option(lines[end]):
        end += 1
    return end if end > start else 0


def is_option(line: str) -> bool:
    """Whether a line or comment is an option's."""
    return line.startswith((OPTION_SIGN, "# |"))


def parse_options(lines: Sequence[str], path: Path, first_line: int) -> Options:
    """Parse a cell's option lines, the first of which stands on `first_line`; raise `BuildProblem` if wrong.

    `lines` is what `split_options` counted, and may be empty.
    """
    text = "\n".join(line.partition("|")[2].removeprefix(" ") for line in lines)
    if not text.strip():
        raise BuildProblem(_MISSING_ID, path, first_line)
    pairs = read_yaml(text, "the cell's options", path, first_line)
    fields = pairs.entries((), ("id", "try", "fig-alt", "fig-cap"))
    if "id" not in fields:
        raise BuildProblem(_MISSING_ID, path, first_line)
    return Options(
        id=parse_slug(fields["id"]),
        presets=_parse_presets(fields["try"]) if "try" in fields else (),
        alt=fields["fig-alt"].texts() if "fig-alt" in fields else (),
        caption=fields["fig-cap"].markdown() if "fig-cap" in fields else None,
    )


def parse_slug(field: Field) -> str:
    """Return text that may stand in an address: small letters, digits and single hyphens, a letter first."""
    text = field.text()
    if not SLUG.fullmatch(text):
        advice = "use small letters, digits and single hyphens, a letter first"
        raise field.problem(f'{field.name} can\'t be "{text}"; {advice}')
    return text


SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

_MISSING_ID = f'the cell has no id; write "{OPTION_SIGN} id: a-name" on its first line'


def _parse_presets(field: Field) -> tuple[PresetOption, ...]:
    presets = tuple(_parse_preset(item) for item in field.items())
    first_lines: dict[str, int] = {}
    for preset in presets:
        if preset.label in first_lines:
            message = (
                f'two presets are called "{preset.label}"; the first is on line {first_lines[preset.label]}'
            )
            raise BuildProblem(message, field.path, preset.line)
        first_lines[preset.label] = preset.line
    return presets


def _parse_preset(item: Field) -> PresetOption:
    preset = Field("the preset", item.node, item.path, item.first_line)
    fields = preset.entries(("label", "set", "expect"))
    return PresetOption(
        label=fields["label"].text(),
        changes=tuple(fields["set"].pairs().values()),
        expect=fields["expect"],
        line=item.line,
    )
