"""Losses that grow or stop being numbers: noticed, with the step and the rate; and when all is quiet."""

from __future__ import annotations

import pytest

from kernel.explain.descents import DESCEND, FIT, LATE, LOOP, MODEL, MULTI, NP, make_loop, notice

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
