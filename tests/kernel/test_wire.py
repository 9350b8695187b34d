"""The session as a page's worker sees it: strict JSON both ways."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradus.kernel.wire import Wire, open_wire


class Page:
    """The other end of a wire."""

    def __init__(self) -> None:
        self.posted: list[str] = []
        self.wire: Wire = open_wire(self.posted.append)

    def run(self, source: str, cell: str = "a", pixel_ratio: float = 1) -> tuple[list[Any], Any]:
        request = json.dumps({"source": source, "cell": cell, "pixel_ratio": pixel_ratio})
        result = asyncio.run(self.wire.run(request))
        outputs = [json.loads(text) for text in self.posted]
        self.posted.clear()
        return outputs, json.loads(result)


@pytest.fixture
def page() -> Iterator[Page]:
    page = Page()
    yield page
    page.wire.close()


def test_run(page: Page) -> None:
    outputs, result = page.run("print('é')\n1 + 1")
    assert outputs[0] == {"output_type": "stream", "name": "stdout", "text": "é"}
    assert outputs[-1] == {
        "output_type": "execute_result",
        "data": {"text/plain": "2"},
        "metadata": {},
        "execution_count": 1,
    }
    assert result == {
        "status": "ok",
        "execution_count": 1,
        "locations": [],
        "names": {"first": [], "more": 0},
    }


def test_an_error_is_a_result(page: Page) -> None:
    outputs, result = page.run("x = 1\n1/0", cell="descent")
    assert outputs[0]["ename"] == "ZeroDivisionError"
    assert result == {
        "status": "error",
        "execution_count": 1,
        "locations": [{"cell": "descent", "line": 2, "column": 0, "end_line": 2, "end_column": 3}],
        "names": {"first": ["x"], "more": 0},
    }


def test_outputs_are_posted_while_the_cell_runs(page: Page) -> None:
    page.run("posted = None", cell="b")
    page.wire._session.namespace["posted"] = page.posted
    outputs, _ = page.run("print('a', flush=True)\nprint(len(posted) > 0)")
    assert "".join(output["text"] for output in outputs) == "a\nTrue\n"


EVALUATIONS = {
    "abs(loss - 3.5) < 1e-9": {"ok": True, "value": "True", "truth": True},
    "loss": {"ok": True, "value": "3.5", "truth": True},
    "[]": {"ok": True, "value": "[]", "truth": False},
    "np.zeros(2)": {"ok": True, "value": "array([0., 0.])", "truth": None},
    "'\\ud800'": {"ok": True, "value": "'\\ud800'", "truth": True},
    "__name__": {"ok": True, "value": "'__main__'", "truth": True},
}


@pytest.mark.parametrize("expression", EVALUATIONS)
def test_evaluate(page: Page, expression: str) -> None:
    page.run("import numpy as np\nloss = 3.5")
    answer = page.wire.evaluate(expression)
    assert answer.isascii()
    assert json.loads(answer) == EVALUATIONS[expression]


@pytest.mark.parametrize(
    "expression, begin",
    {
        "lost": "NameError: ",
        "x = 1": "SyntaxError: ",
        "1/0": "ZeroDivisionError: ",
        "repr(bad)": "KeyError",
        "bad": "KeyError",
    }.items(),
)
def test_evaluate_fails(page: Page, expression: str, begin: str) -> None:
    page.run("class Bad:\n    def __repr__(self): raise KeyError\nbad = Bad()")
    answer = json.loads(page.wire.evaluate(expression))
    assert answer["ok"] is False and answer["error"].startswith(begin)


def test_a_long_value_is_cut(page: Page) -> None:
    assert len(page.wire.evaluate("'x' * 10**6")) < 3000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters()))
def test_any_text_crosses_the_wire(page: Page, text: str) -> None:
    source = f"# {text}\nprint({text!a})\nraise ValueError({text!a})"
    request = json.dumps({"source": source, "cell": text, "pixel_ratio": 1})
    result = asyncio.run(page.wire.run(request))
    for message in [*page.posted, result]:
        assert message.isascii()
        json.loads(message)
    page.posted.clear()
    assert json.loads(result)["status"] == "error"


def test_a_cell_does_not_find_what_its_own_earlier_run_left(page: Page) -> None:
    page.run("count = 1")
    _, result = page.run("count += 1")
    assert result["status"] == "error"
    page.run("x = 1", cell="above")
    page.run("x += 1")
    assert json.loads(page.wire.evaluate("x"))["value"] == "2"


def test_planning(page: Page) -> None:
    cells = [["a", "x = 1"], ["b", "x += 1"]]
    asked = json.dumps({"cells": cells, "wanted": "b"})
    answer = json.loads(page.wire.plan(asked))
    assert answer["first"] == ["a"]
    for cell, source in cells:
        page.run(source, cell=cell)
    assert json.loads(page.wire.plan(asked)) == answer


def test_stale_cells(page: Page) -> None:
    versions = json.loads(page.wire.plan(json.dumps({"cells": [["a", "x = 2"]], "wanted": "a"})))["versions"]
    cells = [
        {"id": "a", "shown": "x = 2", "lesson": "x = 1", "version": versions["a"]},
        {"id": "b", "shown": "x", "lesson": "x", "version": None},
        {"id": "c", "shown": "3", "lesson": "3", "version": None},
    ]
    assert json.loads(page.wire.find_stale(json.dumps(cells))) == ["b"]
