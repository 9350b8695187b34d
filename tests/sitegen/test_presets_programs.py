"""Presets on random programs: one span is replaced, every other character stays."""

from __future__ import annotations

import ast
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gradus.sitegen.options import parse_options
from gradus.sitegen.presets import make_presets

VALUES = [
    *("0.1", "-1e-5", "'ä€'", '"""ß\nß"""', "[1, 2]", "[\n    1,  # eins\n    2,\n]", "{'k': (1,)}"),
    *("x if y else z", "lambda a: a + 1", "(1, 2)", "f'{x}ü'", "not x", "x < y", "...", "f(x)[0].y"),
]
TUPLE = "1, 2"
# Where the value is all of a right side, and where other things stand around it.
ALONE = [
    *("NAME = {}", "NAME: float = {}", "NAME  =  {}  # größer: NAME = 9", "ö = 'ü'; NAME = {}; y = 1"),
    *("z = NAME = {}", "def f():\n    'é'\n    NAME = {}\n    return NAME", "class K:\n\n    NAME = {}"),
    *("if x: NAME = {}", "async def f():\n  for y in x:\n    NAME = {}\n    await y"),
]
AMONG = [
    *("ä, NAME = 'ß', {}", "[(NAME, b), c] = ({}, 'ü'), 3", "while (NAME := {}): break"),
    *("call('ñ', NAME={}, k=1)", "@deco(NAME={})\ndef g(): pass", "x = [call(NAME={}) for _ in y]"),
    *("for é in call(\n    'ñ',\n    NAME={},\n): pass", "'ñ', call(k='ü', NAME={}), NAME"),
]
NOISE = [
    *("# NAME = 0", "'NAME = 0'", "other = 1", "def h(NAME=1):\n    return NAME", "", "print(NAME)"),
    *("del q", "é = 'NAME = 7'", "x.NAME = 3", "x['NAME'] = 3", "for NAME in x: pass", "NAME += 1"),
    *("text = '''\nNAME = 0\n'''", "import NAME"),
]


@given(
    before=st.lists(st.sampled_from(NOISE), max_size=4),
    slot=st.sampled_from(ALONE + AMONG),
    after=st.lists(st.sampled_from(NOISE), max_size=4),
    old=st.sampled_from(VALUES),
    new=st.sampled_from([TUPLE, *(value for value in VALUES if "\n" not in value)]),
    name=st.sampled_from(["rate", "größe", "x1", "_"]),
)
def test_replaces_just_one_span_of_any_program(
    before: list[str], slot: str, after: list[str], old: str, new: str, name: str
) -> None:
    head, tail = "\n".join([*before, slot, *after]).replace("{}", "\0", 1).replace("NAME", name).split("\0")
    change = f"{{{name}: '{new.replace(chr(39), chr(39) * 2)}'}}"
    lines = ["#| id: a", "#| try:", f"#|   - {{label: x, set: {change}, expect: 'True'}}"]
    options = parse_options(lines, Path("lesson.py"), 1)
    (preset,) = make_presets(options.presets, head + old + tail, 4)
    text = f"({new})" if new == TUPLE and slot in AMONG else new
    assert preset.source == head + text + tail
    ast.parse(preset.source)
    assert preset.lines == (() if text == old else (head.count("\n") + 1,))
