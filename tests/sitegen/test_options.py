"""Mistakes in cell options, each told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradus.sitegen.lesson import parse_lesson
from sitegen.lesson_files import HEADER, check_problem, write_lesson

OPTION_PROBLEMS = {
    "bad YAML": ("#| id: a\n#| try: [§\n", None),
    "unknown option": (
        "#| id: a\n#| figalt: x§\n",
        'unknown key "figalt" in the cell\'s options; did you mean "fig-alt"?',
    ),
    "strange option": (
        "#| id: a\n#| echo: false§\n",
        'unknown key "echo" in the cell\'s options; known keys: fig-alt, fig-cap, id, try',
    ),
    "list of options": (
        "#| - id: a§\n",
        "the cell's options must be a mapping of keys to values, not a list",
    ),
    "bad id": (
        "#| id: 2nd§\n",
        '"id" can\'t be "2nd"; use small letters, digits and single hyphens, a letter first',
    ),
    "presets as a mapping": (
        "#| id: a\n#| try: {label: x}§\n",
        '"try" must be a list, not a mapping',
    ),
    "preset as text": (
        "#| id: a\n#| try:\n#|   - x§\n",
        "the preset must be a mapping of keys to values, not text",
    ),
    "no presets": ("#| id: a\n#| try: []§\n", '"try" is an empty list'),
    "unknown key of a preset": (
        "#| id: a\n#| try:\n#|   - label: x\n#|     sets: {x: 2}§\n#|     expect: x\n",
        'unknown key "sets" in the preset; did you mean "set"?',
    ),
    "missing key of a preset": (
        "#| id: a\n#| try:\n#|   - label: x§\n#|     set: {x: 2}\n",
        'the preset lacks "expect"',
    ),
    "same label": (
        "#| id: a\n#| try:\n#|   - {label: x, set: {x: 2}, expect: x}\n"
        "#|   - {label: x, set: {x: 3}, expect: x}§\n",
        'two presets are called "x"; the first is on line 15',
    ),
    "mapping for a description": (
        "#| id: a\n#| fig-alt: {a: b}§\n",
        '"fig-alt" must be text, not a mapping',
    ),
    "empty caption": ("#| id: a\n#| fig-cap: ' '§\n", '"fig-cap" is empty'),
}


@pytest.mark.parametrize(("options", "message"), OPTION_PROBLEMS.values(), ids=OPTION_PROBLEMS)
def test_points_at_mistakes_in_options(tmp_path: Path, options: str, message: str | None) -> None:
    body = f"\n# %%\n{options}x = 1\n"
    path = write_lesson(tmp_path, body)
    expected = message or (
        "bad YAML in the cell's options: while parsing a flow node expected the node content, "
        "but found '<stream end>'"
    )
    check_problem(lambda: parse_lesson(path), path, HEADER + body, expected)
