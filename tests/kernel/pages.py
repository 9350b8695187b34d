"""A page for tests of the kernel: it answers what cells ask, in the ways that browsers have."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from gradus.kernel.wire import Wire, open_wire

Way = Literal["suspended", "memory", "replay"]
run_coroutine = asyncio.run
"""Python's own: the page's takes its place while the wire is open."""

STOP = "\0stop"
"""An answer that stands for the reader's Stop; None stands for the end of input."""


class Page:
    """The other end of a wire. Python can't be suspended in CPython, so that a coroutine stands for that."""

    def __init__(self, way: Way, answers: Sequence[str | None] = ()) -> None:
        self.shares_memory = way == "memory"
        self._suspends = way == "suspended"
        self._answers = iter(answers)
        self.asked: list[dict[str, Any]] = []
        self.slept: list[float] = []
        self.outputs: list[Any] = []
        self.ended: list[int] = []
        """How many outputs there were at the end of each program."""
        self.wire: Wire = open_wire(lambda text: self.outputs.append(json.loads(text)), self)

    def run(self, source: str, cell: str = "cell") -> dict[str, Any]:
        """Run a cell; its outputs, without those that were taken back, are in `outputs`."""
        self.outputs.clear()
        request = json.dumps({"source": source, "cell": cell, "pixel_ratio": 1})
        result: dict[str, Any] = json.loads(run_coroutine(self.wire.run(request)))
        return result

    @property
    def text(self) -> str:
        """What the cell wrote."""
        return "".join(output["text"] for output in self.outputs if output["output_type"] == "stream")

    @property
    def error(self) -> Any:
        """The last output, which has to be an error."""
        assert self.outputs[-1]["output_type"] == "error", self.outputs
        return self.outputs[-1]

    def can_wait(self) -> bool:
        return self._suspends

    def wait(self, awaitable: Any) -> Any:
        # Nothing in these tests needs the event loop meanwhile.
        while True:
            try:
                awaitable.send(None)
            except StopIteration as end:
                return end.value

    async def ask(self, question: str) -> str:
        return self.ask_now(question)

    def ask_now(self, question: str) -> str:
        self.asked.append(json.loads(question))
        answer = next(self._answers)
        if answer == STOP:
            return json.dumps({"end": "stopped"})
        return json.dumps({"end": "input"} if answer is None else {"end": "text", "text": answer})

    async def sleep(self, seconds: float) -> str:
        return self.sleep_now(seconds)

    def sleep_now(self, seconds: float) -> str:
        self.slept.append(seconds)
        return "stopped" if seconds > 100 else "done"

    def begin_again(self) -> None:
        self.outputs.clear()

    def end(self) -> None:
        self.ended.append(len(self.outputs))


@contextmanager
def opened(way: Way, answers: Sequence[str | None] = ()) -> Iterator[Page]:
    """A page that gives these answers, one after the other."""
    page = Page(way, answers)
    try:
        yield page
    finally:
        page.wire.close()
