"""What an explanation is made of: values, places, drawings, JSON; and what explainers share."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradus.kernel.explain import explain
from gradus.kernel.explain.describe_values import describe
from gradus.kernel.explain.drawing import Drawing, draw_as_text, make_rectangle
from gradus.kernel.explain.explanation import MIME_TYPE
from gradus.kernel.explain.nearest import find_nearest
from gradus.kernel.explain.scene import Surroundings
from gradus.kernel.explain.shapes import broadcast_shapes, multiply_shapes
from gradus.kernel.outputs import make_display_data
from gradus.kernel.sources import Sources
from kernel.explain.checks import Reader, check_explained, run

MATRICES = "import numpy as np\nX = np.ones((3, 2))\nw = np.ones(3)\nX @ w"


def test_json() -> None:
    bundle = check_explained(MATRICES, [], line=4).make_bundle()
    content = json.loads(json.dumps(make_display_data(bundle), allow_nan=False))["data"][MIME_TYPE]
    assert content["about"] == "error" and content["location"] == {"cell": "cell", "line": 4}
    assert content["title"].startswith("A matrix product needs") and 1 <= len(content["hints"]) <= 3
    entries = "array of shape (3, 2), float64: [[1, 1], [1, 1], [1, 1]]"
    assert content["values"][0] == {"name": "X", "text": entries}
    first, second = content["drawing"]["rectangles"]
    assert first == {"label": "X", "rows": 3, "columns": 2, "note": "shape (3, 2)", "mismatch": "columns"}
    assert second["columns"] is None and content["drawing"]["operator"] == "@"
    assert content["drawing"]["text"] in bundle.data["text/plain"]
    words = "X, shape (3, 2), @ w, shape (3,): 2 columns and 3 entries do not fit."
    assert content["drawing"]["words"] == words


def test_half_a_character_crosses() -> None:
    bundle = check_explained("d = {'\\ud800a': 1}\nd['\\ud800b']", []).make_bundle()
    json.dumps(bundle.data, ensure_ascii=False).encode()


def test_drawing_as_text() -> None:
    drawing = Drawing(
        (make_rectangle("X", (3, 2), "columns"), make_rectangle("w", (3,), "rows", upright=True)), "@"
    )
    assert draw_as_text(drawing).split("\n") == [
        "    [2]",
        "  ┌─────┐              ┌───┐",
        "3 │  X  │       @  [3] │ w │",
        "  └─────┘              └───┘",
        "  shape (3, 2)         shape (3,)",
    ]


VALUES = {
    "at most six": ("a = b = c = d = e = f = g = 1\na + b + c + d + e + f + g + 'x'", 6),
    "no functions or modules": ("import math\nx = -1\nmath.sqrt(x) + len(str(x))", 1),
    "attributes": ("class A: pass\na = A()\na.n = 0\n1 / a.n", 1),
    "the header of a loop, not its body": ("n = 5\nm = 3\nfor i in n:\n    m", 1),
    "once each": ("x = [1]\nx[len(x)] + x[0]", 1),
}


@pytest.mark.parametrize("program, number", VALUES.values(), ids=VALUES.keys())
def test_values(program: str, number: int) -> None:
    assert len(check_explained(program, []).values) == number


def test_the_failing_part_comes_first() -> None:
    found = check_explained("a = 1\nn = 0\ny = a + 5 / n", [])
    assert [value.name for value in found.values] == ["n", "a"]


def test_values_of_a_function_s_own_names() -> None:
    check_explained("n = 'outside'\ndef f(n):\n    return 1 / n\nf(0)", [], line=3, values={"n": "0"})


def test_a_text_that_its_cell_no_longer_has_is_not_marked() -> None:
    reader = Reader()
    reader.run("def f(n):\n    return 1 / n", "cell")
    reader.run("def g(n):\n\n    return 2 / n", "cell")
    reader.run("f(0)", "cell 2")
    found = reader.explain()
    assert found is not None and found.location is None


def test_without_surroundings() -> None:
    """A cell's own frames are known without them, other cells' aren't."""
    sources, namespace = Sources(), {"__name__": "__main__"}
    exec(compile("def f(n):\n    return 1 / n", sources.add("one", "", 1).filename, "exec"), namespace)
    text = "f(0)"
    try:
        exec(compile(text, sources.add("two", text, 2).filename, "exec"), namespace)
    except ZeroDivisionError as error:
        assert explain(error, text, "two", namespace) is None
    text = "1 / 0"
    try:
        exec(compile(text, sources.add("two", text, 3).filename, "exec"), namespace)
    except ZeroDivisionError as error:
        found = explain(error, text, "two", namespace)
        assert found is not None and found.location is not None and found.location.cell == "two"


def test_libraries_in_between() -> None:
    """The reader's own innermost frame counts, even below a library's."""
    program = "import functools\ndef add(a, b):\n    return a / b\nfunctools.reduce(add, [1, 0])"
    check_explained(program, ["The divisor `b` is 0"], line=3)


DESCRIBED: dict[str, tuple[Any, str]] = {
    "a number": (3.5, "3.5"),
    "a long list": (list(range(100)), "[0, 1, 2, 3, 4, 5, … 100 items]"),
    "nested": ([[1, [2, [3, [4]]]]], "[[1, [2, […]]]]"),
    "one in a tuple": ((1,), "(1,)"),
    "a dictionary": ({"a": [1]}, "{'a': [1]}"),
    "no set": (set(), "set()"),
    "an array": (np.ones((50, 2)), "array of shape (50, 2), float64"),
    "a small array": (np.array([1, 2.5]), "array of shape (2,), float64: [1, 2.5]"),
    "a number of NumPy's": (np.float64(2), "2.0 (float64)"),
    "numbers of NumPy's": ([np.float64(152.4341153943046), np.int64(2)], "[152.434, 2]"),
    "many digits in a list": ([0.1 + 0.2, 0.5], "[0.3, 0.5]"),
    "a small matrix": (np.eye(2), "array of shape (2, 2), float64: [[1, 0], [0, 1]]"),
    "a function": (make_rectangle, "function make_rectangle(label, shape, mismatch, upright)"),
    "a class": (Sources, "class Sources"),
    "an object": (Sources(), "Sources object"),
    "a long text": ("a" * 200, "'" + "a" * 58 + "…"),
    "a huge number": (10**5000, "int of about 5,000 digits"),
}


@pytest.mark.parametrize("value, text", DESCRIBED.values(), ids=DESCRIBED.keys())
def test_describe(value: Any, text: str) -> None:
    assert describe(value) == text


def test_a_list_that_holds_itself() -> None:
    endless: list[Any] = [1]
    endless.append(endless)
    assert describe(endless) == "[1, [1, [1, […]]]]"


NEAREST = {
    "swapped": ("alhpa", ["alpha", "beta"], ["alpha"]),
    "left out": ("learning_rat", ["learning_rate", "learning"], ["learning_rate"]),
    "capitals": ("dataframe", ["DataFrame"], ["DataFrame"]),
    "underscores": ("learningRate", ["learning_rate"], ["learning_rate"]),
    "one letter": ("X", ["x"], ["x"]),
    "two letters": ("ab", ["ac", "b"], []),
    "too far": ("weight", ["height_of_the_tree", "w"], []),
    "numbers": ("x1", ["x2", "x3"], []),
    "indices": ("grad_w", ["grad_b"], []),
    "private": ("hidden", ["_hidden"], []),
    "itself": ("x", ["x"], []),
    "what is no name": ("abc", [1, None, "abd"], ["abd"]),
}


@pytest.mark.parametrize("wrong, names, expected", NEAREST.values(), ids=NEAREST.keys())
def test_nearest(wrong: str, names: list[Any], expected: list[str]) -> None:
    assert find_nearest(wrong, names) == expected


shapes = st.lists(st.integers(0, 3), max_size=4).map(tuple)


@given(shapes, shapes)
def test_shapes_are_numpy_s(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    try:
        added = (np.ones(left) + np.ones(right)).shape
    except ValueError:
        added = None
    assert broadcast_shapes(left, right) == added
    try:
        multiplied = (np.ones(left) @ np.ones(right)).shape
    except ValueError:
        multiplied = None
    assert multiply_shapes(left, right) == multiplied


def test_packages_come_from_outside() -> None:
    reader = run("import torch")
    assert reader.error is not None
    surroundings = Surroundings(packages=("scipy",))
    found = explain(reader.error, "import torch", "cell", reader.namespace, surroundings)
    assert found is not None and "`scipy`" in found.hints[0]
    assert explain(reader.error, "import torch", "cell", reader.namespace) is None
