"""The table of variables says what there is, and wakes nothing of the reader's to find out."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradus.kernel.questions import answer
from gradus.kernel.variables import MOST_ROWS, NAME_LENGTH, VALUE_LENGTH, list_variables
from kernel.checks import Runner


def look(source: str) -> dict[str, dict[str, str]]:
    """The rows, by name, after a cell with this text has run."""
    runner = Runner()
    assert runner.run(source).result.status == "ok"
    table = answer({"about": "variables"}, runner.session.namespace)
    json.dumps(table, allow_nan=False).encode()
    assert runner.emitted == [], "looking must not print"
    return {row["name"]: row for row in table["variables"] + table["definitions"]}


@pytest.mark.parametrize(
    ("source", "kind", "shape", "value"),
    [
        ("x = 3", "int", "", "3"),
        ("x = 'ab'", "str", "2 characters", "'ab'"),
        ("x = [1, [2]]", "list", "2 items", "[1, [2]]"),
        ("x = {'a': 1}", "dict", "1 key", "{'a': 1}"),
        ("x = None", "NoneType", "", "None"),
        ("x = b'\\x00a'", "bytes", "2 bytes", r"b'\x00a'"),
        ("x = range(4)", "range", "4 numbers", "range(0, 4)"),
        ("x = frozenset('a')", "frozenset", "1 item", "frozenset object"),
        ("import numpy as np\nx = np.eye(2)", "ndarray of float64", "(2, 2)", "[1, 0, 0, 1]"),
        ("import numpy as np\nx = np.arange(9)[::2][1:]", "ndarray of int64", "(4,)", "[2, 4, 6, 8]"),
        ("import numpy as np\nx = np.zeros((0, 3))", "ndarray of float64", "(0, 3)", "[]"),
        ("import numpy as np\nx = np.array(0.5)", "ndarray of float64", "()", "0.5"),
        ("import numpy as np\nx = np.ones(10)", "ndarray of float64", "(10,)", "[1, 1, 1, 1, 1, 1, …]"),
        ("import numpy as np\nx = np.float64(0.5)", "float64", "", "0.5"),
        ("import datetime\nx = datetime.timedelta(days=1)", "timedelta", "", "datetime.timedelta(days=1)"),
    ],
)
def test_a_row(source: str, kind: str, shape: str, value: str) -> None:
    assert look(source)["x"] == {"name": "x", "type": kind, "shape": shape, "value": value}


def test_an_object_shows_its_own_attributes() -> None:
    rows = look("class Box:\n    pass\nb = Box()\nb.width = 3\nb._hidden = 1\nb.label = 'a'")
    assert rows["b"]["value"] == "width=3, label='a'"


def test_functions_classes_and_modules_stand_apart() -> None:
    runner = Runner()
    runner.run("import math\ndef f(a): ...\nclass C: ...\nx = 1\n_y = 2")
    table = list_variables(runner.session.namespace)
    assert [row["name"] for row in table["variables"]] == ["x"]
    assert [row["name"] for row in table["definitions"]] == ["math", "f", "C"]


def test_many_names_are_cut_and_counted() -> None:
    table = list_variables({f"x{number}": number for number in range(MOST_ROWS + 5)})
    assert (len(table["variables"]), table["omitted"]) == (MOST_ROWS, 5)


HOSTILE = """
class Wake(BaseException): ...
calls = []
def wake(*arguments, **named):
    calls.append(1)
    print("woken")
    raise Wake
class Meta(type):
    __getattribute__ = __instancecheck__ = __subclasscheck__ = __hash__ = __eq__ = __repr__ = wake
class Hostile(metaclass=Meta):
    __repr__ = __str__ = __len__ = __getattribute__ = __getattr__ = __iter__ = __hash__ = __eq__ = wake
    __bool__ = __dir__ = __format__ = __index__ = __float__ = __array__ = wake
    __class__ = shape = dtype = __dict__ = property(wake)
class Slotted:
    __slots__ = ("shape",)
    __len__ = __repr__ = wake
class Number(float):
    __repr__ = __format__ = wake
class Items(list):
    __len__ = __iter__ = __getitem__ = __repr__ = wake
h, s, n, i = Hostile(), Slotted(), Number(1), Items([1])
nested = [h, {"a": h}, (s, n, i)]
"""


def test_hostile_objects_are_not_woken() -> None:
    rows = look(HOSTILE)
    assert rows["calls"]["value"] == "[]"
    assert rows["h"] == {"name": "h", "type": "Hostile", "shape": "", "value": "Hostile object"}
    assert rows["i"]["shape"] == ""
    assert rows["nested"]["shape"] == "3 items"


def test_a_hostile_subclass_of_an_array_is_not_woken() -> None:
    rows = look(
        "import numpy as np\ncalls = []\n"
        "class A(np.ndarray):\n    shape = property(lambda self: calls.append(1))\n"
        "    def __array_finalize__(self, other): pass\n    __repr__ = lambda self: calls.append(2)\n"
        "a = np.zeros(3).view(A)\ncalls.clear()"
    )
    assert rows["a"]["type"] == "A"
    assert rows["calls"]["value"] == "[]"


def test_what_contains_itself_ends() -> None:
    rows = look("a = []\na.append(a)\nd = {}\nd['d'] = d\nb = 10 ** 100_000\nt = 'x' * 10 ** 7")
    assert rows["a"]["shape"] == "1 item"
    assert len(rows["b"]["value"]) <= VALUE_LENGTH
    assert len(rows["t"]["value"]) <= VALUE_LENGTH
    assert rows["t"]["shape"] == "10,000,000 characters"


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(st.characters(codec=None))
    | st.text(st.characters(categories=["Cs", "Cc", "Zl"]))
    | st.binary()
    | st.decimals()
    | st.timedeltas()
    | st.builds(int.__lshift__, st.just(1), st.integers(0, 10**5)),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.text(), inner)
        | st.tuples(inner, inner)
        | st.builds(lambda item: np.array([item, None], dtype=object), inner)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(), values, max_size=5))
def test_every_value_becomes_a_short_row(namespace: dict[str, Any]) -> None:
    table = answer({"about": "variables"}, namespace)
    rows = table["variables"] + table["definitions"]
    assert len(rows) == sum(not name.startswith("_") for name in namespace)
    for row in rows:
        json.dumps(row, allow_nan=False).encode()
        # Half of a surrogate pair becomes an escape of six characters.
        assert len(row["value"]) <= 6 * VALUE_LENGTH
        assert len(row["name"]) <= 6 * NAME_LENGTH
        assert row["value"] != "(can't be shown)"


@settings(deadline=None)
@given(st.sampled_from("?bhilqBHILQefdgFDG"), st.lists(st.integers(0, 3), max_size=4))
def test_every_array_becomes_a_row(code: str, shape: list[int]) -> None:
    row = list_variables({"x": np.zeros(shape, dtype=code)})["variables"][0]
    assert row["shape"] == str(tuple(shape))
    assert row["type"].startswith("ndarray of ")
    assert row["value"] != "(can't be shown)"


def test_an_unknown_question_has_no_answer() -> None:
    assert answer({"about": "the weather"}, {}) is None
