"""Stop: in the midst of Python and at an `await`, without a traceback and without losing names."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator

import pytest

from gradus.kernel import Session
from gradus.kernel.reader_names import MAX_NAMES, list_names
from kernel.checks import Runner, error, run_cells

INTERRUPT = f"import os, signal\ndef interrupt(): os.kill({os.getpid()}, {int(signal.SIGINT)})\n"


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("kept = 1\ninterrupt()\nwhile True: pass", None),
        ("kept = 1\ndef f():\n    interrupt()\n    while True: pass\nf()", None),
        ("kept = 1\ninterrupt()\nwhile True: print(1)", None),
    ],
    ids=["loop", "function", "output"],
)
def test_a_signal_stops_python_at_work(program: str, line: int | None) -> None:
    runner = Runner()
    runner.run(INTERRUPT)
    run = runner.run(program)
    assert run.result.status == "stopped"
    error("KeyboardInterrupt", never=["Traceback"])(run.outputs[-1], run.result)
    assert runner.run("kept").only["data"]["text/plain"] == "1"


@pytest.fixture
def plain_signals() -> Iterator[None]:
    """Ctrl+C raises; a process that shares the tests with others has been told to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("plain_signals")
def test_a_signal_between_cells_goes_where_it_went_before() -> None:
    session = Session([].append)
    with session.active(), pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


async def stop_when_waiting(session: Session, source: str) -> str:
    running = asyncio.create_task(session.run(source))
    while not session.stop():
        await asyncio.sleep(0)
    result = await running
    assert not session.stop()
    return result.status


@pytest.mark.parametrize(
    "program",
    [
        "import asyncio\nkept = 1\nawait asyncio.sleep(1000)",
        "import asyncio\nkept = 1\nasync def f():\n    await asyncio.Event().wait()\nawait f()",
        "import asyncio\nkept = 1\nawait asyncio.gather(asyncio.sleep(1000), asyncio.sleep(2000))",
    ],
)
def test_stop_ends_an_await(program: str) -> None:
    emitted: list = []
    session = Session(emitted.append)

    async def run() -> None:
        assert await stop_when_waiting(session, program) == "stopped"
        assert (await session.run("kept")).status == "ok"

    asyncio.run(run())
    assert [output.get("ename") for output in emitted] == ["KeyboardInterrupt", None]


def test_a_program_may_clean_up_when_stopped() -> None:
    emitted: list = []
    session = Session(emitted.append)
    program = "import asyncio\ntry:\n    await asyncio.sleep(1000)\nfinally:\n    print('cleaned up')"
    assert asyncio.run(stop_when_waiting(session, program)) == "stopped"
    assert emitted[0]["text"].strip() == "cleaned up"


def test_a_cancelled_error_of_the_readers_is_none_of_ours() -> None:
    run = run_cells(
        "import asyncio\ntask = asyncio.ensure_future(asyncio.sleep(9))\ntask.cancel()\nawait task"
    )
    error("CancelledError", line=4)(run.outputs[-1], run.result)
    assert run.result.status == "error"


def test_a_session_in_another_thread_leaves_signals_alone() -> None:
    results = []
    thread = threading.Thread(target=lambda: results.append(run_cells("1 + 1").result.status))
    thread.start()
    thread.join()
    assert results == ["ok"]


def test_names_are_told_in_order_and_bounded() -> None:
    import math

    assert list_names({"__name__": "x", "_": 1, "math": math, "b": 1, "a": print}) == {
        "first": ["b", "a"],
        "more": 0,
    }
    many = {f"n{number}": number for number in range(1000)}
    names = list_names({"x" * 1000: 1, **many})
    assert names["first"] == [f"n{number}" for number in range(MAX_NAMES)]
    assert names["more"] == 1001 - MAX_NAMES
