"""Presets that can't be made, each told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradus.sitegen.lesson import parse_lesson
from sitegen.lesson_files import HEADER, check_problem, write_lesson

# Name → cell, change, message.
REFUSED = {
    "unknown name": (
        "learning_rate = 0.1",
        "learning_rat: 0.2§",
        'preset "P" sets unknown name "learning_rat"; did you mean "learning_rate"?',
    ),
    "nothing near": (
        "rate = 0.1\nf(h=1)",
        "zzz: 0.2§",
        'preset "P" sets unknown name "zzz"; names that can be set: h, rate',
    ),
    "nothing to set": (
        "f(1)",
        "a: 2§",
        'preset "P" sets unknown name "a"; there are no names that can be set',
    ),
    "assigned twice": (
        "a = 1\nif a:\n    a = 2",
        "a: 3§",
        'preset "P" sets "a", which is ambiguous: it is assigned on lines 19 and 21',
    ),
    "assigned in two functions": (
        "def f():\n    a = 1\ndef g():\n    a = 2",
        "a: 3§",
        'preset "P" sets "a", which is ambiguous: it is assigned on lines 20 and 22',
    ),
    "only a default": (
        "def f(x, h=1):\n    return h\nf(2)",
        "h: 3§",
        'preset "P" can\'t set "h": it is only a parameter\'s default on line 19; '
        "pass it by keyword, or assign it first",
    ),
    "unpacked": (
        "a, b = f()",
        "b: 3§",
        'preset "P" can\'t set "b": it is unpacked from a value that isn\'t written out name by name '
        "on line 19",
    ),
    "starred": (
        "a, *b = 1, 2, 3",
        "a: 3§",
        'preset "P" can\'t set "a": it is unpacked from a value that isn\'t written out name by name '
        "on line 19",
    ),
    "in an f-string": (
        "a = f'é{g(h=2)}'",
        "h: 3§",
        'preset "P" can\'t set "h": it is set inside an f-string on line 19',
    ),
    "no expression": (
        "a = 1",
        "a: 'x = 2'§",
        'preset "P": the value of "a" isn\'t a Python expression: "x = 2" (invalid syntax)',
    ),
    "two statements": (
        "a = 1",
        "a: '2; import os'§",
        'preset "P": the value of "a" isn\'t a Python expression: "2; import os" (invalid syntax)',
    ),
    "brackets turned round": (
        "a = 1",
        "a: '1) + (2'§",
        'preset "P": the value of "a" isn\'t a Python expression: "1) + (2" (unmatched \')\')',
    ),
    "comment": (
        "a = 1",
        "a: '2 # two'§",
        'preset "P": the value of "a" isn\'t a Python expression: "2 # two" (\'(\' was never closed)',
    ),
    "date": (
        "a = 1",
        "a: 2020-01-01§",
        'preset "P": the value of "a" must be a number, true, false, null, a list or a Python expression',
    ),
    "mapping": (
        "a = 1",
        "a: {b: 1}§",
        'preset "P": the value of "a" must be a number, true, false, null, a list or a Python expression',
    ),
    "no value of its own": (
        "def f():\n    a = 1",
        "a: 'yield'§",
        'preset "P": the value of "a" isn\'t a Python expression: "yield" (invalid syntax)',
    ),
    "one value within another": (
        "a = f(h=1)",
        "a: 2\n#|       h: 3§",
        'preset "P" sets "h", which stands inside another value that it sets',
    ),
}


@pytest.mark.parametrize(("source", "change", "message"), REFUSED.values(), ids=REFUSED)
def test_points_at_what_it_refuses(tmp_path: Path, source: str, change: str, message: str) -> None:
    options = f"#| id: a\n#| try:\n#|   - label: P\n#|     set:\n#|       {change}\n"
    body = f"\n# %%\n{options}#|     expect: 'True'\n{source}\n"
    path = write_lesson(tmp_path, body)
    check_problem(lambda: parse_lesson(path), path, HEADER + body, message)


WRONG_EXPECT = {
    "half an expression": (
        "loss >",
        'preset "P": expect isn\'t a Python expression: "loss >" (invalid syntax)',
    ),
    "assignment": ("x = 1", 'preset "P": expect isn\'t a Python expression: "x = 1" (invalid syntax)'),
    "YAML's own truth": ("true", '"expect" must be text, not true or false; write "true" in quotes'),
    "escape that Python warns of": (
        """ "'\\\\d'" """,
        """preset "P": expect isn't a Python expression: "'\\d'" (invalid escape sequence '\\d')""",
    ),
}


@pytest.mark.parametrize(("expect", "message"), WRONG_EXPECT.values(), ids=WRONG_EXPECT)
def test_points_at_a_wrong_expect(tmp_path: Path, expect: str, message: str) -> None:
    options = f"#| id: a\n#| try:\n#|   - label: P\n#|     set: {{x: 2}}\n#|     expect: {expect}§\n"
    body = f"\n# %%\n{options}x = 1\n"
    path = write_lesson(tmp_path, body)
    check_problem(lambda: parse_lesson(path), path, HEADER + body, message)
