"""Attributes that aren't there."""

from __future__ import annotations

import pytest

from kernel.explain.checks import check_explained, check_silent

MODEL = (
    "class Model:\n    def __init__(self):\n        self.learning_rate = 0.1\n"
    "    def fit(self, X):\n        self.weights = X\n"
    "    def predict(self, x):\n        return x * self.weights\n"
)
EXPLAINED = {
    "of a list": ("x = [1]\nx.apend(2)", ["`x` is a list, and lists have no `apend`", "`x.append`"]),
    "length": ("x = [1]\nx.length", ["The length is `len(x)`"]),
    "another language's": ("x = []\nx.push(1)", ["In Python that is `x.append(…)`"]),
    "of a set": ("s = {1}\ns.append(2)", ["`s.add(…)`"]),
    "of text": ("t = 'a'\nt.uper()", ["`t.upper`"]),
    "of a number": (
        "losses = []\nloss = 3.0\nloss.append(1)",
        ["`loss` is a number (float)", "`losses.append`"],
    ),
    "of a tuple": ("p = (1, 2)\np.append(3)", ["Tuples can't be changed", "`list(p)`"]),
    "of a module": ("import math\nmath.sqr(2)", ["The module `math` has no `sqr`", "`math.sqrt`"]),
    "of numpy": ("import numpy as np\nnp.zero(3)", ["The module `np` has no `zero`", "`np.zeros`"]),
    "deeper in numpy": ("import numpy as np\nnp.randn(3)", ["`np.random.randn`"]),
    "of an array": ("import numpy as np\na = np.ones(3)\na.maen()", ["arrays have no `maen`", "`a.mean`"]),
    "a longer array": (
        "import numpy as np\na = np.ones(3)\na.append(1)",
        ["Arrays keep their length", "`np.append(a, …)`"],
    ),
    "an array's, of a list": ("import numpy as np\nx = [[1, 2]]\nx.shape", ["`np.array(x).shape`"]),
    "an array's method, of a list": ("import numpy as np\nx = [1]\nx.mean()", ["`np.array(x).mean()`"]),
    "of the reader's class": (
        MODEL + "m = Model()\nm.learning_rat",
        ["`m` is of class `Model`", "`m.learning_rate`"],
    ),
    "of self": (
        MODEL + "    def m(self):\n        return self.wieghts\nm = Model()\nm.fit(1)\nm.m()",
        ["`self.weights`"],
    ),
    "set by a method that hasn't run": (
        MODEL + "m = Model()\nm.predict(1)",
        ["`self` has no `weights` yet: `fit` sets it"],
    ),
    "the same from outside": (
        MODEL + "m = Model()\nm.weights",
        ["`m` has no `weights` yet", "Call `m.fit(…)` first"],
    ),
    "a mistyped __init__": (
        "class A:\n    def __int__(self):\n        self.x = 1\na = A()\na.x",
        ["Python calls `__init__` by itself: did you mean that by `__int__`?"],
    ),
    "of a function": ("def f():\n    return 'a'\nf.upper", ["`f` is the function itself", "`f(…)`"]),
    "None": ("x = None\nx.append(1)", ["`x` is `None`, which has no attribute `append`"]),
    "None from a method in place": (
        "x = [3, 1]\ny = x.sort()\ny.append(2)",
        ["`y` is `None`", "`x.sort` changes `x` itself, and gives `None` on line 2", "`sorted(x)`"],
    ),
    "a chain of appends": (
        "x = []\nx.append(1).append(2)",
        ["`x.append(1)` is `None`", "`x.append` changes `x` itself"],
    ),
    "None from a function": (
        "def load():\n    data = [1]\ndata = load()\ndata.append(2)",
        ["`data` is `None`", "`load` has no `return` with a value"],
    ),
}
SILENT = {
    "nothing like it": "x = [1]\nx.qwertyuiop",
    "of an unknown class": "class A: pass\nA().x",
    "the reader's own error": (
        "class A:\n  def __getattr__(self, n):\n    raise AttributeError(n)\nA().legnth"
    ),
    "raised by the reader": "x = [1]\nraise AttributeError('lenght')",
    "an error made by hand": "x = [1]\nraise AttributeError('lenght', name='lenght', obj=x)",
    "a property that fails inside": (
        "class A:\n    @property\n    def p(self):\n        raise AttributeError('q')\nA().p"
    ),
    "getattr isn't an attribute": "x = [1]\ngetattr(x, 'apend')",
    "a class that answers for itself": (
        "class A:\n    def __init__(self):\n        self.rate = 1\n    def __getattr__(self, name):\n"
        "        return object.__getattribute__(self, name)\nA().rat"
    ),
}


@pytest.mark.parametrize("program, says", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_explained(program: str, says: list[str]) -> None:
    check_explained(program, says)


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT.keys())
def test_silent(program: str) -> None:
    check_silent(program)


def test_none_that_could_have_come_from_elsewhere_is_not_blamed_on_one_call() -> None:
    program = "def f():\n    pass\ny = [1]\nfor i in range(2):\n    y = f()\ny.append(1)"
    check_explained(program, ["`y` is `None`"], never=["`f`"])
