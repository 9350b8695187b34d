"""Keys that a dictionary doesn't have, and positions beyond the end."""

from __future__ import annotations

import pytest

from kernel.explain.checks import check_explained, check_silent

NP = "import numpy as np\n"
EXPLAINED = {
    "a mistyped key": (
        "d = {'alpha': 1, 'beta': 2}\nd['alhpa']",
        ["`d` has no key `'alhpa'`", "Did you mean `'alpha'`?", "`'beta'`"],
    ),
    "a text for a number": ("d = {1: 'a'}\nd['1']", ["The keys are numbers", "`d[1]`"]),
    "a number for a text": ("d = {'1': 'a'}\nd[1]", ["The keys are texts", "`d['1']`"]),
    "of an empty dictionary": ("d = {}\nd['a']", ["`d` is empty"]),
    "of many keys": ("d = {i: i for i in range(100)}\nd[200]", ["has no key `200`", "`d.get(200)`"]),
    "del": ("d = {'alpha': 1}\ndel d['alfa']", ["`'alpha'`"]),
    "pop": ("d = {'alpha': 1}\nd.pop('alfa')", ["`'alpha'`"]),
    "nested": ("d = {'a': {'rate': 1}}\nd['a']['rat']", ["The dictionary `d['a']`", "`'rate'`"]),
    "in an attribute": ("class A: pass\na = A()\na.d = {'x': 1}\na.d['y']", ["The dictionary `a.d`"]),
    "one too far": (
        "x = [1, 2, 3]\nx[3]",
        ["`x` has 3 items, so there is no `x[3]`", "the last item is `x[2]`, or `x[-1]`"],
    ),
    "of one item": ("x = [1]\nx[1]", ["the only item is `x[0]`"]),
    "by a name": ("x = [1, 2]\ni = 5\nx[i]", ["there is no `x[5]`"]),
    "in a loop": (
        "x = [1, 2, 3]\nfor i in range(len(x)):\n    x[i + 1] - x[i]",
        ["there is no `x[3]`", "`range(len(x) - 1)`"],
    ),
    "from the end": ("x = [1, 2]\nx[-3]", ["there is no `x[-3]`", "`-1` to `-2`"]),
    "of an empty list": ("x = []\nx[0]", ["`x` is empty", "`if x:`"]),
    "of text": ("t = 'abc'\nt[3]", ["`t` has 3 characters", "`t[2]`"]),
    "of a tuple": ("t = (1, 2)\nt[2]", ["`t` has 2 items"]),
    "assignment": ("x = [1]\nx[1] = 2", ["`x.append(…)` makes the list longer"]),
    "pop of an empty list": ("x = []\nx.pop()", ["`x` is empty"]),
    "nested lists": ("m = [[1, 2], [3, 4]]\nm[1][2]", ["`m[1]` has 2 items"]),
    "of an array": (
        NP + "a = np.ones(3)\na[3]",
        ["`a` has 3 entries, so there is none at index 3", "index 2"],
    ),
    "a row": (NP + "X = np.ones((3, 2))\nX[3]", ["`X` has 3 rows"]),
    "a column": (NP + "X = np.ones((3, 2))\nX[0, 2]", ["`X` has 2 columns"]),
    "too many indices": (
        NP + "a = np.ones(3)\na[:, 0]",
        ["`a` has 1 dimension", "here are 2 indices", "`a[0]`", "`a[:, None]`", "(3, 1)"],
    ),
    "a float": (NP + "a = np.ones(3)\na[len(a) / 2]", ["`len(a) / 2`", "`len(a) // 2`"]),
    "an array of floats": (
        NP + "a = np.ones(3)\nb = np.ones(2)\na[b]",
        ["`b` holds float64", "`b.astype(int)`"],
    ),
    "a condition of another length": (
        NP + "a = np.ones(3)\nb = np.ones(4)\na[b > 0]",
        ["`a` has 3 entries", "`b > 0` has an answer for 4"],
    ),
}
SILENT = {
    "an unknown container": "def f(): return {'alpha': 1}\nf()['alhpa']",
    "the reader's own error": "d = {'alpha': 1}\nraise KeyError('alhpa')",
    "a class with its own keys": "class D(dict): pass\nd = D(alpha=1)\nd['alhpa']",
    "a class with []": "class A:\n    def __getitem__(self, i):\n        raise IndexError\nx = A()\nx[3]",
    "changed since": "x = []\ntry:\n    x[0]\nfinally:\n    x = [1, 2]",
    "filled since": "d = {}\ndef f():\n    try:\n        d['a']\n    finally:\n        d['a'] = 1\nf()",
    "a key that isn't plain": "d = {'a': 1}\nd[(1, 2)]",
    "in a library": "import random\nrandom.choice([])",
}


@pytest.mark.parametrize("program, says", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_explained(program: str, says: list[str]) -> None:
    check_explained(program, says)


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT.keys())
def test_silent(program: str) -> None:
    check_silent(program)
