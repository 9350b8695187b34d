"""The largest rate that would have worked: right to NumPy's digits, or not said at all."""

from __future__ import annotations

import math
import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gradus.kernel.explain.curvature import find_largest_eigenvalue
from gradus.kernel.explain.divergence import find_divergence
from gradus.kernel.explain.largest_rate import Limit, find_largest_rate, say_limit
from kernel.explain.checks import Reader
from kernel.explain.descents import DESCEND, MULTI, NP, notice


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
