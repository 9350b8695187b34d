"""Runs a coroutine as `await` does, and calls back whenever it has to wait."""

from __future__ import annotations

import types
from collections.abc import Callable, Coroutine, Generator
from functools import partial
from typing import Any


@types.coroutine
def await_with_pauses(
    coroutine: Coroutine[Any, Any, Any],
    pausing: Callable[[], None],
    translate: Callable[[BaseException], BaseException] = lambda error: error,
) -> Generator[Any, Any, Any]:
    """Await the coroutine, with its result or its exception; `pausing` is called before every wait.

    `translate` may put another exception in the place of one that a wait ends with.
    """
    go_on: Callable[[], Any] = partial(coroutine.send, None)
    while True:
        try:
            waits_for = go_on()
        except StopIteration as end:
            if end.__traceback__ is not None and end.__traceback__.tb_next is not None:
                # Raised inside: since Python 3.12, code that awaits outside any function lets it through.
                raise
            return end.value
        pausing()
        try:
            go_on = partial(coroutine.send, (yield waits_for))
        except BaseException as thrown:
            go_on = partial(coroutine.throw, translate(thrown))
