"""Exceptions that come with others: causes, contexts, groups."""

from __future__ import annotations

import pytest

from kernel.checks import check_run, error

CHAINS = {
    "from another one": (
        "try:\n    1/0\nexcept Exception as e:\n    raise ValueError('x') from e",
        [
            error(
                "ValueError",
                lines=[4],
                says=["line 2", "ZeroDivisionError", "direct cause", "line 4", "ValueError: x"],
            )
        ],
    ),
    "while handling another one": (
        "try:\n    1/0\nexcept Exception:\n    oops",
        [
            error(
                "NameError",
                lines=[4],
                says=["line 2", "ZeroDivisionError", "During handling", "line 4", "NameError"],
            )
        ],
    ),
    "from None": (
        "try:\n    1/0\nexcept Exception:\n    raise ValueError('x') from None",
        [error("ValueError", line=4, never=["ZeroDivisionError"])],
    ),
    "a long chain is cut": (
        "e = None\nfor i in range(50):\n    try:\n        raise ValueError(i) from e\n"
        "    except ValueError as new:\n        e = new\nraise e",
        [error("ValueError", line=4, says=["ValueError: 42", "ValueError: 49"], never=["ValueError: 41\n"])],
    ),
    "causes in a circle": (
        "a, b = ValueError('a'), ValueError('b')\na.__cause__, b.__cause__ = b, a\nraise a",
        [error("ValueError", line=3, says=["ValueError: b", "ValueError: a"])],
    ),
    "a group": (
        "def f(): raise KeyError('inner')\ntry:\n    f()\nexcept KeyError as e:\n    k = e\n"
        "raise ExceptionGroup('several', [k, ValueError('two')])",
        [
            error(
                "ExceptionGroup",
                line=6,
                says=[
                    "ExceptionGroup: several (2",
                    "1 of 2:",
                    "line 1, in f",
                    "KeyError",
                    "2 of 2:",
                    "ValueError: two",
                ],
            )
        ],
    ),
    "a large group is cut": (
        "raise ExceptionGroup('many', [ValueError(i) for i in range(100)])",
        [error("ExceptionGroup", line=1, says=["10 of 100:", "and 90 more"], never=["11 of 100"])],
    ),
    "groups in groups are cut": (
        "e = ValueError()\nfor _ in range(30): e = ExceptionGroup('deeper', [e])\nraise e",
        [error("ExceptionGroup", line=3, says=["nested too deep"])],
    ),
}


@pytest.mark.parametrize("source, expected", CHAINS.values(), ids=CHAINS)
def test_chain(source: str, expected: list) -> None:
    check_run(source, expected)
