"""Losses that grow: noticed with the step, the rate, and the largest rate that would have worked."""

from __future__ import annotations

import contextlib
import io
import math
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradus.kernel.explain import notice_divergence
from gradus.kernel.explain.curvature import find_largest_eigenvalue
from gradus.kernel.explain.divergence import find_divergence
from gradus.kernel.explain.explanation import Explanation
from gradus.kernel.explain.largest_rate import Limit, find_largest_rate, say_limit
from gradus.kernel.explain.scene import Surroundings
from gradus.kernel.sources import CellSource
from kernel.explain.checks import Reader
from lessons.running import read_lesson

NP = "import numpy as np\nrng = np.random.default_rng(1)\nX = np.linspace(0, 10, 50)\ny = 2 * X + 1\n"
DESCEND = """def bowl(p): return sum(x**2 for x in p)
def bowl_gradient(p): return [2 * x for x in p]
def oval_gradient(p): return [2 * p[0], 10 * p[1]]
def descend(f, grad_f, w0, learning_rate=0.1, epochs=50):
    w = list(w0)
    history = [f(w)]
    for _ in range(epochs - 1):
        slopes = grad_f(w)
        w = [wi - learning_rate * s for wi, s in zip(w, slopes)]
        history.append(f(w))
    return w, history
"""
FIT = """def fit(X, y, lr=0.01, epochs=30):
    w = b = 0.0
    losses = []
    for _ in range(epochs):
        error = w * X + b - y
        losses.append(np.mean(error ** 2))
        w -= lr * 2 * np.mean(error * X)
        b -= lr * 2 * np.mean(error)
    return w, b, losses
"""
MULTI = """def fit(X, y, learning_rate=0.01, epochs=30):
    n, d = X.shape
    w, b = np.zeros(d), 0.0
    for _ in range(epochs):
        error = X @ w + b - y
        w = w - learning_rate * (2 / n) * X.T @ error
        b = b - learning_rate * (2 / n) * error.sum()
    return w, b
"""
MODEL = """class Model:
    def __init__(self, learning_rate=0.01):
        self.learning_rate = learning_rate
    def fit(self, X, y, epochs=30):
        self.w = self.b = 0.0
        self.history = []
        for _ in range(epochs):
            error = [self.w * x + self.b - t for x, t in zip(X, y)]
            self.history.append(sum(e * e for e in error) / len(X))
            self.w -= self.learning_rate * 2 * sum(e * x for e, x in zip(error, X)) / len(X)
            self.b -= self.learning_rate * 2 * sum(error) / len(X)
"""
LOOP = """w = 5.0
eta = 1.2
losses = []
for step in range(30):
    losses.append(w ** 2)
    w = w - eta * 2 * w
"""
LATE = """w = [1e-6, 5.0]
lr = 1.05
losses = []
for i in range(300):
    losses.append(w[0] ** 2 + w[1] ** 2)
    w = [w[0] - lr * 2 * w[0], w[1] - lr * w[1]]
"""


def make_loop(start: str, name: str, kept: str, step: str) -> str:
    """A loop that keeps something of each round in a list."""
    return f"{start}\nrate = 0.1\n{name} = []\nfor i in range(50):\n    {name}.append({kept})\n    {step}"


NOTICED = {
    "with a gradient": (
        DESCEND + "w, history = descend(bowl, bowl_gradient, [3, 4], 1.1)",
        [
            "`history` grow from step 1 on: 25 at first",
            "`learning_rate` must stay below 1:",
            "`learning_rate = 0.5`",
        ],
    ),
    "by keyword": (
        DESCEND + "w, history = descend(bowl, bowl_gradient, [3, 4], learning_rate=1.1)",
        ["below 1:"],
    ),
    "by default": (
        DESCEND.replace("learning_rate=0.1", "learning_rate=1.1")
        + "w, history = descend(bowl, bowl_gradient, [3, 4])",
        ["below 1:"],
    ),
    "by a name": (DESCEND + "lr = 1.1\nw, history = descend(bowl, bowl_gradient, [3, 4], lr)", ["below 1:"]),
    "with data": (
        NP + FIT + "w, b, losses = fit(X, y, 0.05)",
        [
            "`losses` grow from step 1 on",
            "`lr` must stay below 0.029",
            "this `X`",
            "`(X - X.mean()) / X.std()`",
            "rates below 1 work",
        ],
    ),
    "under other names": (NP + FIT + "inputs = X\nw, b, errors = fit(inputs, y, lr=0.05)", ["this `inputs`"]),
    "as one result": (NP + FIT + "result = fit(X, y, lr=0.05)", ["`result[2]` grow", "below 0.029"]),
    "to infinity": (
        NP + FIT + "w, b, losses = fit(X, y, 0.05, 1000)",
        ["infinite from step", "after growing from step 1", "below 0.029"],
    ),
    "in a loop": (LOOP, ["`losses` grow from step 1 on", "a tenth"]),
    "in a method": (
        MODEL + "X = [0.1 * i for i in range(100)]\ny = [2 * x for x in X]\nm = Model(0.1)\nm.fit(X, y)",
        ["`m.history` grow", "`learning_rate` must stay below"],
    ),
    "without losses": (
        NP + MULTI + "w, b = fit(X.reshape(-1, 1), y, 0.5, 2000)",
        ["`w` and `b` are no longer finite", "a tenth"],
    ),
    "a rate written out": (
        "w = 5.0\nlosses = []\nfor i in range(30):\n    losses.append(w ** 2)\n"
        "    grad = 2 * w\n    w = w - 1.2 * grad\n",
        ["`losses` grow from step 1 on", "try `0.12`, a tenth"],
    ),
    "in a dictionary": (
        LOOP.replace("w = 5.0", "def train(w):", 1)
        .replace("\n", "\n    ")
        .replace("    w = w - eta", "    w = w - eta")
        + "return {'w': w, 'loss': losses}\nresult = train(5.0)",
        ["`result['loss']` grow from step 1 on"],
    ),
    "NaN in the data": (
        NP + FIT + "X[3] = np.nan\nw, b, losses = fit(X, y)\n",
        ["`losses` are NaN, not a number, from step 0 on", "`X` already holds NaN"],
    ),
    "a logarithm of nothing": (
        "import numpy as np\nw = 5.0\nlr = 1.0\nlosses = []\nfor i in range(9):\n"
        "    losses.append(np.log(w))\n    w = w - lr * 1.0\n",
        ["`losses` are infinite from step 5 on", "at step 4", "a logarithm of 0"],
    ),
    "late": (LATE, ["`losses` grow from step"]),
}
RUN = DESCEND + "w, history = descend(bowl, bowl_gradient, "
QUIET = {
    "converging": RUN + "[3, 4], 0.1)",
    "bouncing": RUN + "[3, 4], 1.0)",
    "nearly bouncing": RUN + "[3, 4], 0.999)",
    "from the minimum": RUN + "[0, 0], 5)",
    "overshooting first": DESCEND + "w, history = descend(bowl, oval_gradient, [3, 4], 0.19)",
    "tried out in a loop": DESCEND
    + "for rate in (0.1, 1.1):\n    w, history = descend(bowl, bowl_gradient, [3, 4], rate)",
    "tried out in a list": DESCEND
    + "runs = [descend(bowl, bowl_gradient, [3, 4], rate) for rate in (0.1, 1.1)]",
    "NaN from elsewhere": make_loop("w = 1.0", "losses", "float('nan')", "w = w - rate * w"),
    "weights that settle": make_loop("w = 0.0", "w_history", "w", "w = w - rate * 2 * (w - 3)"),
    "no descent": "history = [2 ** i for i in range(50)]",
    "a population": make_loop("n = 100.0", "history", "n", "n = n + rate * n"),
    "ascent": make_loop("w = 1.0", "losses", "w", "w = w + rate * w"),
    "a debt paid back": make_loop("debt = 100.0", "history", "debt", "debt = debt - rate * debt"),
    "noise": make_loop(
        "import random\nrandom.seed(1)\nw = 3.0", "losses", "w * w + random.random()", "w -= rate * w"
    ),
    "losses that are texts": make_loop("w = 1.0", "losses", "str(w)", "w -= 30 * rate * w"),
    "errors by step size": "errors = [h ** 2 for h in (0.1, 0.2, 0.5, 1.0)]",
    "three epochs": RUN + "[3, 4], 1.1, 2)",
    "not called": DESCEND,
}


def notice(program: str) -> Explanation | None:
    reader = Reader()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert reader.run(program, "cell") is None, reader.error
        found = find_divergence(program, "cell", reader.namespace, reader.surroundings)
    assert notice_divergence(program, "cell", reader.namespace, reader.surroundings) == found
    return found


@pytest.mark.parametrize("program, says", NOTICED.values(), ids=NOTICED.keys())
def test_noticed(program: str, says: list[str]) -> None:
    found = notice(program)
    assert found is not None and found.about == "result" and found.location is not None
    text = found.text
    for part in says:
        assert part in text, text


@pytest.mark.parametrize("program", QUIET.values(), ids=QUIET.keys())
def test_quiet(program: str) -> None:
    found = notice(program)
    assert found is None, found.text


def test_a_gradient_with_side_effects_is_not_called() -> None:
    noisy = DESCEND.replace(
        "def bowl_gradient(p): return", "calls = []\ndef bowl_gradient(p):\n    calls.append(1)\n    return"
    )
    found = notice(noisy + "w, history = descend(bowl, bowl_gradient, [3, 4], 1.1)\nbefore = len(calls)")
    assert found is not None and "must stay below" not in found.text
    reader = Reader()
    reader.run(noisy + "w, history = descend(bowl, bowl_gradient, [3, 4], 1.1)", "cell")
    before = list(reader.namespace["calls"])
    assert find_divergence(reader.text, "cell", reader.namespace, reader.surroundings) is not None
    assert reader.namespace["calls"] == before


def test_momentum_with_a_gradient_gives_no_limit() -> None:
    momentum = DESCEND.replace("    w = list(w0)\n", "    w = list(w0)\n    v = [0.0 for _ in w]\n").replace(
        "        w = [wi - learning_rate * s for wi, s in zip(w, slopes)]\n",
        "        v = [0.5 * vi + s for vi, s in zip(v, slopes)]\n"
        "        w = [wi - learning_rate * s for wi, s in zip(w, v)]\n",
    )
    found = notice(momentum + "w, history = descend(bowl, bowl_gradient, [3, 4], 2.5)")
    assert found is not None and "must stay below" not in found.text, found.text


def test_losses_that_grow_unevenly_give_no_limit() -> None:
    X = np.linspace(0, 10, 50)
    curvature = 2 * np.mean(X**2)
    inputs = {"X": X, "y": X}
    even = [(0.5 * curvature - 1) ** (2 * k) for k in range(8)]
    uneven = [1.0, 2.0, 8.0, *even[3:]]
    late = [*even[:4], 2 * even[4], *even[5:]]

    def find(losses: list[float]) -> Limit | None:
        return find_largest_rate(losses, 0.5, inputs, lambda function: False)

    found = find(even)
    assert found is not None and math.isclose(found.rate, 2 / curvature, rel_tol=1e-6)
    assert find(uneven) is not None
    assert find(late) is None
    assert find(even[:4]) is None
    assert find([1.01 * loss * k for k, loss in enumerate(even)]) is None


def test_momentum_gives_no_limit() -> None:
    """Its losses grow by a constant factor too, but 2/λ isn't its limit."""
    program = NP + (
        "w = b = vw = vb = 0.0\nlr = 0.08\nlosses = []\nfor i in range(60):\n    error = w * X + b - y\n"
        "    losses.append(np.mean(error ** 2))\n    vw = 0.5 * vw + 2 * np.mean(error * X)\n"
        "    vb = 0.5 * vb + 2 * np.mean(error)\n    w = w - lr * vw\n    b = b - lr * vb\n"
    )
    found = notice(program)
    assert found is not None and "must stay below" not in found.text, found.text


rates = st.floats(1.05, 3)
scales = st.floats(0.2, 20)


@settings(max_examples=60, deadline=None)
@given(
    beyond=rates, scale=scales, shift=st.floats(-5, 5), features=st.integers(1, 3), seed=st.integers(0, 999)
)
def test_the_limit_is_numpy_s(beyond: float, scale: float, shift: float, features: int, seed: int) -> None:
    """Whatever the data, the rate that is said is 2/λmax as `eigvalsh` has it, and just below all is well."""
    X = scale * np.random.default_rng(seed).normal(shift, 1, (40, features))
    table = np.column_stack([X, np.ones(40)])
    limit = 2 / np.linalg.eigvalsh(2 / 40 * table.T @ table).max()
    fit = (
        MULTI.replace("w, b = np.zeros(d), 0.0", "w, b, losses = np.zeros(d), 0.0, []")
        .replace("        w = w", "        losses.append(np.mean(error ** 2))\n        w = w")
        .replace("return w, b", "return w, b, losses")
    )
    program = (
        f"import numpy as np\n{fit}X = np.array({X.tolist()})\ny = X.sum(axis=1) + 1\n"
        f"w, b, losses = fit(X, y, {beyond * limit}, 60)"
    )
    found = notice(program)
    assert found is not None
    said = re.search(r"must stay below ([\d.e+-]+) for this `X`", found.text)
    steepest = np.linalg.eigvalsh(table.T @ table)
    # Two curvatures that are nearly the same take longer to be told apart.
    assert said is not None or beyond < 1.5 or steepest[-2] > 0.9 * steepest[-1]
    if said is not None:
        assert float(said[1]) <= limit * (1 + 1e-6)
        assert math.isclose(float(said[1]), limit, rel_tol=2e-3)
        assert notice(program.replace(f"{beyond * limit}, 60", f"{0.99 * limit}, 60")) is None


@given(st.lists(st.lists(st.floats(-10, 10), min_size=3, max_size=3), min_size=3, max_size=6))
def test_the_largest_eigenvalue_is_numpy_s(rows: list[list[float]]) -> None:
    table = np.array(rows)
    product = table.T @ table
    expected = np.linalg.eigvalsh(product).max()
    assert math.isclose(find_largest_eigenvalue(product.tolist()), expected, rel_tol=1e-9, abs_tol=1e-12)


@given(st.floats(1e-9, 1e9))
def test_a_limit_is_rounded_down(limit: float) -> None:
    said = float(say_limit(limit))
    assert said <= limit * (1 + 1e-8) and math.isclose(said, limit, rel_tol=1e-3)


def test_lesson_3_is_noticed_where_it_diverges_and_nowhere_else() -> None:
    noticed = {}
    for cell, label, source, namespace in run_lesson("ch03/03_gradients.py"):
        found = find_divergence(source, cell, namespace, Surroundings(make_finder(cell, source)))
        if found is not None:
            noticed[cell, label] = found.text
    assert set(noticed) == {("descent", "Diverging"), ("regression", "Rate 0.05 diverges")}
    assert "`learning_rate` must stay below 1:" in noticed["descent", "Diverging"]
    assert (
        "`learning_rate` must stay below 0.02905 for this `X`" in noticed["regression", "Rate 0.05 diverges"]
    )


def run_lesson(path: str) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Every cell and preset of a lesson after the cells above it: cell, label, text, names. Draws nothing."""
    matplotlib.use("agg")
    cells = read_lesson(path).code_cells
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plt, "show", lambda: plt.close("all"))
        for cell in cells:
            above = dict(namespace)
            presets = [(preset.label, preset.source) for preset in cell.presets]
            # The cell itself comes last: what it leaves is what the next one finds.
            for label, source in [*presets, ("", cell.source)]:
                namespace.clear()
                namespace.update(above)
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(source, f"<{cell.id}>", "exec"), namespace)
                yield cell.id, label, source, namespace
    plt.close("all")


def make_finder(cell: str, source: str) -> Callable[[str], CellSource | None]:
    """The texts of lesson 3, with this one in the place of its cell's own."""
    texts = {c.id: c.source for c in read_lesson("ch03/03_gradients.py").code_cells} | {cell: source}

    def find_source(filename: str) -> CellSource | None:
        name = filename.strip("<>")
        return CellSource(name, filename, texts[name]) if name in texts else None

    return find_source
