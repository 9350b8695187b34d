"""Operators between things that they don't work on."""

from __future__ import annotations

import pytest

from kernel.explain.checks import check_explained, check_silent, run

NP = "import numpy as np\n"
EXPLAINED = {
    "None": ("y = None\ny + 1", ["`y` is `None`, and `+` doesn't work on that"]),
    "set to None": ("def f():\n    y = None\n    return y + 1\nf()", ["Line 2 sets it to `None`"]),
    "None on the right": ("y = None\n1 - y", ["`y` is `None`"]),
    "None compared": ("y = None\ny < 3", ["`y` is `None`, and `<`"]),
    "None with a minus": ("y = None\n-y", ["`y` is `None`"]),
    "None counted up": ("y = None\ny += 1", ["`y` is `None`"]),
    "a function that forgot": (
        "def square(x):\n    x ** 2\ny = square(3)\ny + 1",
        ["`y` is `None`", "`square` has no `return` with a value"],
    ),
    "the same without a name": (
        "def square(x):\n    x ** 2\nsquare(3) + 1",
        ["`square(3)` is `None`", "`square` has no `return` with a value"],
    ),
    "a way without return": (
        "def sign(x):\n    if x > 0:\n        return x\ns = sign(-1)\ns + 1",
        ["`s` is `None`", "`sign` on line 4: not every way"],
    ),
    "what print gives": (
        "x = print(3)\nx + 1",
        ["`x` is `None`", "`print` shows something and gives `None`"],
    ),
    "a method in place": ("x = [2, 1]\ny = x.sort()\ny + [1]", ["`sorted(x)` gives a sorted copy"]),
    "in a method": (
        "class A:\n    def m(self):\n        3\na = A()\na.m() + 1",
        ["`a.m()` is `None`", "`m` has no `return`"],
    ),
    "text and a number": ("name = 'a'\nname + 1", ["`name` is text and `1` is a number", "`str(1)`"]),
    "printed": ("loss = 0.5\nprint('loss: ' + loss)", ['`f"loss: {loss}"`', "`str(loss)`"]),
    "a number as text": (
        "age = '36'\nage + 1",
        ["`age` is text, even if it looks like a number", "`int(age)`"],
    ),
    "a fraction as text": ("x = '3.5'\nx / 2", ["`float(x)`"]),
    "text compared": ("age = '36'\nage > 18", ["`int(age)`"]),
    "two texts": (
        "a, b = '3', '4'\na - b",
        ["`a` is text, even if it looks like a number, like `b`", "`int(a)`"],
    ),
    "text times a float": ("x = '3'\nx * 1.5", ["`int(x)`"]),
    "a list times a float": (
        "a = [1, 2]\na * 1.5",
        ["repeats a list a whole number", "`[item * 1.5 for item in a]`"],
    ),
    "the other way round": ("a = [1, 2]\n0.1 * a", ["`[0.1 * item for item in a]`"]),
    "with numpy at hand": (NP + "a = [1, 2]\na * 0.5", ["`np.array(a) * 0.5`"]),
    "a list plus a number": ("a = [1, 2]\na + 1", ["`a + [1]`", "`[item + 1 for item in a]`"]),
    "a list divided": ("a = [1, 2]\na / 2", ["`[item / 2 for item in a]`"]),
    "a list squared": ("a = [1, 2]\na ** 2", ["`[item ** 2 for item in a]`"]),
    "two lists": ("a, b = [1, 2], [3, 4]\na - b", ["`[u - v for u, v in zip(a, b)]`"]),
    "two lists of unequal length": ("a, b = [1, 2], [3]\na - b", ["2 and 1 items"]),
    "a negative list": ("a = [1, 2]\n-a", ["`[-item for item in a]`"]),
    "a list and a tuple": ("a, b = [1], (2,)\na + b", ["`list(a) + list(b)`"]),
    "a list compared": ("a = [1, 2]\na > 1", ["`[item > 1 for item in a]`"]),
    "a function": ("def f(x): return x\nf + 1", ["`f` is the function itself", "`f(…)`"]),
    "a method": ("class A:\n    def m(self): return 1\na = A()\n2 * a.m", ["`a.m(…)`"]),
    "sum of texts": ("x = [1, '2', 3]\nsum(x)", ["`x[1]` is text (str)", "`sum(float(item) for item in x)`"]),
    "array and text": (NP + "a = np.ones(2)\nt = '3'\na * t", ["`t` is text", "`float(t)`"]),
    "array of texts": (
        NP + "a = np.array(['1', '2'])\na * 2",
        ["`a` is an array of texts", "`a.astype(float)`"],
    ),
    "array and None": (NP + "a = np.ones(2)\nb = None\na + b", ["`b` is `None`"]),
    "array and function": (NP + "a = np.ones(2)\ndef f(): return 1\na - f", ["`f` is the function itself"]),
    "a subscript of a function": ("def f(x): return x\nf[0]", ["functions have no items", "`f(0)`"]),
    "a subscript of a number": ("x = 3\nx[0]", ["`x` is a single number"]),
    "a subscript of a loop's variable": (
        "points = [1, 2]\nfor p in points:\n    p[0]",
        ["`p` is already one item of `points`"],
    ),
    "a subscript of None": ("x = None\nx[0]", ["`x` is `None`, and has no items"]),
    "a float as index": ("x = [1, 2, 3]\nx[1.0]", ["must be a whole number", "`int(1.0)`"]),
    "a half as index": ("x = [1, 2, 3]\nx[len(x) / 2]", ["`/` always gives one", "`len(x) // 2`"]),
    "a float in a slice": ("x = [1, 2, 3]\nn = 1.5\nx[:n]", ["`n` is a number (float)", "`int(n)`"]),
    "two indices": ("m = [[1, 2], [3, 4]]\nm[0, 1]", ["takes one index, not two", "`m[0][1]`"]),
    "a name as index": ("rows = [{'age': 3}]\nrows['age']", ["`rows[0]['age']`"]),
    "a tuple assigned to": ("p = (1, 2)\np[0] = 3", ["tuples can't be changed", "`p = list(p)`"]),
    "text assigned to": ("t = 'abc'\nt[0] = 'x'", ["can't be changed", "`t.replace(old, new)`"]),
    "a set indexed": ("s = {1, 2}\ns[0]", ["a set has no order", "`sorted(s)`"]),
    "a list as key": ("d = {}\nk = [1]\nd[k] = 2", ["`k` is a list, which can change", "`tuple(k)`"]),
    "a list in a set": ("a = [1]\n{a}", ["can't be in a set", "`tuple(a)`"]),
}
OWN = "class A:\n    def __add__(self, other):\n        return NotImplemented\n"
SILENT = {
    "an unknown class": OWN + "A() + 1",
    "the reader's own error": "raise TypeError(\"can't multiply sequence by non-int of type 'float'\")",
    "raised in an operator": "class A:\n    def __add__(self, o):\n        raise TypeError('no')\nA() + None",
    "an object array's entry": NP + "a = np.array([1, None])\na + 1",
    "an unknown call": "def f(x):\n    if x:\n        return x\nf(0) + 1",
    "a call through a name that changed": (
        "def f(): pass\ng = f\ndef f(): return 1\ng = lambda: None\ng() + 1"
    ),
    "texts that are no numbers": "a, b = 'x', 'y'\na - b",
    "in a library": "import statistics\nstatistics.mean(['a', 'b'])",
    "a changed value": "def f():\n    y = None\n    try:\n        y + 1\n    finally:\n        y = 3\nf()",
    "a list of objects": OWN + "a = [A()]\na * 1.5",
}


@pytest.mark.parametrize("program, says", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_explained(program: str, says: list[str]) -> None:
    check_explained(program, says)


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT.keys())
def test_silent(program: str) -> None:
    check_silent(program)


def test_a_generator_is_not_a_function_that_forgot_to_return() -> None:
    check_silent("def f():\n    yield 1\nf() + 1")


def test_a_function_defined_twice_is_not_blamed() -> None:
    program = "def f(): return None\ndef f(): pass\nf() + 1"
    check_silent(program)


def test_an_outer_comprehension_s_variable_is_not_mistaken_either() -> None:
    found = run("x = 'outside'\n[[y + 1 for y in [[2]]] for x in [5]]").explain()
    assert found is None or "x" not in [value.name for value in found.values]


def test_a_comprehension_s_variable_is_not_mistaken_for_the_one_outside() -> None:
    """Since Python 3.12 its value is gone when the error is looked at, and nothing can be said."""
    found = run("x = 'abc'\n[x + 1 for x in [[1]]]").explain()
    assert found is None or "`x` is a list" in found.title
    assert found is None or [value.text for value in found.values] == ["[1]"]
