"""Says what a long step is doing: one line that moves on a terminal, one line at its end in a log."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType


class Step:
    """One long step, as a context manager; `update` says what is happening now.

    On a terminal the line shows the seconds passed and is rewritten in place. Elsewhere a step that takes
    longer than a moment is announced once, so that a log shows where the time goes.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._detail = ""
        self._began = time.monotonic()
        self._stop = threading.Event()
        self._announced = False
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Step:
        self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._ticker.join()
        if _on_terminal():
            sys.stderr.write("\r\x1b[K")
        if kind is None:
            seconds = time.monotonic() - self._began
            say(f"{self._title}: {self._detail or 'done'}" + (f" ({seconds:.0f} s)" if seconds >= 1 else ""))

    def update(self, detail: str) -> None:
        """Replace what is said beside the title; what is said last stays."""
        self._detail = detail

    def _tick(self) -> None:
        while not self._stop.wait(0.25):
            seconds = time.monotonic() - self._began
            if _on_terminal():
                width = shutil.get_terminal_size().columns
                line = f"{self._title} ({seconds:.0f} s) {self._detail}"
                sys.stderr.write("\r\x1b[K" + line[: width - 1])
                sys.stderr.flush()
            elif not self._announced and seconds > 1:
                self._announced = True
                say(f"{self._title} …")


class CommandFailed(Exception):
    """A program that a step ran has ended with an error; `output` is all that it printed."""

    def __init__(self, command: Sequence[str], output: str) -> None:
        self.command = command
        self.output = output
        super().__init__(f"{command[0]} failed")


def run_step(
    title: str,
    command: Sequence[str | Path],
    *,
    done: str = "done",
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Run a program as a step that shows the last line it printed; return its output.

    Raises CommandFailed when the program ends with an error, FileNotFoundError when there is no such program.
    """
    words = [str(word) for word in command]
    lines: list[str] = []
    with (
        Step(title) as step,
        subprocess.Popen(
            words,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        assert process.stdout
        for line in process.stdout:
            lines.append(line)
            step.update(line.strip())
        if process.wait():
            raise CommandFailed(words, "".join(lines))
        step.update(done)
    return "".join(lines)


def say(message: str) -> None:
    """Print one line about the build on the error stream, apart from output that programs may read."""
    print(message, file=sys.stderr, flush=True)


def megabytes(count: int) -> str:
    """A number of bytes as people say it, e.g. `19.1 MB`."""
    return f"{count / 1e6:.1f} MB"


def _on_terminal() -> bool:
    return sys.stderr.isatty()
