"""What is offered where, from live names and from a text that hasn't run or doesn't parse."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from typing import Any

import matplotlib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.checks import Runner
from kernel.complete.checks import ask, complete, cut, inspect_name


class Point:
    """A place."""

    def __init__(self, x: float, y: float = 0) -> None:
        self.x = x
        self.y = y

    def move(self, by: float) -> None:
        """Go elsewhere."""


def train(data: Any, *, learning_rate: float = 0.1) -> None:
    """Learn."""


LIVE = {"np": np, "points": np.zeros((3, 2)), "p": Point(1), "train": train, "loss": 0.5, "random": random}


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("lo|", ["loss"]),
        ("np.lins|", ["linspace"]),
        ("points.|", ["shape", "mean", "T"]),
        ("p.|", ["x", "y", "move"]),
        ("p.mo|ve(1)", ["move"]),
        ("points[0].|", ["mean"]),
        ("points.T.|", ["shape"]),
        ("np.linalg.|", ["norm", "inv"]),
        ("np.zeros(3).|", ["shape"]),
        ("(points + 1).|", ["shape"]),
        ("''.|", ["join"]),
        ("[1, 2].|", ["append"]),
        ("'a b'.split().|", ["append"]),
        ("Point(1).|", []),
        ("train(|", ["data=", "learning_rate=", "loss"]),
        ("train(points,\n      lea|", ["learning_rate="]),
        ("train(data=1, |", ["learning_rate="]),
        ("print(1, s|", ["sep="]),
        ("import ma|", ["math", "matplotlib"]),
        ("import xml.|", ["dom", "etree"]),
        ("from random import ra|", ["randint"]),
        ("from numpy.linalg import no|", ["norm"]),
        ("from xml.|", ["etree"]),
        ("wh|", ["while"]),
        ("pri|", ["print"]),
        ("f'{lo|", ["loss"]),
        ("f'{points.sh|", ["shape"]),
        ("__na|", ["__name__"]),
        ("p.__in|", ["__init__"]),
        ("x = (1\ndef f(): pass\nlo|", ["loss"]),
        ("1/0 if points.|", ["shape"]),
    ],
)
def test_live_names(text: str, offered: list[str]) -> None:
    labels = complete(text, LIVE)
    assert set(offered) <= set(labels), labels


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("width = 3\nwi|", ["width"]),
        ("def area(w):\n    height = 2\n    return he|", ["height", "w"]),
        ("for step in range(3):\n    st|", ["step"]),
        ("a, bee = 1, 2\nbe|", ["bee"]),
        ("with open('a') as source:\n    so|", ["source"]),
        ("import math\nmath.|", ["sqrt"]),
        ("import math as m\nm.|", ["sqrt"]),
        ("from math import sqrt as root\nro|", ["root"]),
        ("word = 'a'\nword.|", ["upper"]),
        ("items = []\nitems.|", ["append"]),
        ("if items := [1]:\n    items.|", ["append"]),
        ("def f(word: str, n=1):\n    word.|", ["upper"]),
        ("def f() -> str: ...\nf().|", ["upper"]),
        (
            "class A:\n    size = 1\n    def go(self):\n        self.step = 2\n        self.|",
            ["size", "step", "go"],
        ),
        ("class A:\n    def go(self): ...\na = A()\na.|", ["go"]),
        ("class A(str):\n    def go(self): ...\nA().|", ["go", "upper"]),
        ("def f(size, *, speed=1): ...\nf(|", ["size=", "speed="]),
        ("class A:\n    def __init__(self, size): ...\nA(|", ["size="]),
        ("broken = = 1\nfine = 2\nx = (\nfi|", ["fine"]),
        ("def half(:\n\nwhole = 3\nwh|", ["whole"]),
    ],
)
def test_names_of_a_text_that_has_not_run(text: str, offered: list[str]) -> None:
    labels = complete(text)
    assert set(offered) <= set(labels), labels


@pytest.mark.parametrize(
    "text",
    [
        "# lo|",
        "'lo|",
        "'''a\nlo|",
        "f'lo|",
        "f'{loss:.3|",
        "3.|",
        "x = 3|",
        "def lo|",
        "def f(lo|",
        "import math as m|",
    ],
)
def test_nothing_is_offered_where_names_are_new_or_text_is_free(text: str) -> None:
    assert complete(text, LIVE) == []


def test_other_functions_names_stay_their_own() -> None:
    assert "hidden" not in complete("def f():\n    hidden = 1\n\nhi|")


def test_private_names_wait_for_an_underscore() -> None:
    namespace = {"_own": 1, "open_": 2}
    assert "_own" not in complete("o|", namespace)
    assert "_own" in complete("_|", namespace)
    assert not any(label.startswith("_") for label in complete("''.|"))


def test_cells_above_that_have_not_run_help() -> None:
    assert "rate" in complete("ra|", above=["rate = 0.1", "def ("])
    assert "upper" in complete("word.|", above=["word = 'a'"])
    # A name is what it is nearest above.
    assert "append" in complete("word = []\nword.|", above=["word = 'a'"])


def test_the_text_counts_where_it_differs_from_what_ran() -> None:
    assert "upper" in complete("loss = 'a'\nloss.|", LIVE)
    assert "upper" not in complete("loss = loss\nloss.|", LIVE)


def test_the_reader_s_names_come_first() -> None:
    found = ask({"about": "completions", **cut("train(l|")}, LIVE)
    rank = {item["label"]: item["rank"] for item in found["items"]}
    assert rank["learning_rate="] > rank["loss"] > rank["list"] > rank["LookupError"]
    detail = {item["label"]: item["detail"] for item in found["items"]}
    assert detail["points"] == "ndarray of float64 (3, 2)"
    assert detail["learning_rate="] == "0.1"


@pytest.fixture
def axes() -> Iterator[dict[str, Any]]:
    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    yield {"plt": plt, "ax": axes}
    plt.close(figure)


def test_matplotlib(axes: dict[str, Any]) -> None:
    assert {"color=", "linewidth=", "scalex="} <= set(complete("plt.plot([1], |", axes))
    assert {"fontsize=", "loc="} <= set(complete("ax.set_title('a', |", axes))
    assert "set_xlabel" in complete("fig, other = plt.subplots()\nother.set_|", axes)
    assert "savefig" in complete("fig, other = plt.subplots(1, 2)\nfig.|", axes)


HOSTILE = """
calls = []
def wake(*arguments, **named):
    calls.append(1)
    raise BaseException("woken")
class Meta(type):
    __getattribute__ = __call__ = __instancecheck__ = __dir__ = __eq__ = __hash__ = wake
class Hostile(metaclass=Meta):
    __getattr__ = __getattribute__ = __dir__ = __repr__ = __eq__ = __hash__ = __bool__ = __len__ = wake
    __class__ = __doc__ = __wrapped__ = __signature__ = __text_signature__ = property(wake)
class Lazy:
    @property
    def value(self): wake()
    def __getattr__(self, name): wake()
    def __getitem__(self, key): wake()
    def __add__(self, other): wake()
    def __call__(self, a: wake() if calls else 1 = 2): wake()
def defaulted(a=Lazy(), *, b=None): wake()
h, z = object.__new__(Hostile), Lazy()
"""


@pytest.mark.parametrize("name", ["h", "z", "Hostile", "Lazy", "defaulted", "Meta"])
def test_nothing_of_the_reader_s_is_woken(name: str) -> None:
    runner = Runner()
    assert runner.run(HOSTILE).result.status == "ok"
    namespace = runner.session.namespace
    namespace["calls"].clear()
    for text in (f"{name}|", f"{name}.|", f"{name}.value.|", f"{name}[0].|", f"{name}(|", f"({name} + 1).|"):
        complete(text, namespace)
        inspect_name(text, namespace)
        complete(f"{name} = {name}\n{text}", namespace)
    assert namespace["calls"] == []
    assert runner.emitted == []


def test_nothing_is_imported() -> None:
    sys.modules.pop("this", None)
    complete("import this\nthis.|")
    complete("from this import |")
    assert "this" not in sys.modules


PIECES = 'def |class |x|.|(|)|[|]|{|}|\'|"""|f\'|\n|    |=|:|,|1|import |from |lambda |#|\\|*|np|é|\0|as |in '
WORDS = st.sampled_from([*PIECES.split("|"), "\ud800", "\N{MATHEMATICAL ITALIC SMALL X}"])


@settings(deadline=None)
@given(st.lists(WORDS, max_size=30).map("".join), st.lists(WORDS, max_size=8).map("".join))
def test_any_text_has_an_answer(before: str, after: str) -> None:
    question = {"before": before, "after": after, "above": [after]}
    found = ask({"about": "completions", **question}, LIVE)
    assert found is not None
    assert before.endswith(found["prefix"])
    for subject in ("name", "call"):
        ask({"about": "inspection", "subject": subject, **question}, LIVE)
