"""Modules that aren't there, and names that a module doesn't have."""

from __future__ import annotations

import pytest

from kernel.explain.checks import check_explained, check_silent

EXPLAINED = {
    "mistyped": (
        "import nmpy",
        ["no module `nmpy`", "Did you mean `numpy`?", "`matplotlib`, `numpy` and `pillow`"],
    ),
    "capitals": ("import Numpy", ["Did you mean `numpy`?"]),
    "not part of this": (
        "import torch",
        ["no module `torch`", "there are `matplotlib`, `numpy` and `pillow`"],
    ),
    "one of Python's own": ("import colections", ["Did you mean `collections`?"]),
    "a part of it": ("from skleran.linear_model import Ridge", ["no module `skleran`"]),
    "a part of a package": ("import os.pth", ["`os` has no part `pth`", "`os.path`"]),
    "a name in a module": (
        "from math import squrt",
        ["The module `math` has no `squrt`", "Did you mean `sqrt`?"],
    ),
    "one of several names": ("from math import pi, sqr", ["no `sqr`", "`sqrt`"]),
    "a name of Python's own": ("from math import abs", ["`abs` is always there and needs no import"]),
    "in a part": ("import numpy as np\nfrom numpy import randn", ["`from numpy.random import randn`"]),
}
SILENT = {
    "the reader's own error": "raise ImportError('nmpy')",
    "a module's own import": "import sys, types\nraise ModuleNotFoundError('x', name='nmpy')",
    "nothing like it": "from math import qwertyuiop",
    "a made-up part": "from math import squareroot",
}


@pytest.mark.parametrize("program, says", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_explained(program: str, says: list[str]) -> None:
    check_explained(program, says)


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT.keys())
def test_silent(program: str) -> None:
    check_silent(program)
