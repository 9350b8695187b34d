"""Finding out what an expression stood for by looking: what is found, and what is left alone."""

from __future__ import annotations

import ast
from collections import namedtuple
from types import MethodType
from typing import Any

import numpy as np
import pytest

from gradus.kernel.explain.classes import UNKNOWN, find_attribute
from gradus.kernel.explain.lookup import Lookup


class Plain:
    """A class with every sort of attribute."""

    shared = 3
    __slots__ = ("__dict__", "slot")

    def __init__(self) -> None:
        self.own = 1
        self.slot = 2
        self.__dict__["hidden"] = "under a property"

    def method(self) -> int:
        return self.own

    @property
    def hidden(self) -> int:
        raise AssertionError("a property was asked")

    @staticmethod
    def static() -> int:
        return 1


class Answering:
    """A class that answers for every name itself."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError("an object was asked")


Point = namedtuple("Point", "x y")
NAMES = {
    "n": 3,
    "half": 0.5,
    "t": "text",
    "rows": [[1, 2], [3, 4]],
    "d": {"a": {"b": 7}, 1: "one"},
    "o": Plain(),
    "answering": Answering(),
    "X": np.ones((3, 2)),
    "math": __import__("math"),
    "p": Point(1, 2),
}
FOUND: dict[str, object] = {
    "n": 3,
    "n + 1": 4,
    "2 * n - 1": 5,
    "-n": -3,
    "n / 2": 1.5,
    "n // 2": 1,
    "n ** 2": 9,
    "len": len,
    "len(rows)": 2,
    "len(X)": 3,
    "rows[1]": [3, 4],
    "rows[1][n - 3]": 3,
    "rows[-1][0]": 3,
    "rows[0:1]": [[1, 2]],
    "d['a']['b']": 7,
    "d[1]": "one",
    "t[0]": "t",
    "o.own": 1,
    "o.slot": 2,
    "o.shared": 3,
    "X.shape": (3, 2),
    "X.shape[0]": 3,
    "math.pi": __import__("math").pi,
    "[n, 1]": [3, 1],
    "(n, t)": (3, "text"),
}
LEFT_ALONE = [
    "unknown",
    "f(n)",
    "o.method()",
    "o.hidden",
    "o.static",
    "o.nothing",
    "answering.x",
    "answering[0]",
    "rows[5]",
    "d['z']",
    "n / 0",
    "n ** 99",
    "10 ** 13 * 2",
    "rows * 2",
    "t + t",
    "p.x",
    "len(o)",
    "len(rows, 1)",
    "[n, unknown]",
    "rows[half]",
    "lambda: n",
    "[x for x in rows]",
    "n if n else t",
    "X + 1",
    "X[X > 0]",
    "not n",
]


def find(expression: str, lookup: Lookup) -> Any:
    return lookup.find(ast.parse(expression, mode="eval").body)


@pytest.mark.parametrize("expression, value", FOUND.items())
def test_found(expression: str, value: object) -> None:
    found = find(expression, Lookup(NAMES, NAMES))
    assert type(found) is type(value) and found == value


@pytest.mark.parametrize("expression", LEFT_ALONE)
def test_left_alone(expression: str) -> None:
    assert find(expression, Lookup(NAMES, NAMES)) is UNKNOWN


def test_methods_are_bound() -> None:
    method = find_attribute(NAMES["o"], "method")
    assert type(method) is MethodType and method() == 1


def test_views_of_arrays() -> None:
    assert find("X[0, :1]", Lookup(NAMES, NAMES)).shape == (1,)
    assert find("X.T", Lookup(NAMES, NAMES)).shape == (2, 3)
    assert find("X[:, None]", Lookup(NAMES, NAMES)).shape == (3, 1, 2)


def test_local_names_come_first_and_hidden_ones_are_unknown() -> None:
    local = {"n": 5}
    assert find("n", Lookup(local, NAMES)) == 5
    assert find("n", Lookup(local, NAMES, hidden=frozenset("n"))) is UNKNOWN
    assert find("t", Lookup(local, NAMES, only_local=frozenset("t"))) is UNKNOWN
    assert find("n", Lookup(local, NAMES, only_local=frozenset("n"))) == 5


def test_names_of_python_s_own() -> None:
    name = ast.Name("len")
    assert Lookup(NAMES, NAMES).is_builtin(name, "len", "sum")
    assert not Lookup({"len": 3}, NAMES).is_builtin(name, "len")
    assert not Lookup(NAMES, NAMES).is_builtin(name, "sum")
