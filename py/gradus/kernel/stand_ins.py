"""What stands in for Python's own `input`, `time.sleep` and the like while a session has the interpreter."""

from __future__ import annotations

import asyncio
import builtins
import functools
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from gradus.kernel.asking import Asking, InputStream
from gradus.kernel.host import Host, Question
from gradus.kernel.takeover import replace_attribute


def stand_ins(
    host: Host, asking: Asking, flush: Callable[[], None]
) -> Iterator[AbstractContextManager[None]]:
    """To be entered one after the other; each puts one thing in its place, and back at the end."""
    # Small, and not imported above so that importing the kernel stays cheap.
    import getpass

    @functools.wraps(builtins.input)
    def ask(prompt: object = "", /) -> str:
        return asking.ask(Question(str(prompt)))

    @functools.wraps(getpass.getpass)
    def ask_secretly(prompt: str = "Password: ", stream: object = None, **settings: object) -> str:
        return asking.ask(Question(str(prompt), secret=True))

    yield replace_attribute(builtins, "input", ask)
    yield replace_attribute(sys, "stdin", InputStream(asking))
    yield replace_attribute(getpass, "getpass", ask_secretly)
    yield replace_attribute(time, "sleep", _flush_first(time.sleep, host.sleep, flush))
    yield replace_attribute(asyncio, "run", _flush_first(asyncio.run, host.run_coroutine, flush))


def _flush_first(original: Any, replacement: Any, flush: Callable[[], None]) -> Any:
    @functools.wraps(original)
    def call(*arguments: Any, **settings: Any) -> Any:
        flush()
        return replacement(*arguments, **settings)

    return call
