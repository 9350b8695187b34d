"""Calls with wrong arguments, and of things that aren't functions."""

from __future__ import annotations

import pytest

from kernel.explain.checks import check_explained, check_silent

FIT = "def fit(X, y, learning_rate=0.01, epochs=100):\n    return X\n"
MODEL = (
    "class Model:\n    def __init__(self, rate):\n"
    "        self.rate = rate\n    def fit(self, X, y):\n        pass\n"
)
EXPLAINED = {
    "one missing": (
        FIT + "fit([1])",
        ["`fit` also needs `y`: it takes `X` and `y`", "Add it: `fit([1], y=…)`"],
    ),
    "all missing": (FIT + "fit()", ["`fit` needs `X` and `y`, and gets nothing", "`fit(X=…, y=…)`"]),
    "missing by name": ("def f(a, *, b): pass\nf(1)", ["`f` also needs `b`", "`f(1, b=…)`"]),
    "too many": (
        FIT + "fit(1, 2, 3, 4, 5)",
        ["`fit` takes 4 arguments", "here are 5", "Leave 1 argument out"],
    ),
    "only by name": (
        "def f(a, *, b=1): pass\nf(1, 2)",
        ["`f` takes 1 argument (`a`), and here are 2", "`b` can only"],
    ),
    "a mistyped keyword": (
        FIT + "fit(1, 2, learning_rat=3)",
        ["no parameter `learning_rat`", "`learning_rate`?"],
    ),
    "an unknown keyword": (
        FIT + "fit(1, 2, qwerty=3)",
        ["no parameter `qwerty`", "It takes `X`, `y`, `learning_rate` and"],
    ),
    "twice": (FIT + "fit(1, 2, y=3)", ["`fit` gets `y` twice", "argument number 2", "`X`, `y`"]),
    "of a class": (MODEL + "Model()", ["`Model` needs `rate`"]),
    "of a class, too many": (MODEL + "Model(1, 2)", ["`Model` takes 1 argument (`rate`), and here are 2"]),
    "of a method": (MODEL + "m = Model(1)\nm.fit([1])", ["`fit` also needs `y`: it takes `X` and `y`"]),
    "on the class itself": (
        MODEL + "Model.fit([1], [2])",
        ["on the class `Model` itself", "`model = Model(…)`"],
    ),
    "a method without self": (
        "class A:\n    def area(width):\n        return width\na = A()\na.area(3)",
        ["The object itself is the first argument of `area`", "`def area(self, width):`"],
    ),
    "a mistyped __init__": (
        "class A:\n    def __int__(self, x):\n        self.x = x\nA(3)",
        ["`A` takes no arguments", "Did you mean `__init__` by `__int__`?"],
    ),
    "a class without __init__": ("class A: pass\nA(3)", ["`A` takes no arguments: it has no `__init__`"]),
    "a lambda": ("f = lambda x: x\nf()", ["needs `x`"]),
    "a dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: int\nP(1)",
        ["`P` also needs `y`"],
    ),
    "a library's function": ("import random\nrandom.randint(1)", ["`randint` also needs `b`"]),
    "a keyword of Python's": ("print(1, sepp='')", ["`print` has no parameter `sepp`", "`sep`"]),
    "a keyword of NumPy's": ("import numpy as np\nnp.zeros(3, dtyp=int)", ["no parameter `dtyp`", "`dtype`"]),
    "a keyword of sorted": ("sorted([1], revers=True)", ["no parameter `revers`", "`reverse`"]),
    "a product": ("x = 3\nx(4 + 1)", ["`x` is a number", "`x * (4 + 1)`"]),
    "a product with a literal": ("x = 3\n2 * 5(x)", ["`5 * (x)`"]),
    "an item": ("x = [1, 2]\nx(0)", ["`x` is a list, not a function", "`x[0]`"]),
    "a key": ("d = {'a': 1}\nd('a')", ["`d['a']`"]),
    "an entry of a matrix": ("import numpy as np\nX = np.eye(2)\nX(0, 1)", ["`X[0, 1]`"]),
    "a shape": (
        "import numpy as np\nX = np.eye(2)\nX.shape()",
        ["`X.shape` is a tuple", "Leave the `()` out"],
    ),
    "a transpose": ("import numpy as np\nX = np.eye(2)\nX.T()", ["Leave the `()` out: `X.T`"]),
    "hidden by a list": (
        "list = [1, 2]\nlist((3, 4))",
        ["`list` is, since line 1, a list of yours", "`my_list`", "`del list`"],
    ),
    "hidden by a number": ("sum = 0\nsum([1, 2])", ["`sum` is, since line 1, a number (int) of yours"]),
    "hidden in a function": ("def f(max):\n    return max(1, 2)\nf(3)", ["`max` is a number (int) of yours"]),
    "overwritten by its result": (
        "def mean(x):\n    return sum(x) / len(x)\nmean = mean([1, 2])\nmean([3, 4])",
        ["`mean` was a function, and is a number (float) now"],
    ),
    "None": ("f = None\nf(1)", ["`f` is `None`, and can't be called"]),
    "a module": ("import random\nrandom()", ["`random` is a module", "`random.random`"]),
    "a missing comma": ("x = [(1, 2) (3, 4)]", ["followed by parentheses", "a comma missing"]),
}
SILENT = {
    "the reader's own error": "raise TypeError('f() missing 1 required positional argument')",
    "wrong inside": "def f(a):\n    return a\nclass A:\n    def __call__(self): pass\nA()(3)",
    "behind a star": FIT + "fit(*[1])",
    "behind two stars": FIT + "fit(**{'X': 1})",
    "a decorated function": (
        "import functools\ndef d(f):\n    return lambda *a: f(*a)\n@d\ndef g(x): pass\ng()"
    ),
    "in a library's call": "import functools\nfunctools.reduce(lambda a: a, [1, 2])",
    "nothing like it": "class A:\n    def __init__(self, **k): object.__init__(self, **k)\nA(x=1)",
    "a metaclass's own call": (
        "class M(type):\n    def __call__(c): return 3\nclass A(metaclass=M): pass\nA(1)"
    ),
    "a number and what is no factor": "x = 3\nx('a')",
    "an item that isn't there": "x = [1, 2]\nx(7)",
    "an object of an unknown class": "class A: pass\nA()()",
    "a keyword passed on": "def f(**k):\n    return sorted([1], **k)\nf(revers=True)",
}


@pytest.mark.parametrize("program, says", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_explained(program: str, says: list[str]) -> None:
    check_explained(program, says)


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT.keys())
def test_silent(program: str) -> None:
    check_silent(program)


def test_keywords_of_matplotlib() -> None:
    program = (
        "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nplt.plot([1], colr='red')"
    )
    check_explained(program, ["`plt.plot` has no parameter `colr`", "`color`"])
    check_explained(program.replace("colr", "linewith"), ["`linewidth`"])
