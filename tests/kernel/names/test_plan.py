"""Which cells have to run first: cells as data, with what the last one needs of those above."""

from __future__ import annotations

import pytest

from gradus.kernel.names import FreshRun, History
from kernel.names.programs import name_cells

NUMPY = "import numpy as np"

CASES = {
    "nothing": (["x = 1", "y = 2"], []),
    "the one that sets it": (["x = 1", "y = 2", "x"], [0]),
    "the nearest one": (["x = 1", "x = 2", "x"], [1]),
    "all that may have set it": (["x = 1", "if c: x = 2", "x"], [0, 1]),
    "and what that one needs": (["x = 1", "y = x", "y"], [0, 1]),
    "not what it sets itself": (["x = 1", "x = 2\nx"], []),
    "augmented": (["x = 1", "x += 1", "x"], [0, 1]),
    "deleted": (["x = 1", "del x", "x"], [0, 1]),
    "a module": ([NUMPY, "a = 1", "np.zeros(3)"], [0]),
    "names of a star": (["from math import *", "a = 1", "sqrt(2)"], [0]),
    "a star over what was there": (["gamma = 1", "from math import *", "gamma"], [0, 1]),
    "set again after a star": (["from math import *", "e = 1", "e"], [1]),
    "what a called function reads": (["rate = 1", "def f(): return rate", "f()"], [0, 1]),
    "the nearest of that at the call": (["rate = 1", "def f(): return rate", "rate = 2", "f()"], [1, 2]),
    "what the caller sets before": (["rate = 1", "def f(): return rate", "rate = 2\nf()"], [1]),
    "a function by another name": (["w = 1", "def f(): return w", "g = f", "w = 2", "g()"], [0, 1, 2, 3]),
    "a function given to another": (
        ["w = 1", "def f(x): return w", "def twice(g): return g(g(1))", "twice(f)"],
        [0, 1, 2],
    ),
    "a method": (["w = 1", "class A:\n    def m(self): return w", "a = A()", "a.m()"], [0, 1, 2]),
    "a generator goes on later": (["w = 1", "g = (w * i for i in [1])", "w = 2", "list(g)"], [0, 1, 2]),
    "a function that sets a global": (["def f():\n    global x\n    x = 1", "f()", "x"], [0, 1]),
    "appended to": (["a = []", "a.append(1)", "b = 2", "a"], [0, 1]),
    "only looked at": (["a = [1]", "a.index(1)", "a"], [0]),
    "changed by another name": (["a = []", "b = a", "b.append(1)", "a"], [0, 1, 2]),
    "changed in a copy": (["a = [1]", "b = a + [2]", "b.append(3)", "a"], [0]),
    "changed in a list": (["a = []", "l = [a]", "l[0].append(1)", "a"], [0, 1, 2]),
    "what holds it is changed": (["a = []", "l = [a]", "l.append(1)", "a"], [0]),
    "item set": (["a = [0]", "a[0] = 1", "a"], [0, 1]),
    "attribute set": (["class A: pass", "a = A()", "a.x = 1", "a"], [0, 1, 2]),
    "changed in place by an operator": (["a = [1]", "b = a", "b += [2]", "a"], [0, 1, 2]),
    "numbers are never changed": (["n = 1", "m = n", "m += 1", "n"], [0]),
    "changed by a function": (["def f(x): x.append(1)", "a = []", "f(a)", "a"], [0, 1, 2]),
    "given to a function that changes nothing": (["def f(x): return len(x)", "a = []", "f(a)", "a"], [1]),
    "given to a function that changes its own copy": (
        ["def f(x):\n    y = list(x)\n    y.append(1)\n    return y", "a = []", "f(a)", "a"],
        [1],
    ),
    "a copy made by a function is its own": (
        ["def f(x): return [i + 1 for i in x]", "a = []", "b = f(a)", "b.append(1)", "a"],
        [1],
    ),
    "given back by a function": (
        ["def f(x): return x", "a = []", "b = f(a)", "b.append(1)", "a"],
        [0, 1, 2, 3],
    ),
    "changed through an object": (
        [
            "class A:\n    def __init__(self, x): self.x = x\n    def put(self): self.x.append(1)",
            "a = []",
            "b = A(a)",
            "b.put()",
            "a",
        ],
        [0, 1, 2, 3],
    ),
    "kept by a function": (
        ["kept = []", "def f(x): kept.append(x)", "a = []", "f(a)", "kept[0].append(1)", "a"],
        [0, 1, 2, 3, 4],
    ),
    "a counter": (
        [
            "def make():\n    n = 0\n    def count():\n        nonlocal n\n        n += 1\n"
            "        return n\n    return count",
            "count = make()",
            "count()",
            "count()",
        ],
        [0, 1, 2],
    ),
    "an array's view": ([NUMPY, "a = np.zeros((2, 2))", "v = a[0]", "v[0] = 1", "a"], [0, 1, 2, 3]),
    "an array computed from it": ([NUMPY, "a = np.zeros(2)", "v = a * 2", "v[0] = 1", "a"], [0, 1]),
    "drawing on axes doesn't change the data": (
        ["import matplotlib.pyplot as plt", "x = [1]", "fig, ax = plt.subplots(); ax.plot(x)", "x"],
        [1],
    ),
    "random numbers drawn before": (
        [NUMPY, "np.random.seed(1)", "np.random.rand()", "np.random.rand()"],
        [0, 1, 2],
    ),
    "a new seed": ([NUMPY, "np.random.rand()", "np.random.seed(1)", "np.random.rand()"], [0, 2]),
    "random numbers of another module": ([NUMPY, "import random", "random.seed(1)", "np.random.rand()"], [0]),
    "drawn by a function": (
        [NUMPY, "np.random.seed(1)", "def f(): return np.random.rand()", "f()", "f()"],
        [0, 1, 2, 3],
    ),
    "drawn by an imported function": (
        ["from random import random, seed", "seed(1)", "random()", "random()"],
        [0, 1, 2],
    ),
    "a generator of its own": (
        [NUMPY, "r = np.random.default_rng(1)", "np.random.rand()", "r.random()"],
        [0, 1],
    ),
    "a generator that was drawn from": (
        [NUMPY, "r = np.random.default_rng(1)", "r.random()", "r.random()"],
        [0, 1, 2],
    ),
    "settings of a module": (
        ["import matplotlib.pyplot as plt", "plt.rcParams['lines.linewidth'] = 9", "plt.plot([1])"],
        [0, 1],
    ),
    "settings by a call": ([NUMPY, "np.set_printoptions(precision=2)", "x = 1", "print(np.pi)"], [0, 1]),
    "files": (["open('a', 'w').write('x')", "y = 1", "open('a').read()"], [0]),
    "exec may set anything": (["x = 1", "exec('x = 2')", "x"], [0, 1]),
    "eval may read anything": (["x = 1", "y = 2", "eval('x')"], [0, 1]),
    "a built-in name that was replaced": (["list = 5", "list"], [0]),
    "a cell that isn't Python": (["x = 1", "x = (", "x"], [0]),
    "a magic command": (["x = 1", "%matplotlib inline\nx = 2", "x"], [0]),
}


def plan(cells: list[tuple[str, str]], wanted: str) -> list[str]:
    return History().plan(cells, wanted)[0]


@pytest.mark.parametrize("sources, expected", CASES.values(), ids=CASES)
def test_plan(sources: list[str], expected: list[int]) -> None:
    cells = name_cells(sources)
    assert plan(cells, cells[-1][0]) == [str(position) for position in expected]


def test_only_cells_above_count() -> None:
    assert plan([("a", "x"), ("b", "x = 1")], "a") == []


def test_where_nothing_has_run_no_text_is_read_for_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = name_cells(["import numpy as np", "x = np.zeros(3)", "exec('x')", "x"])
    expected = plan(cells, "3")
    monkeypatch.delattr("gradus.kernel.names.history.find_names_or_none")
    assert History().find_dependencies("3", "x") == set()
    monkeypatch.undo()
    assert plan(cells, "3") == expected != []


def test_requirements_are_the_direct_ones() -> None:
    assert FreshRun(["x = 1", "y = x", "z = y"]).requirements == [set(), {0}, {1}]


def test_a_wanted_cell_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="missing"):
        plan([("a", "x")], "missing")
