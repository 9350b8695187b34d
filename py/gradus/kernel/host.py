"""What a session asks of the program it runs in: to wait, and to have a question answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """What `input()` asks. A secret answer, such as a password, is not to be seen."""

    prompt: str
    secret: bool = False


class Host:
    """A program without anybody to ask, such as a test or a build."""

    def __init__(self) -> None:
        self._sleep = time.sleep
        self._run = asyncio.run

    @property
    def must_replay(self) -> bool:
        """Whether `ask` can't wait, so that a cell that asks has to be run again, with its answer."""
        return False

    def sleep(self, seconds: float) -> None:
        """Wait. Raises KeyboardInterrupt if the reader stops the cell meanwhile."""
        self._sleep(seconds)

    def ask(self, question: Question) -> str:
        """The reader's answer, without its newline.

        Raises EOFError when there is no more input, KeyboardInterrupt when the reader stops the cell.
        """
        raise EOFError("there is nobody to answer")

    async def ask_before_replay(self, question: Question) -> str:
        """Like `ask`, for a cell that has been broken off: when it runs again, its outputs replace these."""
        return self.ask(question)

    def comment(self, error: BaseException) -> None:
        """Add to an error that ends a cell what the reader should know about this place."""

    def end(self) -> None:
        """A cell's program has come to its end; what it did is still to be described."""

    def run_coroutine(self, coroutine: Coroutine[Any, Any, Any], **settings: Any) -> Any:
        """Stands in for `asyncio.run`."""
        return self._run(coroutine, **settings)
