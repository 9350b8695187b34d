"""Ends a cell when the reader asks for it, whether Python is at work or awaits something."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Interrupts:
    """Who wants a cell to stop, and whether one may be stopped now.

    A signal (SIGINT) reaches Python at work: it raises KeyboardInterrupt in the cell. `stop()` is for a cell
    that awaits. Both do nothing while the session is busy with itself: its answer would be lost.
    """

    def __init__(self) -> None:
        self._accepting = False
        self._asked = False
        self._tasks: list[asyncio.Task[Any]] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take care of the signal meanwhile."""
        if threading.current_thread() is not threading.main_thread():
            # Elsewhere Python delivers no signals.
            yield
            return
        before = signal.getsignal(signal.SIGINT)

        def receive(number: int, frame: Any) -> None:
            if self._accepting:
                raise KeyboardInterrupt
            if callable(before) and not self._tasks:
                before(number, frame)

        signal.signal(signal.SIGINT, receive)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    @contextmanager
    def stopping(self, task: asyncio.Task[Any] | None) -> Iterator[None]:
        """`stop()` is meant for this task now, in which a cell runs or which it waits for."""
        if task is None:
            yield
            return
        self._tasks.append(task)
        try:
            yield
        finally:
            self._tasks.remove(task)

    def accept(self) -> None:
        """The reader's code is at work from now on."""
        self._accepting = True

    def refuse(self) -> None:
        """It has come to its end."""
        self._accepting = self._asked = False

    def stop(self) -> bool:
        """Make the cell's present `await` raise KeyboardInterrupt; False when none runs."""
        if not self._accepting or not self._tasks:
            return False
        self._asked = True
        self._tasks[-1].cancel()
        return True

    def translate(self, error: BaseException) -> BaseException:
        """What to raise at the cell's `await` for what came instead of an answer."""
        if not self._asked or not isinstance(error, asyncio.CancelledError):
            return error
        self._asked = False
        task = asyncio.current_task()
        if task is not None:
            task.uncancel()
        return KeyboardInterrupt()


def is_being_cancelled(error: BaseException) -> bool:
    """Whether the task that runs the cell is itself told to end, and not just something the cell awaited."""
    if not isinstance(error, asyncio.CancelledError):
        return False
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
