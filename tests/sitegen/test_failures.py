"""What goes wrong on a machine is said in one line that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from gradus.sitegen.failures import explain, run_reporting
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.progress import CommandFailed

PIP_OFFLINE = """\
WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError(': Failed to establish a new
connection: [Errno -3] Temporary failure in name resolution')': /simple/jinja2/
ERROR: Could not find a version that satisfies the requirement jinja2==3.1.6 (from versions: none)
ERROR: No matching distribution found for jinja2==3.1.6
"""
NPM_REFUSED = "npm error code EINTEGRITY\nnpm error sha512-AAA integrity checksum failed when using sha512\n"
NPM_UNKNOWN = "npm warn old lockfile\nnpm error code EUSAGE\nnpm error can only install with a package-lock\n"


@pytest.mark.parametrize(
    ("output", "meaning"),
    [
        (PIP_OFFLINE, "no network"),
        ("npm error code EAI_AGAIN", "no network"),
        ("npm error code ENOSPC\nnpm error syscall write", "the disk is full"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        (NPM_REFUSED, "wrong hash"),
        ("ssl.SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED", "certificate"),
        ("PermissionError: [Errno 13] Permission denied: '/usr'", "may not be written"),
        (NPM_UNKNOWN, "can only install with a package-lock"),
        ("first\nlast thing it said\n\n", "last thing it said"),
        ("", "it said nothing"),
    ],
)
def test_a_programs_failure_is_one_line(tmp_path: Path, output: str, meaning: str) -> None:
    log = tmp_path / "logs" / "program.log"
    said = str(explain("npm ci", CommandFailed(["npm"], output), log))
    assert said.startswith("npm ci: ")
    assert meaning in said
    assert "\n" not in said
    assert str(log) in said
    assert log.read_text() == output


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (BuildProblem("no such name", "lesson.py", 41), 1, "lesson.py:41: no such name\n"),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "the disk is full; free some space and run"),
        (PermissionError(errno.EACCES, "Permission denied", "/dist"), 1, "/dist: Permission denied\n"),
        (KeyboardInterrupt(), 130, ""),
        (
            ZeroDivisionError("division by zero"),
            1,
            "error.log: a mistake in the build itself, ZeroDivisionError",
        ),
    ],
)
def test_a_command_ends_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], error: BaseException, status: int, said: str
) -> None:
    def act() -> int:
        raise error

    assert run_reporting(act, tmp_path / "error.log") == status
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == (1 if said else 0)


def test_a_mistake_of_ours_keeps_its_trace(tmp_path: Path) -> None:
    def act() -> int:
        raise ZeroDivisionError

    run_reporting(act, tmp_path / "error.log")
    assert "in act" in (tmp_path / "error.log").read_text()
