"""One interpreter for several sessions, which take turns: each finds it as it left it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import Context, ContextVar
from typing import TypeVar

from gradus.kernel.interpreter_state import State, keep_state, put_state
from gradus.kernel.left_behind import LeftBehind
from gradus.kernel.session import Session

Result = TypeVar("Result")


class Turns:
    """Who has the interpreter. The session that had it last keeps it until another one needs it."""

    def __init__(self, protection: Callable[[], AbstractContextManager[None]] | None = None) -> None:
        """`protection` holds as long as any session is open."""
        self._protection = protection
        self._protected = ExitStack()
        self._open: list[Place] = []
        self._current: Place | None = None
        self._running = False
        self._first: State | None = None
        self._left_behind = LeftBehind(lambda context: context.get(_place), self.admit)

    def open(self, make_session: Callable[[], Session]) -> Place:
        """A place for a new session. RuntimeError while another one runs a cell.

        It takes what it finds for Python's own, so nobody else's may be there.
        """
        self._free()
        if not self._open and self._protection is not None:
            self._protected.enter_context(self._protection())
        place = Place(self, make_session(), None if self._first is None else {})
        self._first = self._first or keep_state()
        self._open.append(place)
        self.take(place)
        return place

    def take(self, place: Place) -> None:
        """Give a session the interpreter. RuntimeError while another one runs a cell."""
        if self._current is place:
            return
        self._free()
        place.enter(self._first or {})
        self._current = place

    def admit(self, place: Place) -> bool:
        """Let something go on that one of the session's cells has left behind; False if it has to wait."""
        if self._running and self._current is not place:
            return False
        self.take(place)
        return True

    @contextmanager
    def running(self, place: Place) -> Iterator[None]:
        """The session runs a cell, which may await; nobody else has the interpreter before its end."""
        self.take(place)
        self._left_behind.watch(asyncio.get_running_loop())
        was_running, self._running = self._running, True
        try:
            yield
        finally:
            self._running = was_running
            if not was_running:
                self._left_behind.go_on()

    def close(self, place: Place) -> None:
        """The session is over; what its cells have left behind never goes on."""
        if place not in self._open:
            return
        self._open.remove(place)
        self._left_behind.forget(place)
        if self._current is place:
            self._free()
        if not self._open:
            self._protected.close()

    def _free(self) -> None:
        if self._running:
            raise RuntimeError("another session runs a cell")
        if self._current is not None:
            self._current.leave()
            self._current = None


class Place:
    """A session among those that share the interpreter, and what it needs in order to come back."""

    def __init__(self, turns: Turns, session: Session, state: State | None) -> None:
        """`state` is None for a session that has the interpreter as it is."""
        self.session = session
        # Of its own: libraries keep settings in it, which hold from one cell to the next and for no other
        # session. Not a copy, in which what can be changed, as a decimal context can, would be everybody's.
        self.context = Context()
        self.context.run(_place.set, self)
        self._turns = turns
        self._state = state
        self._held = ExitStack()

    def running(self) -> AbstractContextManager[None]:
        """See `Turns.running`."""
        return self._turns.running(self)

    def call(self, function: Callable[[], Result]) -> Result:
        """Call a function that doesn't await where the session's cells run."""
        self._turns.take(self)
        return self.context.run(function)

    def close(self) -> None:
        """See `Turns.close`."""
        self._turns.close(self)

    def enter(self, first: State) -> None:
        """Have the interpreter, as it was left."""
        self._held.enter_context(self.session.active())
        if self._state is not None:
            put_state(self._state, first)

    def leave(self) -> None:
        """Let another session have it."""
        self._state = keep_state()
        self._held.close()


_place: ContextVar[Place | None] = ContextVar("place", default=None)
