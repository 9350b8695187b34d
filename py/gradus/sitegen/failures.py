"""Turns what can go wrong on a machine into one line that says what to do, never a stack trace."""

from __future__ import annotations

import errno
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.progress import CommandFailed, say

NO_NETWORK = "no network, or no answer; connect and run the same command again"
DISK_FULL = "the disk is full; free some space and run the same command again"
# What pip, npm, apt and Playwright print, and what it means. The first match counts.
MEANINGS = (
    (r"No space left on device|ENOSPC|\[Errno 28\]", DISK_FULL),
    (
        r"EINTEGRITY|DO NOT MATCH THE HASHES",
        "a downloaded package has the wrong hash and was refused; run again",
    ),
    (
        r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|NewConnectionError|ConnectTimeout"
        r"|NameResolutionError|name resolution|ReadTimeout|ProxyError|Failed to establish"
        r"|Network is unreachable|Could not resolve|Connection (refused|reset|aborted)"
        r"|network (timeout|request to)",
        NO_NETWORK,
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|self[- ]signed certificate",
        "a server's certificate is not trusted here",
    ),
    (r"ensurepip is not available|No module named (venv|ensurepip)", "Python's venv module is missing"),
    (r"EACCES|Permission denied|EPERM", "a file may not be written; check who owns the checkout's folders"),
)


def explain(what: str, failure: CommandFailed, log: Path) -> BuildProblem:
    """The problem behind a program's failure, in one line; all that it printed is kept in `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(failure.output, encoding="utf-8")
    for pattern, meaning in MEANINGS:
        if re.search(pattern, failure.output):
            return BuildProblem(f"{what}: {meaning} (all of its output: {log})")
    lines = [line.strip() for line in failure.output.splitlines() if line.strip()]
    told = [line for line in lines if re.match(r"(npm )?error|fatal|E:", line, re.IGNORECASE)] or lines
    last = told[-1] if told else "it said nothing"
    return BuildProblem(f"{what}: {last} (all of its output: {log})")


def run_reporting(action: Callable[[], int], log: Path) -> int:
    """Run a command; show what goes wrong as one line, and give the exit status."""
    try:
        return action()
    except BuildProblem as problem:
        say(f"\n{problem}" if sys.stderr.isatty() else str(problem))
        return 1
    except KeyboardInterrupt:
        # The reader of this terminal knows why it stops.
        return 130
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            say(DISK_FULL)
        else:
            say(f"{error.filename or 'build.py'}: {error.strerror or error}")
        return 1
    except Exception as error:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(traceback.format_exc(), encoding="utf-8")
        say(f"{log}: a mistake in the build itself, {type(error).__name__}: {error}; please report it")
        return 1
