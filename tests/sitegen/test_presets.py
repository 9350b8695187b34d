"""Presets: a cell's source with a few values replaced, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradus.sitegen.lesson import parse_lesson
from gradus.sitegen.model import Preset
from gradus.sitegen.options import parse_options
from gradus.sitegen.presets import make_presets
from sitegen.lesson_files import write_lesson


def make_preset(source: str, changes: str) -> Preset:
    """Apply changes, in YAML's flow style, to a cell."""
    lines = ["#| id: a", "#| try:", f"#|   - {{label: x, set: {changes}, expect: 'True'}}"]
    (preset,) = make_presets(parse_options(lines, Path("lesson.py"), 1).presets, source, 4)
    return preset


# Name → cell, changes, the new cell, its new lines.
REPLACED = {
    "assignment": ("a = 1\nb = a\n", "{a: 2}", "a = 2\nb = a\n", (1,)),
    "comments and layout stay": (
        "a   =  1   # one\n\n\nb=2",
        "{a: 10, b: 3}",
        "a   =  10   # one\n\n\nb=3",
        (1, 4),
    ),
    "within a function": ("def f():\n    h = 1e-5\n    return h\n", "{h: 1e-2}", None, (2,)),
    "annotated": ("a: float = 1.0", "{a: 0.5}", "a: float = 0.5", (1,)),
    "declared elsewhere": ("a: int\na = 1", "{a: 2}", "a: int\na = 2", (2,)),
    "walrus": ("if (n := 3) > 2: pass", "{n: 4}", "if (n := 4) > 2: pass", (1,)),
    "chain": ("a = b = 1", "{b: 2}", "a = b = 2", (1,)),
    "grown by augmented assignment": ("a = 1\na += 1\n", "{a: 5}", "a = 5\na += 1\n", (1,)),
    "tuple": ("w, b = 0.0, 1.0", "{b: -1}", "w, b = 0.0, -1", (1,)),
    "tuple in brackets": ("(w, [b, c]) = [0.0, (1.0, 2)]", "{c: 3}", "(w, [b, c]) = [0.0, (1.0, 3)]", (1,)),
    "keyword": ("fit(x, epochs=100)", "{epochs: 20}", "fit(x, epochs=20)", (1,)),
    "keyword of many calls": (
        "a = f(h=1)\nb = f(h = 2)\nc = f(h=3)",
        "{h: 3}",
        "a = f(h=3)\nb = f(h = 3)\nc = f(h=3)",
        (1, 2),
    ),
    "keyword within its own value": ("f(h=g(h=1))", "{h: 2}", "f(h=2)", (1,)),
    "assignment before keyword": (
        "rate = 0.1\nfit(rate=rate)",
        "{rate: 1}",
        "rate = 1\nfit(rate=rate)",
        (1,),
    ),
    "assignment before parameter": ("def f(h=1): pass\nh = 2", "{h: 3}", "def f(h=1): pass\nh = 3", (2,)),
    "bytes before are more than characters": (
        "größe = 'äöü€𐍈'; n = 5  # ½\nprint('π', n=7)",
        "{n: 6, größe: '\"ß\"'}",
        "größe = \"ß\"; n = 6  # ½\nprint('π', n=7)",
        (1,),
    ),
    "value on many lines": (
        "a = [\n    1,  # one\n    2,\n]  # end\nb = 2",
        "{a: [1], b: 3}",
        "a = [1]  # end\nb = 3",
        (1, 2),
    ),
    "value in brackets": ("a = (\n    1\n    + 2\n)", "{a: 4}", "a = (\n    4\n)", (2,)),
    "text in triple quotes": ('a = """x\ny"""\nb = 1', "{b: 2}", 'a = """x\ny"""\nb = 2', (3,)),
    "keeps the author's spelling": ("a = 1", "{a: 1_000.50}", "a = 1_000.50", (1,)),
    "number in another base": ("a = 1", "{a: 0x1F}", "a = 0x1F", (1,)),
    "number that only YAML reads": ("a = 1", "{a: 017}", "a = 15", (1,)),
    "infinity": ("a = 1", "{a: -.inf}", 'a = float("-inf")', (1,)),
    "scientific notation": ("a = 1", "{a: 1e-3}", "a = 1e-3", (1,)),
    "true": ("a = False", "{a: true}", "a = True", (1,)),
    "none": ("a = 1", "{a: null}", "a = None", (1,)),
    "list": ("a = [1]", "{a: [0.1, 1e-2, true, [2]]}", "a = [0.1, 1e-2, True, [2]]", (1,)),
    "expression": ("a = x", "{a: 'X ** 2'}", "a = X ** 2", (1,)),
    "text": ("a = 'x'", "{a: '\"it''s\"'}", 'a = "it\'s"', (1,)),
    "tuple where it can stand": ("a = 1", "{a: '1, 2'}", "a = 1, 2", (1,)),
    "tuple where it needs brackets": ("f(a=1)", "{a: '1, 2'}", "f(a=(1, 2))", (1,)),
    "tuple within a tuple": ("a, b = 1, 2", "{a: '3, 4'}", "a, b = (3, 4), 2", (1,)),
    "lambda within a tuple": ("a, b = 1, 2", "{a: 'lambda: 3'}", "a, b = lambda: 3, 2", (1,)),
    "walrus as a value": ("a = 1", "{a: (b := 2)}", "a = (b := 2)", (1,)),
    "nothing new": ("a = 1  # as in the text", "{a: 1}", "a = 1  # as in the text", ()),
    "no change at all": ("a = 1", "{}", "a = 1", ()),
    "YAML's strange names": ("y = 1\nno = 2", "{y: 3, no: 4}", "y = 3\nno = 4", (1, 2)),
    "beside an f-string": ("a = 1; b = f'{a}é{g(h=2)}'", "{a: 2}", "a = 2; b = f'{a}é{g(h=2)}'", (1,)),
}


@pytest.mark.parametrize(("source", "changes", "expected", "lines"), REPLACED.values(), ids=REPLACED)
def test_replaces_values(source: str, changes: str, expected: str | None, lines: tuple[int, ...]) -> None:
    preset = make_preset(source, changes)
    assert preset.source == (expected or source.replace("1e-5", "1e-2"))
    assert preset.lines == lines


def test_keeps_what_the_author_wrote(tmp_path: Path) -> None:
    body = """
# %%
#| id: a
#| try:
#|   - label: "Both: at once"
#|     set: {rate: 0.1, steps: 1e3, h: [1, 2]}
#|     expect: abs(loss - 3.452) < 1e-3
#|   - label: One
#|     set:
#|       rate: 2
#|     expect: >-
#|       loss > 1
#|       and rate == 2
rate = 1
steps = 10
f(h=1)
"""
    first, second = parse_lesson(write_lesson(tmp_path, body)).code_cells[0].presets
    assert first.label == "Both: at once"
    assert first.changes == (("rate", "0.1"), ("steps", "1e3"), ("h", "[1, 2]"))
    assert first.expect == "abs(loss - 3.452) < 1e-3"
    assert first.source == "rate = 0.1\nsteps = 1e3\nf(h=[1, 2])"
    assert (first.lines, first.line, second.line) == ((1, 2, 3), 15, 18)
    assert second.expect == "loss > 1 and rate == 2"
