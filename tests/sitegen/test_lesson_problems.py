"""Mistakes in lesson files, each told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradus.sitegen.lesson import parse_lesson
from sitegen.lesson_files import HEADER, HERE, check_problem, write_lesson

CELL = "\n# %%\n#| id: a\nx = 1\n"

BODY_PROBLEMS = {
    "syntax error": ("\n# %%\n#| id: a\nx = 1\ny = (§\n", "syntax error: '(' was never closed"),
    "return outside a function": (
        "\n# %%\n#| id: a\nx = 1\nif x:\n    return§ x\n",
        "syntax error: 'return' outside function",
    ),
    "warning of the compiler": (
        "\n# %%\n#| id: a\nx = '''\n'''\ny = '\\d'§\n",
        "syntax error: invalid escape sequence '\\d'",
    ),
    "no id": ("\n# %%\nx = 1§\n", 'the cell has no id; write "#| id: a-name" on its first line'),
    "options without an id": (
        "\n# %%\n#| fig-alt: one§\nx = 1\n",
        'the cell has no id; write "#| id: a-name" on its first line',
    ),
    "same id": (
        CELL + "\n# %%\n#| id: a\ny = 2§\n",
        'two cells have the id "a"; the other begins on line 14',
    ),
    "no code": ("\n# %%\n#| id: a§\n\n" + CELL.replace("id: a", "id: b"), 'the cell "a" has no code'),
    "code before the first cell": (
        "\nimport math§\n" + CELL,
        'code before the first cell; begin a cell with a line "# %%"',
    ),
    "options below code": (
        "\n# %%\n#| id: a\nx = 1\n#| fig-alt: late§\n",
        'options ("#|") stand on the first lines of a cell',
    ),
    "raw cell": ("\n# %% [raw]§\n# x\n", "a cell is Python or [markdown], nothing else"),
    "prose without comment signs": (
        "\n# %% [markdown]\n# One\ntwo§\n",
        "prose stands in comments; begin the line with #",
    ),
    "marker without a space": (
        "\n# %%\n#| id: a\nx = 1\n\n# %%[markdown]§\n# Text\n",
        '"# %%[markdown]" begins no cell; write "# %%" and a space',
    ),
    "line separator": ("\n# %%\n#| id: a\nx = '\u2028'§\n", "contains the invisible character U+2028"),
    "unknown package": (
        CELL + "\n# %%\n#| id: b\nimport math\ndef f():\n    import nunpy.linalg§\n",
        '"nunpy" can\'t be imported; did you mean "numpy"?',
    ),
    "unheard-of package": (
        "\n# %%\n#| id: b\nfrom qqqqqq import z§\n",
        '"qqqqqq" can\'t be imported; a lesson may import what Pyodide has',
    ),
    "relative import": (
        "\n# %%\n#| id: b\nfrom . import z§\n",
        "a relative import can't work in a lesson; write the module's full name",
    ),
}


@pytest.mark.parametrize(("body", "message"), BODY_PROBLEMS.values(), ids=BODY_PROBLEMS)
def test_points_at_mistakes_in_cells(tmp_path: Path, body: str, message: str) -> None:
    path = write_lesson(tmp_path, body)
    check_problem(lambda: parse_lesson(path), path, HEADER + body, message)


HEADER_PROBLEMS = {
    "none": ("import math§\n", 'has no header; begin it with a line "# ---"'),
    "not closed": ("# ---\n# title: x\n§\n# %%\n", 'the header isn\'t closed; end it with a line "# ---"'),
    "empty": ("# ---\n# ---§\n", "the header is empty"),
    "bad YAML": (
        "# ---\n# title: A: b§\n# ---\n",
        "bad YAML in the header: mapping values are not allowed here",
    ),
    "unknown key": (
        HEADER.replace("level: Introduction", "lvel: Introduction§"),
        'unknown key "lvel" in the header; did you mean "level"?',
    ),
    "key given twice": (
        HEADER.replace("# track", "# title: Again§\n# track"),
        '"title" is given twice in the header; first on line 2',
    ),
    "missing key": (
        HEADER.replace("# title", "# §title").replace("# hours: 1\n", ""),
        'the header lacks "hours"',
    ),
    "bad slug": (
        HEADER.replace("slug: lesson", "slug: A lesson§"),
        '"slug" can\'t be "A lesson"; use small letters, digits and single hyphens, a letter first',
    ),
    "text for a number": (
        HEADER.replace("hours: 1", "hours: long§"),
        '"hours" must be a number, not text',
    ),
    "number for text": (
        HEADER.replace("title: A lesson", "title: 3§"),
        '"title" must be text, not a number; write "3" in quotes',
    ),
    "truth for text": (
        HEADER.replace("level: Introduction", "level: yes§"),
        '"level" must be text, not true or false; write "yes" in quotes',
    ),
    "text for a list": (
        HEADER.replace("learn:\n#   - something", "learn: something§"),
        '"learn" must be a list, not text',
    ),
    "alias": (
        HEADER.replace("title: A lesson", "title: &a A lesson").replace("level: Introduction", "level: *a§"),
        "bad YAML in the header: aliases (*name) aren't supported",
    ),
}


@pytest.mark.parametrize(("header", "message"), HEADER_PROBLEMS.values(), ids=HEADER_PROBLEMS)
def test_points_at_mistakes_in_headers(tmp_path: Path, header: str, message: str) -> None:
    path = write_lesson(tmp_path, CELL, header)
    check_problem(lambda: parse_lesson(path), path, header, message)


def test_refuses_what_is_no_utf_8(tmp_path: Path) -> None:
    path = write_lesson(tmp_path, CELL)
    path.write_bytes(HEADER.encode() + b"\n# %%\n#| id: a\nx = '\xe9'\n")
    check_problem(
        lambda: parse_lesson(path), path, HEADER + f"\n\n\n{HERE}", "isn't UTF-8; save it in that encoding"
    )
