"""Warnings: on standard error, with the reader's line, once in every run."""

from __future__ import annotations

import asyncio

import pytest

from kernel.checks import (
    Runner,
    check_run,
    error,
    python_default_warnings,
    stderr,
    value,
)

WARNINGS = {
    "with the reader's line": (
        "import warnings\n\nwarnings.warn('careful')",
        [stderr('Cell "cell", line 3: UserWarning: careful\n', "  warnings.warn('careful')\n")],
    ),
    "raised by a function": (
        "import warnings\ndef f():\n    warnings.warn('careful', stacklevel=2)\n\nf()",
        [stderr('Cell "cell", line 5: UserWarning: careful\n  f()\n')],
    ),
    "recorded by the reader": (
        "import warnings\nwith warnings.catch_warnings(record=True) as seen:\n"
        "    warnings.simplefilter('always')\n    warnings.warn('careful')\nlen(seen)",
        [value("1")],
    ),
    "made an error by the reader": (
        "import warnings\nwith warnings.catch_warnings():\n"
        "    warnings.simplefilter('error')\n    warnings.warn('careful')",
        [error("UserWarning", line=4)],
    ),
    "once per place and run": (
        "import warnings\nfor _ in range(3):\n    warnings.warn('careful')",
        [stderr("careful\n  warnings.warn('careful')\n")],
    ),
    "of the compiler": ("x = 1\nx is 'a'", [stderr('Cell "cell", line 2: SyntaxWarning: '), value("False")]),
}


@pytest.mark.parametrize("source, expected", WARNINGS.values(), ids=WARNINGS)
def test_warnings(source: str, expected: list) -> None:
    run = check_run(source, expected)
    assert sum(output.get("text", "").count("careful") for output in run.outputs) <= 2


@pytest.mark.usefixtures("shaky")
def test_a_librarys_warning_names_the_readers_line() -> None:
    check_run(
        "import shaky\ndef f():\n    shaky.warn()\n\nf()",
        [
            stderr(
                'Cell "cell", line 3: UserWarning: from the library\n',
                "  shaky.warn()\n  (raised in shaky/parts.py, line 7)\n",
            )
        ],
    )


@pytest.mark.usefixtures("shaky")
def test_a_librarys_warning_comes_again_in_a_later_run() -> None:
    runner = Runner()
    assert [len(runner.run("import shaky\nshaky.warn()").outputs) for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize("stacklevel", [1, 2])
def test_a_cell_run_again_warns_again(stacklevel: int) -> None:
    source = f"import warnings\ndef f():\n    warnings.warn('careful', stacklevel={stacklevel})\nf()"
    runner = Runner()
    assert [len(runner.run(source).outputs) for _ in range(3)] == [1, 1, 1]


def test_a_filter_of_the_readers_is_in_force_in_later_cells() -> None:
    runner = Runner()
    with python_default_warnings():
        asyncio.run(runner.session.run("import warnings\nwarnings.simplefilter('ignore')"))
        asyncio.run(runner.session.run("warnings.warn('careful')"))
    assert runner.emitted == []
