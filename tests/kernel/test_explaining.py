"""A run with what it came to in plain words: where there is something to say, and never to the run's harm."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

import gradus.kernel.explain
from gradus.kernel.explain.explanation import MIME_TYPE
from gradus.kernel.explaining import Page
from gradus.kernel.outputs import Output
from gradus.kernel.result import RunResult
from gradus.kernel.session import Session
from gradus.kernel.wire import Wire, open_wire
from kernel.explain.test_divergence import NOTICED

CELLS = {"data": "w = 1", "descent": "learning_rate = 0.1\nw - learning_rate"}
PAGE = Page(CELLS, ("numpy", "matplotlib"))
DIVERGING = """
w = 5.0
learning_rate = 1.2
losses = []
for step in range(30):
    losses.append(w ** 2)
    w = w - learning_rate * 2 * w
"""


class Reader:
    """Runs cells and keeps what they put out."""

    def __init__(self) -> None:
        self.outputs: list[Any] = []
        self.session = Session(self.outputs.append)

    def run(self, text: str, page: Page | None = PAGE, cell: str = "cell") -> RunResult:
        self.outputs.clear()
        return asyncio.run(self.session.run(text, cell, page=page))

    @property
    def kinds(self) -> list[str]:
        return [output["output_type"] for output in self.outputs]

    @property
    def told(self) -> Any:
        return self.outputs[-1]["data"][MIME_TYPE]


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_an_error_comes_first_and_then_its_explanation(reader: Reader) -> None:
    result = reader.run("n = 0\nprint('before')\n1 / n")
    assert reader.kinds[-2:] == ["error", "display_data"]
    assert result.status == "error"
    assert reader.told["about"] == "error"
    assert reader.told["values"] == [{"name": "n", "text": "0"}]
    assert reader.told["location"] == {"cell": "cell", "line": 3}
    assert "n = 0" in reader.outputs[-1]["data"]["text/plain"]


def test_a_run_that_goes_wrong_quietly_is_noticed(reader: Reader) -> None:
    assert reader.run(DIVERGING).status == "ok"
    assert reader.kinds == ["display_data"]
    assert reader.told["about"] == "result" and "`losses` grow from step 1 on" in reader.told["title"]


def test_functions_of_other_cells_are_known(reader: Reader) -> None:
    body = DIVERGING.strip().replace("\n", "\n    ")
    reader.run(f"def train():\n    {body}\n    return losses", cell="train")
    assert reader.kinds == []
    reader.run("losses = train()", cell="use")
    assert "`losses` grow" in reader.told["title"]


def test_names_of_the_pages_cells_are_known(reader: Reader) -> None:
    reader.run("w = 1 - learning_rat", cell="data")
    assert "The cell “Descent”, below, defines `learning_rate`" in reader.told["hints"][0]


def test_the_pages_packages_are_named(reader: Reader) -> None:
    reader.run("import torch_of_old")
    assert "`matplotlib` and `numpy`" in reader.told["hints"][-1]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("program", [program for program, _ in NOTICED.values()], ids=NOTICED.keys())
def test_what_can_be_noticed_is_looked_for(reader: Reader, program: str) -> None:
    assert reader.run(program).status == "ok"
    assert reader.told["about"] == "result"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x = 1",
        "print(1)",
        "for i in range(3): print(i)",
        "import sys\nsys.exit()",
        "raise ValueError('x')",
    ],
)
def test_where_there_is_nothing_to_say_nothing_is_said(reader: Reader, text: str) -> None:
    reader.run(text)
    assert "display_data" not in reader.kinds


@pytest.mark.parametrize("text", ["1 / 0", DIVERGING])
def test_without_a_page_nothing_is_said(reader: Reader, text: str) -> None:
    reader.run(text, page=None)
    assert "display_data" not in reader.kinds


@pytest.mark.parametrize(
    "stopped", [RuntimeError, KeyboardInterrupt, SystemExit, RecursionError, MemoryError]
)
@pytest.mark.parametrize(
    "name, text, status",
    [("explain", "1 / 0", "error"), ("notice", "inv = print(1)", "ok")],
    ids=["error", "ok"],
)
def test_a_failure_of_ours_is_not_the_runs(
    name: str,
    text: str,
    status: str,
    stopped: type[BaseException],
    reader: Reader,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(*arguments: object) -> None:
        raise stopped("ours")

    monkeypatch.setattr(gradus.kernel.explain, name, fail)
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    assert reader.run(text).status == status
    assert set(reader.kinds) == {"error" if status == "error" else "stream"}
    assert "ours" in capfd.readouterr().err
    assert reader.run("1 + 1", page=None).status == "ok"


def test_without_a_console_a_failure_is_silent(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(gradus.kernel.explain, "explain", fail)
    monkeypatch.setattr(sys, "__stderr__", None)
    assert reader.run("1 / 0").status == "error"


def make_wire(found: list[Output]) -> tuple[Wire, Callable[[dict[str, Any]], Any]]:
    wire = open_wire(lambda text: found.append(json.loads(text)))
    return wire, lambda request: json.loads(asyncio.run(wire.run(json.dumps(request))))


def test_the_wire_takes_what_the_page_knows() -> None:
    found: list[Any] = []
    wire, run = make_wire(found)
    try:
        page = {"cells": [["a", "wanted"], ["b-two", "wanted = 1"]], "packages": ["numpy"]}
        answer = run({"source": "wanted", "cell": "a", "pixel_ratio": 1, "page": page})
    finally:
        wire.close()
    assert answer["status"] == "error"
    assert "“B two”, below" in found[-1]["data"][MIME_TYPE]["hints"][0]


def test_an_explanation_holds_on_to_nothing(reader: Reader) -> None:
    import gc
    import weakref

    reader.run(
        "class Held: pass\nimport weakref\ndef f():\n    held = Held()\n    held.n = 0\n    1 / held.n\nf()"
    )
    kept = weakref.ref(reader.session.namespace["Held"])
    reader.run("del Held, f, weakref", page=None)
    gc.collect()
    assert kept() is None
