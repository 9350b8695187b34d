"""Makes programs in cells for hypothesis, and runs them: the judge of what the analysis of names says."""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

NUMBERS = ("n", "m", "k")
LISTS = ("a", "b", "c")
FUNCTIONS = ("f", "g", "h")
OBJECTS = ("p", "q")

number = st.sampled_from(NUMBERS)
a_list = st.sampled_from(LISTS)
function = st.sampled_from(FUNCTIONS)
an_object = st.sampled_from(OBJECTS)
digit = st.integers(0, 9)

START = """
import random, functools
random.seed(7)
n, m, k = 1, 2, 3
a, b, c = [1], [2, 3], [[4], 5]
def f(x): return 1
def g(x): return 2
def h(x): return 3
class Box:
    def __init__(self, content): self.content = content
    def put(self, x): self.content.append(x)
    def size(self): return len(self.content) + n
p, q = Box([]), Box([1])
import contextlib, math
d, registry, last = {}, [[0]], [0]
def make_counter():
    count = 0
    def counter():
        nonlocal count
        count += 1
        return count
    return counter
counter = make_counter()
stream = iter(())
def stamp(f):
    registry.append([f(0)])
    return f
"""
"""The first cell of every program: all names are there, so that hardly a program fails."""

atom = st.one_of(
    digit.map(str),
    number,
    a_list.map("len({})".format),
    an_object.map("{}.size()".format),
    st.builds("{}({})".format, function, a_list),
    st.just("random.randrange(100)"),
    a_list.map("sum(len(str(x)) for x in {})".format),
)
expression = st.one_of(
    atom, st.builds("{} + {}".format, atom, atom), st.builds("max({}, {})".format, atom, atom)
)
list_expression = st.one_of(
    a_list,
    a_list.map("{}[:]".format),
    a_list.map("list({})".format),
    a_list.map("[{}, 6]".format),
    st.builds("[*{}] + {}".format, a_list, a_list),
    st.builds("[{}, {}]".format, expression, expression),
    st.builds("[{} for i in {}]".format, st.sampled_from(["i", "0", "n", "[i]"]), a_list),
    an_object.map("{}.content".format),
    st.builds("({} if {} > 3 else {})".format, a_list, expression, a_list),
    st.builds("({} or {})".format, a_list, a_list),
)

simple = st.one_of(
    st.builds("{} = {}".format, number, expression),
    st.builds("{} = {}".format, a_list, list_expression),
    st.builds("{} += {}".format, number, expression),
    st.builds("{} += [{}]".format, a_list, expression),
    st.builds("{}.append({})".format, a_list, expression),
    st.builds("{}.append({})".format, a_list, list_expression),
    st.builds("{}[-1:] = [{}]".format, a_list, expression),
    st.builds("for x in list({}):\n    if isinstance(x, list): x.append({})".format, a_list, digit),
    st.builds("for {} in range(2): {} = {}".format, number, number, expression),
    st.builds("if {} % 2:\n    {} = {}".format, expression, number, expression),
    st.builds("if {} % 2:\n    {} = {}\nelse:\n    {} = 0".format, expression, number, expression, number),
    number.map("while {0} < 3:\n    {0} = 5".format),
    st.builds("try:\n    {} = {}\nfinally:\n    {} = {}".format, number, expression, number, expression),
    st.builds("try:\n    1/0\nexcept ZeroDivisionError as {}:\n    pass\n{} = 4".format, number, number),
    st.builds("{} = [({} := i) for i in range(3)]".format, a_list, number),
    st.builds("{}, {} = {}, {}".format, number, a_list, expression, list_expression),
    st.builds("match {}:\n    case 1: {} = 8\n    case {}: pass".format, number, number, number),
    st.builds("match {}:\n    case [*{}]: pass".format, a_list, a_list),
    st.builds("{} = Box({})".format, an_object, list_expression),
    st.builds("{}.put({})".format, an_object, expression),
    st.builds("{} = {}".format, an_object, an_object),
    st.builds("{}.content = {}".format, an_object, list_expression),
    st.builds("{} = {}".format, function, function),
    st.builds("{} = {}.put".format, st.just("h"), an_object),
    st.builds("del {}\n{} = {}".format, number, number, digit),
    st.builds("random.seed({})".format, digit),
    st.builds("random.shuffle({})".format, a_list),
    st.builds(
        "with contextlib.suppress(ZeroDivisionError):\n    {} = {}\n    {} = 1 / ({} % 2)".format,
        number,
        expression,
        number,
        number,
    ),
    st.builds("d[{}] = {}".format, digit, st.one_of(list_expression, expression)),
    st.builds("for x in d.values():\n    if isinstance(x, list): x.append({})".format, digit),
    st.builds(
        "{} = d.setdefault({}, [])\nif not isinstance({}, list): {} = [1]".format,
        a_list,
        digit,
        a_list,
        a_list,
    ).filter(lambda text: len(set(text.replace("=", " ").split()) & set(LISTS)) == 1),
    a_list.map("stream = (len({}) + i for i in range(9))".format),
    st.just("print(next(stream, 0))"),
    st.just("from math import *"),
    st.builds("global {}\n{} = {}".format, number, number, digit),
    st.builds("{}: int = {}".format, number, expression),
    st.builds("{} = (lambda x: {})({})".format, number, expression, a_list),
    st.builds("{} = counter()".format, number),
    st.builds("registry.append({})".format, list_expression),
    st.builds("{} = registry[-1]".format, a_list),
    st.builds("{}, *{} = [1, 2, {}]".format, number, a_list, expression),
    st.builds("{}.shared = {}".format, an_object, list_expression),
    st.builds("Box.shared = {}".format, list_expression),
    st.builds("{}.sort(key={})".format, a_list, function),
    st.builds("{}[{}:] = {}".format, a_list, digit, list_expression),
    st.builds("assert ({} := {}) is not None".format, number, expression),
    st.builds("{} = {} and ({} := {})".format, number, number, number, expression),
    st.builds("import random as {}; {} = 3".format, number, number),
    st.builds("list(map({}, list({})));".format, function, a_list),
    st.builds(
        "functools.reduce(lambda x, y: {}.append(y) or x, {}, 0);".format,
        a_list,
        a_list.map("list({})".format),
    ),
    st.builds("{}({});".format, function, a_list),
)

definition = st.one_of(
    st.builds("def {}(x):\n    return {}".format, function, expression),
    st.builds("def {}(x):\n    x.append({})\n    return 5".format, function, digit),
    st.builds("def {}(x):\n    {}.append({})\n    return 6".format, function, a_list, expression),
    st.builds("def {}(x):\n    global {}\n    {} = {}\n    return 7".format, function, number, number, digit),
    st.builds(
        "def {}(x):\n    own = []\n    own.append({})\n    return len(own)".format, function, expression
    ),
    st.builds("def {}(x):\n    own = x\n    own += [1]\n    return 8".format, function),
    st.builds("def {}(x):\n    registry.append(x)\n    return 4".format, function),
    st.builds("def {}(x):\n    global last\n    last = x\n    return 3".format, function),
    st.builds("def {}(x):\n    last.append({})\n    return 3".format, function, expression),
    st.builds("def {}(x):\n    import random as r\n    return r.random() + {}".format, function, number),
    st.builds("def {}(x):\n    return {}(x)".format, function, function),
    st.builds("def {}(x):\n    for i in range(2): {}(registry)\n    return 2".format, function, function),
    st.builds("@stamp\ndef {}(x):\n    return {}".format, function, expression),
    st.builds("async def {}(x):\n    return {}\n{} = len".format, st.just("f"), expression, st.just("f")),
    st.builds("def {}(x, y={}):\n    y.append(1)\n    return len(y)".format, function, a_list),
    st.builds("def {}(x):\n    def inner(): return {}\n    return inner()".format, function, expression),
    st.builds(
        "def {}(x):\n    class Inner:\n        value = {}\n    return Inner.value".format, function, number
    ),
    st.builds("{} = lambda x: {}".format, function, expression),
    st.builds("{} = lambda x: x.append({}) or 9".format, function, digit),
    st.builds(
        "@functools.cache\ndef {}(x=0, *rest):\n    return {}\n{} = lambda x: 1".format,
        st.just("h"),
        number,
        st.just("h"),
    ),
    st.builds("class Box(Box):\n    def size(self): return {}".format, expression),
    st.builds(
        (
            "class Box(Box):\n    shared = {}\n"
            "    def size(self):\n        self.shared.append(1)\n        return len(self.shared)"
        ).format,
        a_list,
    ),
)

LOOK = "[n, m, k, a, b, c, p.content, q.content, d, registry, last, counter(), random.random()]"
look = st.one_of(
    expression.map("print({})".format),
    a_list.map("print({})".format),
    an_object.map("print({}.content)".format),
    st.just(f"print({LOOK})"),
)
cell = st.lists(st.one_of(simple, simple, definition), min_size=1, max_size=3).map("\n".join)
cells = st.builds(
    lambda body, last: [START, *body, last],
    st.lists(cell, min_size=1, max_size=6),
    st.builds("{}\n{}".format, st.one_of(st.just(""), cell), look),
)


class Failed(Exception):
    """A cell of the program raised something."""


def run_cells(sources: Sequence[str]) -> str:
    """Run cells one after the other in a new namespace; what the last one prints. Raises Failed."""
    module = ModuleType("__main__")
    state = random.getstate()
    printed = io.StringIO()
    try:
        for source in sources:
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(source, "<cell>", "exec", dont_inherit=True), module.__dict__)
    except Exception as error:
        raise Failed(str(error)) from error
    finally:
        random.setstate(state)
    return printed.getvalue()


def name_cells(sources: Sequence[str]) -> list[tuple[str, Any]]:
    """The cells with ids, as `plan` takes them."""
    return [(str(number), source) for number, source in enumerate(sources)]
