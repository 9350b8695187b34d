"""Await at the top level of a cell, and what goes on while a cell waits."""

from __future__ import annotations

import asyncio

import pytest

from kernel.checks import Runner, check_run, error, join_streams, python_default_warnings, stdout, value

NUMBERS = (
    "import asyncio\nasync def numbers():\n"
    "    for i in range(3):\n        await asyncio.sleep(0)\n        yield i\n"
)

CASES = {
    "await": ("import asyncio\nx = await asyncio.sleep(0, 7)\nx", [value("7")]),
    "await as the last expression": ("import asyncio\nawait asyncio.sleep(0, 7)", [value("7")]),
    "await and a semicolon": ("import asyncio\nawait asyncio.sleep(0, 7);", []),
    "async for": (NUMBERS + "async for i in numbers(): print(i)", [stdout("0\n1\n2\n")]),
    "async comprehension": (NUMBERS + "[i async for i in numbers()]", [value("[0, 1, 2]")]),
    "await in a comprehension": (
        "import asyncio\n[await asyncio.sleep(0, i) for i in range(3)]",
        [value("[0, 1, 2]")],
    ),
    "async with": (
        "import contextlib\n@contextlib.asynccontextmanager\nasync def c():\n    yield 5\n"
        "async with c() as x:\n    print(x)",
        [stdout("5\n")],
    ),
    "gather": (
        "import asyncio\nawait asyncio.gather(*(asyncio.sleep(0, i) for i in range(3)))",
        [value("[0, 1, 2]")],
    ),
    "a task": (
        "import asyncio\nasync def f():\n    print('in the task')\nt = asyncio.create_task(f())\nawait t",
        [stdout("in the task\n")],
    ),
    "names assigned while awaiting": (
        "import asyncio\na = 1\nawait asyncio.sleep(0)\nb = a + 1\nb",
        [value("2")],
    ),
    "error after await": (
        "import asyncio\nawait asyncio.sleep(0)\n1/0",
        [error("ZeroDivisionError", lines=[3])],
    ),
    "error in what is awaited": (
        "async def f():\n    1/0\nawait f()",
        [error("ZeroDivisionError", lines=[3, 2], says=["line 3", "line 2, in f"])],
    ),
    "error in a task": (
        "import asyncio\nasync def f():\n    1/0\nawait asyncio.create_task(f())",
        [error("ZeroDivisionError", lines=[4, 3])],
    ),
    "errors in a task group": (
        "import asyncio\nasync def f(): 1/0\nasync with asyncio.TaskGroup() as g:\n    g.create_task(f())",
        [error("ExceptionGroup", says=["1 of 1:", "line 2, in f"])],
    ),
    "StopIteration": (
        "import asyncio\nawait asyncio.sleep(0)\nx = next(iter([]))",
        [error("RuntimeError", lines=[3], says=["line 3", "StopIteration"])],
    ),
    "exit while awaiting": (
        "import asyncio, sys\nawait asyncio.sleep(0)\nsys.exit(1)",
        [error("SystemExit", line=3)],
    ),
    "awaiting something cancelled": (
        "import asyncio\nt = asyncio.create_task(asyncio.sleep(9))\nt.cancel()\nawait t",
        [error("CancelledError", line=4)],
    ),
    "a timeout": (
        "import asyncio\nasync with asyncio.timeout(0):\n    await asyncio.sleep(9)",
        [error("TimeoutError")],
    ),
    "a class and a function stay ordinary": (
        "import asyncio, inspect\nawait asyncio.sleep(0)\ndef f(): pass\ninspect.iscoroutinefunction(f)",
        [value("False")],
    ),
}


@pytest.mark.parametrize("source, expected", CASES.values(), ids=CASES)
def test_await(source: str, expected: list) -> None:
    check_run(source, expected)


def test_cells_wait_for_their_turn() -> None:
    runner = Runner()

    async def both() -> None:
        first = runner.session.run("import asyncio\nprint('a')\nawait asyncio.sleep(0)\nprint('b')", cell="1")
        second = runner.session.run("print('c')", cell="2")
        results = await asyncio.gather(first, second)
        assert [result.execution_count for result in results] == [1, 2]

    asyncio.run(both())
    assert [output["text"] for output in join_streams(runner.emitted)] == ["a\nb\nc\n"]


def test_cancelling_the_run_stops_the_cell_where_it_waits() -> None:
    runner = Runner()

    async def start_and_cancel() -> None:
        started = asyncio.Event()
        runner.session.namespace["started"] = started
        task = asyncio.create_task(
            runner.session.run("import asyncio\nstarted.set()\nx = 1\nawait asyncio.sleep(60)\nx = 2")
        )
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(start_and_cancel())
    assert [output["output_type"] for output in runner.emitted] == ["error"]
    runner.emitted.clear()
    run = runner.run("x")
    value("1")(run.only, run.result)


def test_a_task_left_behind_prints_while_the_session_is_held() -> None:
    runner = Runner()

    async def leave_a_task() -> None:
        with python_default_warnings(), runner.session.active():
            source = (
                "import asyncio\ndone = asyncio.Event()\nasync def later():\n"
                "    await asyncio.sleep(0)\n    print('later')\n    done.set()\n"
                "task = asyncio.create_task(later())"
            )
            await runner.session.run(source)
            assert runner.emitted == []
            await runner.session.namespace["done"].wait()

    asyncio.run(leave_a_task())
    assert join_streams(runner.emitted) == [{"output_type": "stream", "name": "stdout", "text": "later\n"}]
