"""A snapshot is refused for any difference that isn't one of addresses or of where printed text was cut."""

from __future__ import annotations

from typing import Any

import pytest

from gradus.sitegen.start.verify import find_difference

OK = {"status": "ok", "execution_count": 1, "locations": []}


def _stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def _ran(*outputs: dict[str, Any], cell: str = "a", result: Any = OK) -> dict[str, Any]:
    return {"cell": cell, "outputs": list(outputs), "result": result}


@pytest.mark.parametrize(
    ("plain", "restored"),
    [
        (_ran(), _ran()),
        (_ran(_stream("ab\n")), _ran(_stream("a"), _stream("b\n"))),
        (_ran(_stream("<object at 0x1a2b3c>")), _ran(_stream("<object at 0x9f8e7d6c>"))),
    ],
)
def test_the_same_is_found_to_be_the_same(plain: Any, restored: Any) -> None:
    assert find_difference([[plain]], [[restored]]) is None


@pytest.mark.parametrize(
    ("plain", "restored"),
    [
        (_ran(_stream("1.0")), _ran(_stream("1.1"))),
        (_ran(_stream("a")), _ran(_stream("a", "stderr"))),
        (_ran(_stream("a"), _stream("b", "stderr")), _ran(_stream("b", "stderr"), _stream("a"))),
        (_ran(_stream("a")), _ran()),
        (_ran(_stream("0x10")), _ran(_stream("0x11"))),
        (_ran(), _ran(result={**OK, "status": "error"})),
        (_ran(), _ran(result={**OK, "execution_count": 2})),
    ],
)
def test_a_difference_is_told_with_its_program(plain: Any, restored: Any) -> None:
    same = _ran(_stream("same"), cell="first")
    told = find_difference([[same, plain]], [[same, restored]])
    assert told is not None and told.startswith("a: ") and "\n" not in told


def test_a_program_that_did_not_run_is_a_difference() -> None:
    assert find_difference([[_ran(), _ran()]], [[_ran()]]) is not None
    assert find_difference([[_ran()], []], [[_ran()]]) is not None
