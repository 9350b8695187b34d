"""Names without a value: what is said about them, and when nothing is."""

from __future__ import annotations

import pytest

from kernel.explain.checks import check_explained, check_silent

EXPLAINED = {
    "mistyped": (
        "learning_rate = 0.1\nlearning_rat",
        ["called `learning_rat`", "Did you mean `learning_rate`?"],
    ),
    "letters swapped": ("history = []\nhsitory", ["Did you mean `history`?"]),
    "capitals": ("Weights = 3\nweights", ["Did you mean `Weights`?"]),
    "underscores": ("learning_rate = 1\nlearningrate", ["Did you mean `learning_rate`?"]),
    "one of Python's own": ("pritn(3)", ["Did you mean `print`?"]),
    "a local name": ("def f(gradient):\n    return gradeint\nf(1)", ["Did you mean `gradient`?"]),
    "two alike": ("losses1 = losses2 = 1\nlosses = 1\nloses", ["`losses`"]),
    "in another language": ("x = true", ["In Python it is called `True`"]),
    "null": ("x = null", ["`None`"]),
    "defined below": ("y = f(3)\ndef f(x):\n    return x", ["line 2, below: move that up, before line 1"]),
    "defined below, called from a function": (
        "def g():\n    return h()\ng()\ndef h():\n    return 1",
        ["Nothing here is called `h`", "line 4, below", "before line 3"],
    ),
    "a line that didn't run": ("if 1 > 2:\n    x = 3\nx", ["Line 2 would give it a value, and hasn't"]),
    "a loop without items": ("for i in []:\n    last = i\nlast", ["Line 2 would give it a value"]),
    "inside a function": (
        "def f():\n    inner = 1\nf()\ninner",
        ["exists only inside `f`", "`return inner`"],
    ),
    "numpy without import": ("np.zeros(3)", ["`import numpy as np`"]),
    "matplotlib without import": ("plt.plot([1])", ["`import matplotlib.pyplot as plt`"]),
    "a module of Python's": ("math.pi", ["`import math` at the top"]),
    "a function of a module": ("import math\nsqrt(2)", ["Did you mean `math.sqrt`?"]),
    "a constant of a module": ("import math\n2 * pi", ["Did you mean `math.pi`?"]),
    "a function of math": ("cos(1)", ["`from math import cos`"]),
    "an array function": ("import numpy as np\narray([1])", ["Did you mean `np.array`?"]),
    "an attribute of self": (
        "class A:\n  def __init__(self):\n    self.weight = 1\n  def m(self):\n    return weight\nA().m()",
        ["The object has one: `self.weight`"],
    ),
    "a local name set later": (
        "def f():\n    print(x)\n    x = 1\nf()",
        ["`x` gets its value on line 3", "hasn't run in this call of `f`"],
    ),
    "counting a global": (
        "total = 0\ndef add():\n    total += 1\nadd()",
        ["`add` has a name `total` of its own, because line 3 sets it", "`return`", "`global total`"],
    ),
    "hiding a function of Python's": (
        "def f(x):\n    sum = sum(x)\nf([1])",
        ["a name `sum` of its own", "`sum` is also a function of Python's"],
    ),
    "a branch not taken": (
        "def f(x):\n    if x > 0:\n        sign = 1\n    return sign\nf(-1)",
        ["`sign` gets its value on line 3", "`sign` a value at the beginning of `f`"],
    ),
}
SILENT = {
    "nothing like it": "qwertyuiop",
    "numbered names are meant to differ": "x1 = 1\nx2",
    "so are indexed ones": "grad_w = 1\ngrad_b",
    "short names": "ab = 1\ncd",
    "deleted": "value = 1\ndel value\nvalue",
    "the reader's own error": "raise NameError('learning_rat')",
    "an error that names another": "learning_rate = 1\nraise NameError('x', name='learning_rat')",
    "in a library": "import statistics\nstatistics.mean(oops for _ in [1])",
    "private names aren't offered": "_hidden_name = 1\nhidden_nam",
    "of a deleted local": "def f():\n    x = 1\n    del x\n    return x\nf()",
    "after its except clause": "try:\n    1 / 0\nexcept Exception as error:\n    pass\nerror",
    "a variable of an enclosing function": "def f():\n  def g():\n    return late\n  g()\n  late = 1\nf()",
    "a keyboard interrupt": "raise KeyboardInterrupt",
    "the end": "import sys\nsys.exit(1)",
}
CELLS = {"first": "X = [1, 2]", "second": "print(X, w)", "third": "w = 3\ndef fit(): pass"}


@pytest.mark.parametrize("program, says", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_explained(program: str, says: list[str]) -> None:
    check_explained(program, says)


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT.keys())
def test_silent(program: str) -> None:
    check_silent(program)


def test_another_cell_above() -> None:
    check_explained("X", ["The cell “First”, above, defines it"], cells={**CELLS, "cell": "X"})


def test_another_cell_below() -> None:
    cells = {"cell": "fit()", **CELLS}
    check_explained("fit()", ["The cell “Third”, below, defines it"], cells=cells)


def test_nearly_a_name_of_another_cell() -> None:
    cells = {"cell": "w = 1 - learning_rat", "gradient-descent": "learning_rate = 0.1"}
    says = ["Did you mean `learning_rate`? The cell “Gradient descent”, below, defines `learning_rate`"]
    check_explained(cells["cell"], says, cells=cells)


def test_a_name_that_is_there_is_nearer_than_one_of_another_cell() -> None:
    program = "learning_rats = 1\nlearning_rat"
    cells = {"other": "learning_rate = 0.1", "cell": program}
    check_explained(program, ["Did you mean `learning_rats`?"], cells=cells, never=["cell"])


def test_of_cells_the_nearest_one_above_counts() -> None:
    cells = {"far": "w = 1", "near": "w = 2", "cell": "w", "last": "w = 3"}
    check_explained("w", ["The cell “Near”, above, defines it"], cells=cells)


def test_cells_that_are_no_python_are_passed_over() -> None:
    cells = {"broken": "w = = 1", "nul": "w = 1\0", "cell": "w", "last": "w = 3"}
    check_explained("w", ["The cell “Last”, below,"], cells=cells)


def test_a_cell_is_surer_than_a_function() -> None:
    program = "def f():\n    X = 1\nX"
    check_explained(program, ["The cell “First”, above,"], cells={**CELLS, "cell": program}, never=["`f`"])


def test_names_inside_functions_of_other_cells_are_not_theirs() -> None:
    check_silent("inner", cells={"other": "def f():\n    inner = 1"})


def test_the_place_is_in_the_cell_that_failed() -> None:
    program = ("def f():\n\n    return learning_rat", "learning_rate = 1\nf()")
    found = check_explained(program, ["`learning_rate`"], line=3)
    assert found.location is not None and found.location.cell == "cell"
