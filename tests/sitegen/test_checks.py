"""All checks run, whatever the first ones find; and pins are written for what is installed."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from gradus.sitegen import checks
from gradus.sitegen.checks import run_checks
from gradus.sitegen.pins import write_pins
from gradus.sitegen.project import Project


def _check(title: str, code: str) -> tuple[str, Path, list[str]]:
    return title, Path(), [sys.executable, "-c", code]


def test_every_check_runs_and_one_is_enough_to_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [_check("first", "pass"), _check("second", "print('line 3'); exit(1)"), _check("third", "pass")]
    monkeypatch.setattr(checks, "_checks", lambda project: found)
    assert run_checks(Project()) == 1
    assert capsys.readouterr().err.splitlines() == [
        "first: all right",
        "second: found something",
        "line 3",
        "",
        "third: all right",
        "check: second",
    ]


def test_nothing_found_is_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_checks", lambda project: [_check("only", "pass")])
    assert run_checks(Project()) == 0


def test_the_programs_that_check_are_there() -> None:
    project = Project()
    listed = checks._checks(project)
    assert [title for title, *_ in listed] == [
        *("ruff check", "ruff format", "mypy gradus", "mypy build.py", "tsc", "prettier")
    ]
    for _, folder, command in listed:
        assert folder.is_dir()
        assert Path(command[0]).exists()
    assert "web/src/protocol.ts" in listed[-1][2]


def test_pins_name_everything_but_ourselves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "constraints.txt"
    write_pins(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert f"pytest=={version('pytest')}" in lines
    assert f"markdown-it-py=={version('markdown-it-py')}" in lines
    names = [line.partition("==")[0] for line in lines[1:]]
    assert names == sorted(names)
    assert not [line for line in lines if line.startswith(("gradus", "pip==", "setuptools", "file:", "-e"))]
    assert str(path) in capsys.readouterr().err
