"""Tasks and callbacks that cells have left behind: they go on only in their own session's turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Owner = TypeVar("Owner")
Schedule = Callable[..., asyncio.Handle]


class LeftBehind(Generic[Owner]):
    """Stands before an event loop's callbacks, each of which belongs to the owner of the context it runs in.

    A clock that one session has left ticking, say, must not print into the cell that another one runs, nor
    use up its random numbers.
    """

    def __init__(self, find_owner: Callable[[Context], Owner | None], admit: Callable[[Owner], bool]) -> None:
        """`admit` gives the owner the interpreter, or False if that can't be now."""
        self._find_owner = find_owner
        self._admit = admit
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: list[_Callback[Owner]] = []
        self._forgotten: WeakSet[Owner] = WeakSet()
        self._dropped: list[_Callback[Owner]] = []

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Stand before this loop's callbacks from now on."""
        if self._loop is loop:
            return
        self._loop = loop
        # On the one loop itself: whoever schedules anything, asyncio's own tasks included, comes by here.
        for name, position in (("call_soon", 0), ("call_later", 1), ("call_at", 1)):
            setattr(loop, name, self._stand_before(getattr(loop, name), position))

    def go_on(self) -> None:
        """Try again with all that had to wait."""
        waiting, self._waiting = self._waiting, []
        for callback in waiting:
            if self._loop is not None:
                callback.schedule_again(self._loop)

    def forget(self, owner: Owner) -> None:
        """Nothing of this owner's goes on any more."""
        self._forgotten.add(owner)

    def run(self, callback: _Callback[Owner]) -> None:
        """It is time for the callback."""
        if callback.owner in self._forgotten:
            # Kept: asyncio reports tasks that are thrown away on standard error, by now somebody else's.
            self._dropped.append(callback)
        elif self._admit(callback.owner):
            callback.function(*callback.arguments)
        else:
            self._waiting.append(callback)

    def _stand_before(self, schedule: Schedule, position: int) -> Schedule:
        def schedule_in_turn(*arguments: Any, context: Context | None = None) -> asyncio.Handle:
            context = copy_context() if context is None else context
            owner = self._find_owner(context)
            function = arguments[position]
            # Some loops make one of these methods call another.
            if owner is None or isinstance(function, _Callback):
                return schedule(*arguments, context=context)
            callback = _Callback(self, owner, context, function, arguments[position + 1 :])
            callback.handle = schedule(*arguments[:position], callback, context=context)
            return callback.handle

        return schedule_in_turn


class _Callback(Generic[Owner]):
    def __init__(
        self,
        gate: LeftBehind[Owner],
        owner: Owner,
        context: Context,
        function: Callable[..., object],
        arguments: tuple[Any, ...],
    ) -> None:
        self.owner = owner
        self.function = function
        self.arguments = arguments
        self.handle: asyncio.Handle | None = None
        self._gate = gate
        self._context = context

    def __call__(self) -> None:
        self._gate.run(self)

    def __repr__(self) -> str:
        # As asyncio names it when it has failed.
        return str(getattr(self.function, "__qualname__", self.function))

    def schedule_again(self, loop: asyncio.AbstractEventLoop) -> None:
        """The loop has called, but in vain; unless it was called off since, it shall call again."""
        if self.handle is not None and not self.handle.cancelled():
            self.handle = loop.call_soon(self, context=self._context)
