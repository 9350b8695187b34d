"""Loops, unpacking and formats."""

from __future__ import annotations

import pytest

from kernel.explain.checks import check_explained, check_silent

FIT = "def fit(X, y):\n    w, b, history = 1, 2, []\n    return w, b, history\n"
NP = "import numpy as np\n"
EXPLAINED = {
    "over a number": ("n = 5\nfor i in n:\n    pass", ["`n` is a single number", "`range(n)`"]),
    "over a float": ("n = 5.0\nfor i in n: pass", ["`range(int(n))`"]),
    "in a comprehension": ("n = 5\n[i for i in n]", ["`range(n)`"]),
    "over None": ("x = None\nfor i in x: pass", ["`x` is `None`, and a loop needs"]),
    "over a function": ("def f(): return [1]\nfor i in f: pass", ["`f` is the function itself", "`f(…)`"]),
    "counting along": ("x = [5, 6]\nfor i, v in x: pass", ["single numbers", "`for i, v in enumerate(x)`"]),
    "keys and values": ("d = {'alpha': 1}\nfor k, v in d: pass", ["keys alone", "`for k, v in d.items()`"]),
    "pairs of three": (
        "x = [(1, 2, 3)]\nfor a, b in x: pass",
        ["`x[0]` has 3 values", "Give the loop 3 names"],
    ),
    "one odd pair": (
        "x = [(1, 2), (1, 2, 3)]\nfor a, b in x: pass",
        ["`x[1]` has 3 values", "look at number 1"],
    ),
    "too many results": (
        FIT + "w, b = fit(1, 2)",
        [
            "`fit` returns 3 values (`w, b, history`)",
            "2 names",
            "`w, b, history = fit(1, 2)`",
            "`w, *b = fit(1, 2)`",
        ],
    ),
    "too few results": (FIT + "a, b, c, d = fit(1, 2)", ["3 values", "4 names", "`a, b, c = fit(1, 2)`"]),
    "too many values": ("x = [1, 2, 3]\na, b = x", ["`x` has 3 values", "`a, b, _ = x`"]),
    "too few values": ("x = [1, 2]\na, b, c = x", ["`x` has 2 values", "`a, b = x`"]),
    "characters": ("a, b = 'abc'", ["has 3 characters"]),
    "rows of an array": (NP + "X = np.ones((3, 2))\na, b = X", ["`X` has 3 values"]),
    "a shape": (NP + "X = np.ones(3)\nn, d = X.shape", ["`X.shape` has 1 value"]),
    "a number": ("x = 3\na, b = x", ["`x` is a single number", "2 names"]),
    "nothing": ("def f(): pass\na, b = f()", ["`f()` is `None`, and can't be taken apart", "no `return`"]),
    "length of a number": ("n = 5\nlen(n)", ["`n` is a single number, and `len` needs"]),
    "sum of a number": ("n = 5\nsum(n)", ["`sum([n, …])`"]),
    "length of None": ("x = None\nlen(x)", ["`x` is `None`"]),
    "sum of a function": ("def f(): return [1]\nsum(f)", ["`f(…)`"]),
    "range of a half": ("n = 5\nfor i in range(n / 2): pass", ["`/` always gives one", "`n // 2`"]),
    "range of a float": ("n = 5.0\nrange(n)", ["`int(n)`"]),
    "range of a list": ("x = [1, 2]\nfor i in range(x): pass", ["`for item in x`", "`range(len(x))`"]),
    "sqrt of a list": (
        "import math\nx = [1, 4]\nmath.sqrt(x)",
        ["takes one number", "`[math.sqrt(item) for item in x]`"],
    ),
    "sqrt of an array": (NP + "import math\nx = np.ones(3)\nmath.sqrt(x)", ["`np.sqrt(x)`"]),
    "int of an array": (NP + "x = np.ones(3)\nint(x)", ["`x.astype(int)`"]),
    "int of a list": ("x = [1.5]\nint(x)", ["`[int(item) for item in x]`"]),
    "float of None": ("x = None\nfloat(x)", ["`x` is `None`, and `float` needs a number"]),
    "a list formatted": (
        "x = [1.0, 2.0]\nf'{x:.2f}'",
        ["`:.2f` writes one number, and `x` is a list", "`{x[0]:.2f}`"],
    ),
    "an array formatted": (NP + "x = np.ones(3)\nf'{x:.2f}'", ["`{x.round(2)}`"]),
    "None formatted": ("x = None\nf'{x:.2f}'", ["`x` is `None`, and `:.2f` writes a number"]),
    "text formatted": ("x = 'abc'\nf'{x:.2f}'", ["`x` is text", "`{x}`"]),
    "a number as text formatted": ("x = '3'\nf'loss {x:.2f}'", ["`float(x)`"]),
    "one of several fields": ("n = 1.0\nx = None\nf'{n:.2f} {x:.3f}'", ["`x` is `None`, and `:.3f`"]),
}
SILENT = {
    "an unknown class": "class A: pass\nfor i in A(): pass",
    "an iterator that fails": "def g():\n    yield 1\n    raise TypeError('no')\nfor i in g(): pass",
    "the reader's own error": "x = [1, 2, 3]\nraise ValueError('too many values to unpack (expected 2)')",
    "an unknown call": "def f(n):\n    return tuple(range(n))\na, b = f(3)",
    "returns of different lengths": "def f(n):\n    if n: return 1, 2, 3\n    return 1, 2\na, b = f(1)",
    "a decorated function": "def d(f): return lambda: (1, 2, 3, 4)\n@d\ndef f(): return 1, 2, 3\na, b = f()",
    "in a library": "dict([(1, 2, 3)])",
    "a format of the reader's": (
        "class A:\n    def __format__(self, s): raise ValueError('x')\nx = A()\nf'{x:.2f}'"
    ),
    "an unknown format": "x = 3\nf'{x:q}'",
}


@pytest.mark.parametrize("program, says", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_explained(program: str, says: list[str]) -> None:
    check_explained(program, says)


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT.keys())
def test_silent(program: str) -> None:
    check_silent(program)
