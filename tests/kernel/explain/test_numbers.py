"""Divisions by zero, overflow, conversions, endless recursion."""

from __future__ import annotations

import pytest

from kernel.explain.checks import check_explained, check_silent

DESCENT = """def bowl(p): return sum(x**2 for x in p)
def bowl_gradient(p): return [2 * x for x in p]
def descend(f, grad_f, w0, learning_rate=0.1, epochs=100):
    w = list(w0)
    history = [f(w)]
    for _ in range(epochs - 1):
        w = [wi - learning_rate * s for wi, s in zip(w, grad_f(w))]
        history.append(f(w))
    return w, history
"""
EXPLAINED = {
    "by a name": ("n = 0\n1 / n", ["The divisor `n` is 0", "`if n != 0:`"]),
    "by a difference": ("x0 = x1 = 3\n1 / (x1 - x0)", ["`x1 - x0` is 0", "`x1` and `x0` are the same, 3"]),
    "a mean of nothing": ("x = []\nsum(x) / len(x)", ["`x` is empty, so `len(x)` is 0"]),
    "by a call": ("def f(): return 0\n1 / f()", ["The divisor `f()` is 0"]),
    "remainder": ("n = 0\n5 % n", ["The divisor `n` is 0"]),
    "whole": ("n = 0\n5 // n", ["The divisor `n` is 0"]),
    "in place": ("n = 0\nx = 3\nx /= n", ["The divisor `n` is 0"]),
    "a negative power": ("x = 0\nx ** -1", ["`x` is 0, and a negative power divides by it"]),
    "by a literal": ("1 / 0", ["Nothing can be divided by 0"]),
    "an exponential": ("import math\nx = 800\nmath.exp(x)", ["of more than 709", "`x` is 800"]),
    "a sigmoid": (
        "import math\nz = -800\n1 / (1 + math.exp(-z))",
        ["of more than 709", "`math.exp(z) / (1 + math.exp(z))`"],
    ),
    "a power": ("x = 2.0\nfor i in range(99):\n    x = x ** 2", ["larger than a float can be"]),
    "an infinite whole number": ("x = float('inf')\nint(x)", ["`x` is infinite"]),
    "a descent": (
        "w = 9.0\nlr = 3.0\nfor i in range(1000):\n    loss = w ** 4\n    w = w - lr * 4 * w ** 3",
        ["larger than a float", "`lr` is 3.0", "shorter steps"],
    ),
    "a descent whose limit is known": (
        DESCENT + "descend(bowl, bowl_gradient, [3, 4], 1.5, 5000)",
        ["`learning_rate` is 1.5, and the losses in `history` grow from step 1 on", "must stay below 1:"],
    ),
    "a fraction as text": ("x = '3.5'\nint(x)", ["`x`, which is '3.5',", "`float(x)`", "`int(float(x))`"]),
    "no number": ("x = 'abc'\nfloat(x)", ["`x`, which is 'abc', isn't a number"]),
    "empty text": ("x = ''\nint(x)", ["`x` is an empty text", "`if x.strip():`"]),
    "a comma": (
        "x = '3,5'\nfloat(x)",
        ["a comma where Python writes a point", "`float(x.replace(',', '.'))`"],
    ),
    "NaN": ("x = float('nan')\nint(x)", ["`x` is NaN"]),
    "a root": ("import math\nx = -4\nmath.sqrt(x)", ["`math.sqrt` needs a number 0 or more, and `x` is -4"]),
    "a root of a call": (
        "import math\ndef f(): return -4\nmath.sqrt(f())",
        ["needs a number 0 or more, and `f()` isn't"],
    ),
    "a logarithm": ("import math\np = 0\nmath.log(p)", ["above 0, and `p` is 0", "`1e-12`"]),
    "an arc cosine": ("from math import acos\nx = 1.5\nacos(x)", ["between -1 and 1, and `x` is 1.5"]),
    "largest of nothing": ("x = []\nmax(x)", ["`x` is empty", "`max(x, default=0)`"]),
    "not in a list": (
        "names = ['anna', 'bob']\nnames.index('ana')",
        ["`'ana'` isn't in the list `names`", "`'anna'`"],
    ),
    "not there to remove": ("x = [1, 2]\nx.remove(3)", ["`3` isn't in the list `x`", "`if 3 in x:`"]),
    "recursion without an end": (
        "def f(n):\n    return f(n - 1)\nf(3)",
        ["`f` called itself", "needs a case"],
    ),
    "recursion past its end": (
        "def f(n):\n    if n == 0:\n        return 1\n    return n * f(n - 1)\nf(-1)",
        ["`f` called itself", "`n` went from -1 to", "check that this meets the case"],
    ),
    "recursion on the spot": (
        "def f(n):\n    if n == 0:\n        return 1\n    return f(n)\nf(5)",
        ["`n` stays `5`"],
    ),
    "two functions": (
        "def even(n):\n    return odd(n)\ndef odd(n):\n    return even(n)\neven(3)",
        ["`even` and `odd` called each other"],
    ),
    "too large an array": ("import numpy as np\nnp.zeros((10**7, 10**7))", ["800,000.0 GB"]),
}
SILENT = {
    "the reader's own division": "n = 0\nraise ZeroDivisionError('division by zero')",
    "an unknown class": "class A:\n    def __truediv__(self, o):\n        raise ZeroDivisionError\nA() / 0",
    "a fraction": "from fractions import Fraction\nFraction(1, 0)",
    "in a library": "import statistics\nstatistics.mean([])",
    "the reader's own ValueError": "raise ValueError('math domain error')",
    "a conversion of another base": "x = '3.5'\nint(x, 10)",
    "int replaced": "def int(x):\n    raise ValueError('no')\nint('3.5')",
    "objects in a list": "class A: pass\nx = [A()]\nx.index(3)",
    "recursion in a library": "import copy\nx = []\nfor i in range(9999):\n    x = [x]\ncopy.deepcopy(x)",
    "the reader's own RecursionError": "raise RecursionError",
    "the same, deep down": "def f(n):\n    if n > 200:\n        raise RecursionError\n    f(n + 1)\nf(0)",
    "the reader's own OverflowError": "x = 2.0\nraise OverflowError(34, 'Numerical result out of range')",
}


@pytest.mark.parametrize("program, says", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_explained(program: str, says: list[str]) -> None:
    check_explained(program, says)


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT.keys())
def test_silent(program: str) -> None:
    check_silent(program)


def test_a_value_that_has_changed_since_is_not_shown() -> None:
    program = "n = 0\ntry:\n    1 / n\nfinally:\n    n = 5"
    check_explained(program, ["The divisor `n` is 0"], line=3, values={})
