"""Long steps say what they do: in place on a terminal, in few lines in a log."""

from __future__ import annotations

import sys

import pytest

from gradus.sitegen import progress
from gradus.sitegen.progress import CommandFailed, Step, megabytes, run_step


def test_a_step_ends_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with Step("Fetching") as step:
        step.update("1 of 2")
        step.update("2 files")
    assert capsys.readouterr().err == "Fetching: 2 files\n"


def test_a_step_that_fails_leaves_the_word_to_the_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt), Step("Fetching"):
        raise KeyboardInterrupt
    assert capsys.readouterr().err == ""


def test_on_a_terminal_the_line_is_taken_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_on_terminal", lambda: True)
    with Step("Fetching"):
        pass
    assert capsys.readouterr().err == "\r\x1b[KFetching: done\n"


def test_a_program_is_run_and_what_it_prints_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    code = "import sys; print('one'); print('two', file=sys.stderr)"
    output = run_step("Running", [sys.executable, "-u", "-c", code], done="all right")
    assert output == "one\ntwo\n"
    assert capsys.readouterr().err == "Running: all right\n"


def test_a_program_that_fails_is_an_exception_with_its_output(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandFailed) as failure:
        run_step("Running", [sys.executable, "-c", "print('why'); raise SystemExit(3)"])
    assert failure.value.output == "why\n"
    assert capsys.readouterr().err == ""


def test_a_program_can_not_wait_for_input() -> None:
    with pytest.raises(CommandFailed, match="failed"):
        run_step("Running", [sys.executable, "-c", "input()"])


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0.0 MB"), (13_210_624, "13.2 MB"), (106_366_595, "106.4 MB")]
)
def test_sizes_are_said_in_megabytes(count: int, said: str) -> None:
    assert megabytes(count) == said
