"""A session's host where it runs in a page: waits and questions go to the page, by the best way there is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from gradus.kernel.host import Host, Question
from gradus.kernel.interrupts import Interrupts
from gradus.kernel.refusals import add_note


class PageLink(Protocol):
    """What the worker lends us. Waits end with `"done"` or `"stopped"`, answers are JSON:
    `{"end": "text", "text": …}`, `{"end": "input"}` or `{"end": "stopped"}`."""

    def can_wait(self) -> bool:
        """Whether `wait` works at this moment (JSPI: WebAssembly that can be suspended)."""

    def wait(self, awaitable: Awaitable[Any]) -> Any:
        """Suspend Python until the awaitable is done, and give its result."""

    def ask(self, question: str) -> Awaitable[str]:
        """Ask the reader. The question is JSON: `{"prompt", "secret"}`."""

    def sleep(self, seconds: float) -> Awaitable[str]:
        """Let time pass."""

    shares_memory: bool
    """Whether the next two work: the worker stands still meanwhile, and the page writes into its memory."""

    def ask_now(self, question: str) -> str:
        """Like `ask`, with the answer returned."""

    def sleep_now(self, seconds: float) -> str:
        """Like `sleep`, with the end returned."""

    def begin_again(self) -> None:
        """The running cell's outputs come once more from the first."""

    def end(self) -> None:
        """The reader's program has come to its end: what follows until its result is the kernel's doing."""


class PageHost(Host):
    """Waits by suspending Python, or by standing still over shared memory, or else asks for a replay."""

    def __init__(self, page: PageLink, interrupts: Interrupts) -> None:
        super().__init__()
        self._page = page
        self._interrupts = interrupts

    @property
    def must_replay(self) -> bool:
        """Whether there is no way to wait within a running cell."""
        return not (self._page.shares_memory or self._page.can_wait())

    def sleep(self, seconds: float) -> None:
        """Wait; tasks of the reader's stand still if possible, as they do everywhere in Python."""
        if not isinstance(seconds, int | float) or not 0 < seconds < float("inf"):
            # Python itself says best what is wrong with that.
            self._sleep(seconds)
        elif self._page.shares_memory:
            _check(self._page.sleep_now(seconds))
        elif self._page.can_wait():
            _check(self._page.wait(self._page.sleep(seconds)))
        else:
            self._sleep(seconds)

    def ask(self, question: Question) -> str:
        """Ask the page's reader."""
        text = _encode(question)
        if self._page.can_wait():
            return _decode(self._page.wait(self._page.ask(text)))
        return _decode(self._page.ask_now(text))

    async def ask_before_replay(self, question: Question) -> str:
        """Ask the page's reader, with time for everything else meanwhile."""
        answer = await self._page.ask(_encode(question))
        if json.loads(answer)["end"] != "stopped":
            self._page.begin_again()
        return _decode(answer)

    def comment(self, error: BaseException) -> None:
        """Say why files are missing."""
        add_note(error)

    def end(self) -> None:
        """Tell the page, which gives the kernel more time to end a run than it gives a program."""
        self._page.end()

    def run_coroutine(self, coroutine: Coroutine[Any, Any, Any], **settings: Any) -> Any:
        """`asyncio.run` in a page, whose event loop always runs already. RuntimeError if it can't wait."""
        if not asyncio.iscoroutine(coroutine):
            raise TypeError("an awaitable is required" if coroutine is None else "a coroutine was expected")
        if not self._page.can_wait():
            coroutine.close()
            raise RuntimeError(
                "asyncio.run() can't wait here, because the page's event loop runs already: "
                "write `await main()` at the top level of the cell instead of `asyncio.run(main())`"
            )
        task = asyncio.get_running_loop().create_task(_catch(coroutine))
        with self._interrupts.stopping(task):
            value, error = self._page.wait(task)
        if error is not None:
            raise self._interrupts.translate(error)
        return value


async def _catch(coroutine: Coroutine[Any, Any, Any]) -> tuple[Any, BaseException | None]:
    """The value or the exception: the event loop would report a task that fails, besides the cell itself."""
    try:
        return await coroutine, None
    except BaseException as error:
        return None, error


def make_page_host(page: PageLink) -> Callable[[Interrupts], Host]:
    """For a session, which brings its own interrupts."""
    return lambda interrupts: PageHost(page, interrupts)


def _encode(question: Question) -> str:
    return json.dumps({"prompt": question.prompt, "secret": question.secret})


def _decode(answer: str) -> str:
    content = json.loads(answer)
    _check(content["end"])
    if content["end"] == "input":
        raise EOFError("the reader ended the input")
    text: str = content["text"]
    return text


def _check(end: str) -> None:
    if end == "stopped":
        raise KeyboardInterrupt
