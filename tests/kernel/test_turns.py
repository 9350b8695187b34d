"""Sessions side by side in one interpreter: each finds what it left, and nothing of the other's."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradus.kernel.wire import share_interpreter
from kernel.embeds import Embed

run_coroutine = asyncio.run
"""Python's own: the page's takes its place while a session is open."""


def test_names_are_apart(one: Embed, two: Embed) -> None:
    one.run("x = 1")
    assert two.evaluate("x")["ok"] is False
    two.run("x = 2")
    assert (one.evaluate("x")["value"], two.evaluate("x")["value"]) == ("1", "2")
    assert one.run("import __main__; print(__main__.x)") == "1\n"


def test_what_has_run_is_apart(one: Embed, two: Embed) -> None:
    cells = [["a", "x = 1"], ["b", "print(x)"]]
    asked = json.dumps({"cells": cells, "wanted": "b"})
    asyncio.run(one.wire.run(json.dumps({"source": "x = 1", "cell": "a", "pixel_ratio": 1})))
    assert json.loads(one.wire.plan(asked))["first"] == []
    assert json.loads(two.wire.plan(asked))["first"] == ["a"]


def test_each_session_asks_and_waits_by_way_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by way of what stands in for that in another session."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    page = WaitingPage()
    open_wire = share_interpreter(page)
    wires = [open_wire(lambda output: None) for _ in range(3)]
    for number, wire in enumerate(wires, 1):
        source = f"import time\ntime.sleep({number})\nprint(input('{number}? '))"
        result = run_coroutine(wire.run(json.dumps({"source": source, "cell": "a", "pixel_ratio": 1})))
        assert json.loads(result)["status"] == "ok"
    assert (page.slept, page.asked) == ([1, 2, 3], ["1? ", "2? ", "3? "])
    for wire in wires:
        wire.close()
    assert time.sleep(0) is None


class WaitingPage:
    """A page that shares memory with its Python."""

    shares_memory = True

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.asked: list[str] = []

    def can_wait(self) -> bool:
        return False

    def wait(self, awaitable: Any) -> Any:
        raise NotImplementedError

    async def ask(self, question: str) -> str:
        raise NotImplementedError

    async def sleep(self, seconds: float) -> str:
        raise NotImplementedError

    def ask_now(self, question: str) -> str:
        self.asked.append(json.loads(question)["prompt"])
        return json.dumps({"end": "text", "text": "well"})

    def sleep_now(self, seconds: float) -> str:
        self.slept.append(seconds)
        return "done"

    def begin_again(self) -> None:
        raise NotImplementedError

    def end(self) -> None:
        pass


def test_sources_of_cells_with_the_same_name(one: Embed, two: Embed) -> None:
    show = "import inspect\nprint(inspect.getsource(f))"
    one.run("def f(): return 'one'")
    two.run("def f(): return 'two'")
    assert "'one'" in one.run(show)


CLOCK = """import asyncio, random
random.seed(1)
ticks = []
async def tick():
    while True:
        ticks.append(random.random())
        print("tick")
        await asyncio.sleep(0)
clock = asyncio.create_task(tick())
await asyncio.sleep(0)
"""


def test_what_a_cell_left_behind_goes_on_in_its_own_session(one: Embed, two: Embed) -> None:
    async def run() -> None:
        await one.run_in_loop(CLOCK)
        one.take_text()
        text = await two.run_in_loop(
            "import asyncio, random\nrandom.seed(2)\nfirst = random.random()\nawait asyncio.sleep(0.01)\n"
            "random.seed(2)\nassert random.random() == first\nprint('quiet')"
        )
        assert text == "quiet\n"
        assert one.take_text() == ""
        # Nobody runs a cell: the clock ticks on, into its own.
        await until(lambda: "tick" in one.take_text())
        assert two.take_text() == ""
        await one.run_in_loop("clock.cancel()")

    asyncio.run(run())


async def until(come_true: Callable[[], bool]) -> None:
    while not come_true():
        await asyncio.sleep(0)


def test_what_was_called_off_while_it_waited_stays_so(one: Embed, two: Embed) -> None:
    async def run() -> None:
        await one.run_in_loop(
            "import asyncio\nloop = asyncio.get_running_loop()\nhandle = loop.call_later(0, print, 'late')"
        )
        await two.run_in_loop("import asyncio\nawait asyncio.sleep(0.01)")
        one.evaluate("handle.cancel()")
        await two.run_in_loop("await asyncio.sleep(0.01)")
        assert one.take_text() == ""

    asyncio.run(run())


def test_a_closed_session_is_silent_and_the_other_goes_on(one: Embed) -> None:
    other = Embed(beside=one)

    async def run() -> None:
        await other.run_in_loop(
            "import asyncio\nloop = asyncio.get_running_loop()\nloop.call_later(0, print, 5)"
        )
        await one.run_in_loop("x = 1")
        other.wire.close()
        await one.run_in_loop("import asyncio\nawait asyncio.sleep(0.01)")

    asyncio.run(run())
    assert other.take_text() == ""
    assert one.run("print(x)") == "1\n"


def test_a_session_after_all_others_have_gone_begins_afresh(one: Embed) -> None:
    one.run("import decimal, warnings\nwarnings.simplefilter('error')\nopen('data.txt', 'w').close()")
    one.wire.close()
    other = Embed(beside=one)
    assert (
        other.run("import os, warnings\nprint(warnings.filters[0][0], os.listdir())")
        != "error ['data.txt']\n"
    )
    other.wire.close()


def test_nobody_takes_the_interpreter_from_a_cell_that_waits(one: Embed, two: Embed) -> None:
    two.run("x = 1")

    async def run() -> None:
        running = asyncio.ensure_future(
            one.run_in_loop("import asyncio\nawait asyncio.sleep(0.01)\nprint(5)")
        )
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert two.evaluate("x")["ok"] is False
        assert two.wire.ask(json.dumps({"about": "variables"})) == "null"
        assert await running == "5\n"

    asyncio.run(run())
    assert two.evaluate("x")["ok"] is True


def test_settings_hold_from_one_cell_to_the_next(one: Embed) -> None:
    one.run("import contextvars, decimal\nown = contextvars.ContextVar('own')\nown.set(1)")
    one.run("decimal.getcontext().prec = 3")
    assert one.run("print(own.get(), decimal.Decimal(1) / 3)") == "1 0.333\n"
    assert one.evaluate("own.get()")["value"] == "1"
