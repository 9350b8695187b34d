"""Whose frames a traceback shows: the reader's in full, over all their cells, a library's in one line."""

from __future__ import annotations

import pytest

from kernel.checks import Runner, check_run, error, stderr, stdout


@pytest.mark.usefixtures("shaky")
class TestLibraries:
    """Frames that aren't the reader's."""

    def test_the_deepest_is_named_in_a_line(self) -> None:
        check_run(
            "import shaky\nshaky.fail()",
            [
                error(
                    "ValueError",
                    lines=[2],
                    says=[
                        "line 2\n    shaky.fail()",
                        "\n  … raised in shaky/parts.py, line 15, in _really_fail\nValueError",
                    ],
                    never=["line 11"],
                )
            ],
        )

    def test_between_the_readers_frames_one_is_named(self) -> None:
        check_run(
            "import shaky\ndef back(): 1/0\nshaky.call(back)",
            [
                error(
                    "ZeroDivisionError",
                    lines=[3, 2],
                    says=[
                        "line 3",
                        "\n  … through shaky/parts.py, line 23, in _really_call\n",
                        "line 2, in back",
                    ],
                )
            ],
        )

    def test_a_module_that_is_not_python(self) -> None:
        check_run("\nimport broken", [error("IndentationError", line=2, says=["import broken", "broken.py"])])

    def test_a_module_that_fails_when_imported(self) -> None:
        check_run(
            "import explodes",
            [
                error(
                    "ZeroDivisionError",
                    line=1,
                    says=["import explodes", "raised in explodes.py, line 2, in f"],
                )
            ],
        )

    def test_numpy(self) -> None:
        check_run(
            "import numpy as np\nA = np.zeros((2, 3))\nnp.linalg.inv(A)",
            [error("LinAlgError", line=3, says=["raised in numpy/linalg/_linalg.py, line "])],
        )

    def test_numpy_without_frames_of_its_own(self) -> None:
        check_run(
            "import numpy as np\nnp.zeros(2) @ np.zeros(3)", [error("ValueError", line=2, never=["… "])]
        )


def test_frames_over_several_cells() -> None:
    runner = Runner()
    runner.run("def half(x):\n    return 1 / x", cell="functions")
    run = runner.run("y = 1\nhalf(0)", cell="use")
    error(
        "ZeroDivisionError",
        cell="functions",
        line=2,
        says=['Cell "use", line 2', 'Cell "functions", line 2, in half'],
    )(run.only, run.result)
    assert [place.cell for place in run.result.locations] == ["use", "functions"]


def test_a_function_of_an_older_version_shows_its_own_text_and_marks_nothing_there() -> None:
    runner = Runner()
    runner.run("def f():\n    old_text", cell="functions")
    runner.run("keep = f", cell="keep")
    runner.run("# longer now\n\ndef f():\n    new_text", cell="functions")
    run = runner.run("keep()", cell="use")
    error(
        "NameError",
        cell="use",
        line=1,
        lines=[1],
        says=['Cell "functions" (an earlier version), line 2, in f\n    old_text'],
    )(run.only, run.result)


def test_two_sessions_do_not_mix_up_their_texts() -> None:
    one, other = Runner(), Runner()
    one.run("def f():\n    first_text")
    other.run("def f():\n    second_text")
    error("NameError", says=["    first_text"])((run := one.run("f()", cell="use")).only, run.result)


def test_exceptions_that_nobody_can_catch_are_told() -> None:
    check_run(
        "class A:\n    def __del__(self):\n        1/0\nA();\nprint('on')",
        [stderr("A.__del__", "line 3, in A.__del__", "ZeroDivisionError"), stdout("on\n")],
    )
