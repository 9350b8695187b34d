"""Matrices without inverse where NumPy doesn't say so: noticed from NaN, and from nothing else."""

from __future__ import annotations

import builtins
import sys
import types
from typing import Any

import numpy as np
import pytest

from gradus.kernel.explain import notice
from gradus.kernel.explain.explanation import Explanation
from gradus.kernel.explain.singular import find_singular, notice_singular
from kernel.explain.spies import NAMES, SPY

SINGULAR = "import numpy as np\nA = np.array([[1., 2], [2, 4]])\nb = np.ones(2)\n"
NAN = np.full((2, 2), np.nan)


def run_without_traps(program: str) -> dict[str, Any]:
    """The names after a program for which NumPy behaves as under WebAssembly."""
    namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
    original = np.errstate
    linalg = sys.modules["numpy.linalg._linalg"]

    def errstate(**options: Any) -> Any:
        # inv and solve ask to be called when a floating-point trap fires; here none does.
        return original(all="ignore")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linalg, "errstate", errstate)
        exec(compile(program, "cell", "exec"), namespace)
    return namespace


def look(program: str) -> Explanation | None:
    namespace = run_without_traps(program)
    found = find_singular(program, "cell", namespace)
    assert notice_singular(program, "cell", namespace) == found
    return found


NOTICED = {
    "inverse": (SINGULAR + "B = np.linalg.inv(A)", ["`A` has no inverse", "`np.linalg.inv`", "pinv(A)"]),
    "solution": (SINGULAR + "x = np.linalg.solve(A, b)", ["`np.linalg.solve`", "np.linalg.lstsq(A, b)[0]"]),
    "solution for what is made on the spot": (
        SINGULAR + "x = np.linalg.solve(A, np.ones(2))",
        ["`A` has no inverse", "np.linalg.lstsq(A, np.ones(2))[0]"],
    ),
    "imported by name": (
        "from numpy.linalg import inv\n" + SINGULAR + "B = inv(A)",
        ["`A` has no inverse", "`inv` gives NaN"],
    ),
    "of a product": (
        "import numpy as np\nX = np.ones((5, 2))\nB = np.linalg.inv(X.T @ X)",
        ["`X.T @ X` has no inverse"],
    ),
    "shown only": (SINGULAR + "print(np.linalg.inv(A))", ["`A` has no inverse"]),
    "last expression": (SINGULAR + "np.linalg.inv(A) @ b", ["`A` has no inverse"]),
    "a list": ("import numpy as np\nB = np.linalg.inv([[1, 2], [2, 4]])", ["`[[1, 2], [2, 4]]` has no"]),
}
QUIET = {
    "a regular matrix": "import numpy as np\nA = np.eye(2)\nB = np.linalg.inv(A)",
    "nearly singular": "import numpy as np\nA = np.array([[1, 2], [2, 4 + 1e-9]])\nB = np.linalg.inv(A)",
    "NaN in the matrix": SINGULAR.replace("4", "np.nan") + "B = np.linalg.inv(A)",
    "NaN on the right": SINGULAR.replace("4", "5") + "x = np.linalg.solve(A, b * np.nan)",
    "NaN from elsewhere": SINGULAR + "B = A * np.nan",
    "another matrix later": SINGULAR + "B = np.linalg.inv(np.eye(2))\nC = B * np.nan",
    "changed afterwards": SINGULAR.replace("4", "5") + "B = np.linalg.inv(A)\nA[1, 1] = 4",
    "named anew": SINGULAR.replace("4", "5") + "B = np.linalg.inv(A)\nA = np.ones((2, 2))",
    "the result mended": SINGULAR + "B = np.linalg.inv(A)\nB[:] = 0",
    "tried": SINGULAR + "try:\n    B = np.linalg.inv(A)\nexcept Exception:\n    pass",
    "a branch": SINGULAR + "if False:\n    B = np.linalg.inv(A)",
    "either or": SINGULAR + "B = np.linalg.inv(A) if False else A",
    "a function": SINGULAR + "def f():\n    return np.linalg.inv(A)",
    "the reader's own": SINGULAR + "def inv(a):\n    return a * np.nan\nB = inv(A)",
    "oblong in a name": "inv = solve = 1\nimport numpy as np",
    "a loop": SINGULAR + "for k in range(2):\n    B = np.linalg.inv(A)",
    "no numpy": "inv = 1",
}


@pytest.mark.parametrize("program, says", NOTICED.values(), ids=NOTICED.keys())
def test_noticed(program: str, says: list[str]) -> None:
    found = look(program)
    assert found is not None and found.about == "result" and found.location is not None
    assert found.location.line == program.count("\n") + 1
    for part in says:
        assert part in found.text, found.text


@pytest.mark.parametrize("program", QUIET.values(), ids=QUIET.keys())
def test_quiet(program: str) -> None:
    found = look(program)
    assert found is None, found.text


def test_it_is_among_the_notices() -> None:
    program = SINGULAR + "B = np.linalg.inv(A)"
    found = notice(program, "cell", run_without_traps(program))
    assert found is not None and [value.name for value in found.values] == ["B", "A"]


@pytest.mark.parametrize(
    "line",
    ["B = np.linalg.inv([[spy, 1], [1, 2]])", "B = np.linalg.inv(spy)", "B = np.linalg.inv(spy.T @ A)"],
)
def test_no_code_of_the_readers_runs(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
    namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
    exec(SPY + "\n" + SINGULAR + NAMES, namespace)
    namespace["B"] = NAN
    seen = len(namespace["seen"])
    assert find_singular(SINGULAR + line, "cell", namespace) is None
    assert len(namespace["seen"]) == seen
