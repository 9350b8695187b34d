"""Shapes that don't fit: what is in the way, and changes that have been tried."""

from __future__ import annotations

import pytest

from kernel.explain.checks import check_explained, check_silent

NP = "import numpy as np\nimport math\n"
X32 = NP + "X = np.ones((3, 2))\nw = np.ones(3)\n"
AB = NP + "a = np.ones(3)\nb = np.ones(4)\n"
EXPLAINED = {
    "matrix and vector": (
        X32 + "X @ w",
        ["`X` has 2 columns and `w` has 3 entries", "`X.T @ w` would work", "(2,)"],
    ),
    "dot": (X32 + "np.dot(X, w)", ["`X` has 2 columns and `w` has 3 entries"]),
    "dot as a method": (X32 + "X.dot(w)", ["`X` has 2 columns and `w` has 3 entries"]),
    "matmul": (X32 + "np.matmul(X, w)", ["`X` has 2 columns and `w` has 3 entries"]),
    "in place": (NP + "A = np.eye(2)\nB = np.eye(3)\nA @= B", ["`A` has 2 columns and `B` has 3 rows"]),
    "two matrices": (X32 + "X @ X", ["`X.T @ X` would work: its shape is (2, 2)", "`X @ X.T`", "(3, 3)"]),
    "of an attribute": (
        X32 + "class M: pass\nm = M()\nm.w = w\nX @ m.w",
        ["`X` has 2 columns and `m.w` has 3 entries", "`X.T @ m.w`"],
    ),
    "a product of a product": (X32 + "X.T @ w @ w", ["`X.T @ w` has 2 entries and `w` has 3 entries"]),
    "a difference in it": (X32 + "(X - 1) @ w", ["`X - 1` has 2 columns", "`(X - 1).T @ w`"]),
    "a transpose too many": (
        X32 + "X.T @ np.ones(2)",
        ["`X.T` has 3 columns", "`X @ np.ones(2)` would work"],
    ),
    "in a function": (
        X32 + "def predict(A, v):\n    return A @ v\npredict(X, w)",
        ["`A` has 2 columns and `v`"],
    ),
    "of a row and one weight": (
        NP + "X = np.ones(50)\nw = np.ones(1)\nX @ w",
        ["`X` has 50 entries and `w` has 1 entry", "`X.reshape(-1, 1) @ w` would work: its shape is (50,)"],
    ),
    "a bias without its column": (
        NP + "X = np.ones((50, 2))\nw = np.ones(3)\nX @ w",
        ["one entry more than `X` has columns", "`np.column_stack([np.ones(len(X)), X])`"],
    ),
    "a number": (X32 + "3 @ X", ["`3` is a single number", "`3 * X`"]),
    "stacks of matrices": (NP + "A = np.ones((2, 3, 4))\nA @ A", ["4 columns", "3 rows", "swapaxes(-1, -2)"]),
    "addition": (
        AB + "a + b",
        ["`a + b` pairs entries", "`a` has 3 and `b` has 4", "`a[:, None] + b`", "(3, 4)"],
    ),
    "comparison": (AB + "a < b", ["`a < b` pairs entries"]),
    "equality": (AB + "a == b", ["`a == b` pairs entries"]),
    "a function of pairs": (AB + "np.maximum(a, b)", ["`np.maximum` pairs entries"]),
    "rows and columns": (
        NP + "A = np.ones((3, 2))\nB = np.ones((2, 3))\nA + B",
        ["the last axis", "`A + B.T` would work"],
    ),
    "a matrix and a column": (
        NP + "A = np.ones((3, 2))\nv = np.ones(3)\nA * v",
        ["`A * v[:, None]` would work", "(3, 2)"],
    ),
    "with what a call gives": (AB + "def f(): return b\na - f()", ["`a` has 3 and `f()` has 4"]),
    "with a list": (AB + "a - [1, 2]", ["`a` has 3 and `[1, 2]` has 2"]),
    "in place, other sizes": (AB + "a += b", ["`a` has 3 and `b` has 4"]),
    "in place, larger": (AB + "c = np.ones((3, 3))\na += c", ["`+=` writes into `a`", "`a = a + c`"]),
    "a slice": (AB + "a[:] = b", ["`a[:]` has places of shape (3,), and `b` has shape (4,)"]),
    "a column": (
        NP + "X = np.ones((3, 2))\nX[:, 0] = np.ones((3, 1))",
        ["shape (3,)", "`X[:, 0] = np.ones((3, 1)).ravel()`"],
    ),
    "one place": (AB + "a[0] = b", ["`a[0]` is one place, and `b` has 4 entries"]),
    "joined": (
        NP + "A = np.ones((3, 2))\nB = np.ones((2, 3))\nnp.concatenate([A, B])",
        ["`A` has shape (3, 2)", "`B.T` in the place of `B`"],
    ),
    "joined along the other axis": (
        NP + "A = np.ones((3, 2))\nB = np.ones((3, 4))\nnp.concatenate([A, B])",
        ["`np.concatenate([A, B], axis=1)` would work: its shape is (3, 6)"],
    ),
    "a row under a matrix": (
        NP + "A = np.ones((3, 2))\nv = np.ones(2)\nnp.concatenate([A, v])",
        ["`np.vstack([A, v])`", "(4, 2)"],
    ),
    "a column beside a matrix": (
        NP + "A = np.ones((3, 2))\nv = np.ones(3)\nnp.hstack([A, v])",
        ["`np.column_stack([A, v])`"],
    ),
    "stacked": (
        AB + "np.stack([a, b])",
        ["`a` has shape (3,) and `b` has shape (4,)", "`np.concatenate([a, b])`"],
    ),
    "a list of arrays": (
        AB + "parts = [a.reshape(1, 3), b.reshape(1, 4)]\nnp.concatenate(parts)",
        ["`parts[0]` has shape (1, 3)"],
    ),
    "without brackets": (AB + "np.concatenate(a, b)", ["`np.concatenate([a, b])`"]),
    "reshape": (
        NP + "x = np.arange(6)\nx.reshape(5, 3)",
        ["`x` has 6 entries, and 5 by 3 makes 15", "`x.reshape(-1, 3)`"],
    ),
    "reshape by function": (
        NP + "x = np.arange(6)\nnp.reshape(x, (4, 2))",
        ["4 by 2 makes 8", "`x.reshape(-1, 2)`"],
    ),
    "reshape with -1": (
        NP + "x = np.arange(6)\nx.reshape(-1, 4)",
        ["`x` has 6 entries, which 4 doesn't divide"],
    ),
    "uneven rows": (
        NP + "rows = [[1, 2], [3]]\nnp.array(rows)",
        ["in `rows` row 0 has 2 values and row 1 has 1 value"],
    ),
    "sizes one by one": (NP + "np.zeros(3, 2)", ["the shape as one tuple", "`np.zeros((3, 2))`"]),
    "sizes as a tuple": (NP + "np.random.rand((3, 2))", ["`np.random.rand(3, 2)`"]),
    "no square matrix": (
        NP + "A = np.ones((3, 2))\nnp.linalg.inv(A)",
        ["needs a square matrix", "`np.linalg.pinv(A)`"],
    ),
    "no square system": (
        NP + "A = np.ones((3, 2))\nb = np.ones(3)\nnp.linalg.solve(A, b)",
        ["needs a square matrix", "`np.linalg.lstsq(A, b)`"],
    ),
    "a system's other side": (
        NP + "A = np.eye(3)\nb = np.ones(2)\nnp.linalg.solve(A, b)",
        ["`A` has 3 rows, and `b` has 2"],
    ),
    "no such axis": (NP + "X = np.ones((3, 2))\nX.sum(axis=2)", ["axes 0 to 1, and no axis 2", "`axis=0`"]),
    "no second axis": (
        NP + "x = np.ones(3)\nnp.mean(x, axis=1)",
        ["only axis 0, and no axis 1", "Leave `axis=1` out"],
    ),
    "a condition": (AB + "if a > 0: pass", ["`a > 0` has 3 answers", "`(a > 0).all()`", "`(a > 0).any()`"]),
    "a loop's condition": (AB + "while a > 0: pass", ["`a > 0` has 3 answers"]),
    "equal arrays": (AB + "c = a\nif a == c: pass", ["`np.array_equal(a, c)`"]),
    "not": (AB + "not a", ["`a` has 3 answers"]),
    "and": (AB + "(a > 0) and (a < 2)", ["`and` needs a single yes or no", "`(a > 0) & (a < 2)`"]),
    "or": (AB + "if a < 0 or a > 2: pass", ["`(a < 0) | (a > 2)`"]),
    "a chain": (AB + "0 < a < 2", ["`(0 < a) & (a < 2)`"]),
    "max of two": (AB + "c = np.zeros(3)\nmax(a, c)", ["`np.maximum(a, c)`"]),
}
OWN = (
    "class M:\n    def __matmul__(self, o):\n"
    "        raise ValueError('shapes (3,2) and (3,) not aligned: 2 (dim 1) != 3')\n"
)
SILENT = {
    "the reader's own class": X32 + OWN + "M() @ w",
    "the reader's own error": X32 + "raise ValueError('matmul: (size 3 is different from 2)')",
    "shapes that fit": X32 + "def f(A, v):\n    raise ValueError('no')\nf(X, w)",
    "unknown factors": NP + "def f(n): return np.ones(n)\nf(3) @ f(4)",
    "an attribute changed since": X32
    + "class M: pass\nm = M()\nm.w = w\ntry:\n    X @ m.w\nfinally:\n    m.w = np.ones(7)",
    "a summand changed since": AB
    + "class M: pass\nm = M()\nm.b = b\ntry:\n    a + m.b\nfinally:\n    m.b = np.ones(7)",
    "changed since": X32 + "try:\n    X @ w\nfinally:\n    w = np.ones(2)",
    "an axis of the reader's": X32
    + "def total(x, axis):\n    raise np.exceptions.AxisError(axis, 2)\ntotal(X, axis=2)",
    "a conversion in an assignment": AB + "a[0] = 'x'",
    "an ambiguous truth elsewhere": AB + "[a, b].index(b)",
    "sorting arrays": AB + "sorted([a, a])",
}


@pytest.mark.parametrize("program, says", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_explained(program: str, says: list[str]) -> None:
    check_explained(program, says)


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT.keys())
def test_silent(program: str) -> None:
    check_silent(program)


def test_drawing_of_a_product() -> None:
    found = check_explained(X32 + "X @ w", [])
    assert found.drawing is not None
    left, right = found.drawing.rectangles
    assert (left.label, left.rows, left.columns, left.mismatch, left.note) == (
        "X",
        3,
        2,
        "columns",
        "shape (3, 2)",
    )
    assert (right.label, right.rows, right.columns, right.mismatch) == ("w", 3, None, "rows")
    assert found.drawing.operator == "@"


def test_drawing_of_a_sum() -> None:
    found = check_explained(AB + "a + b", [])
    assert found.drawing is not None
    assert [(r.rows, r.columns, r.mismatch) for r in found.drawing.rectangles] == [
        (None, 3, "columns"),
        (None, 4, "columns"),
    ]
