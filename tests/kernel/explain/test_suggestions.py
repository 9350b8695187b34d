"""What is suggested about shapes that don't fit is tried, and works."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gradus.kernel.explain.explanation import Explanation
from kernel.explain.checks import run

shapes = st.lists(st.integers(1, 4), min_size=1, max_size=2).map(tuple)
operators = st.sampled_from(["@", "+", "*", "<", "np.concatenate", "np.vstack", "np.hstack", "reshape", "="])


@settings(max_examples=400, deadline=None)
@given(left=shapes, right=shapes, operator=operators)
def test_what_is_suggested_works(left: tuple[int, ...], right: tuple[int, ...], operator: str) -> None:
    """Every mismatch is explained, and each change that is said to work does, with the shape that is said."""
    names: dict[str, Any] = {"np": np, "a": np.ones(left), "b": np.ones(right)}
    failing = {"reshape": f"a.reshape({right})", "=": "a[:] = b"}.get(operator)
    if failing is None:
        failing = f"{operator}([a, b])" if operator.startswith("np.") else f"a {operator} b"
    try:
        exec(failing, dict(names))
    except ValueError:
        setup = f"import numpy as np\na = np.ones({left})\nb = np.ones({right})\n"
        found = run(setup + failing).explain()
        assert found is not None
        try_suggestions(found, names)


def try_suggestions(found: Explanation, names: dict[str, Any]) -> None:
    for hint in found.hints:
        promised = re.match(r"`(.+)` (?:would work|gives)(.*)", hint)
        if promised is None:
            continue
        fresh = {
            key: value.copy() if isinstance(value, np.ndarray) else value for key, value in names.items()
        }
        code, outcome = promised[1], promised[2]
        if " = " in code:
            exec(code, fresh)
            continue
        shape = np.shape(eval(code, fresh))
        said = re.search(r"\(([\d, ]*)\)", outcome)
        count = re.search(r"(\d+) (row|column)", outcome)
        if said is not None:
            assert shape == tuple(int(n) for n in said[1].split(",") if n.strip())
        if count is not None:
            assert shape[0 if count[2] == "row" else 1] == int(count[1])
