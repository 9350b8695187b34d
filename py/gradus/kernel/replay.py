"""Runs a cell once more when it asked something and nobody could wait for the answer."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from gradus.kernel.asking import Asking
from gradus.kernel.host import Host, Question

MAX_OBJECTS = 100_000
"""Objects that are looked at. What lies beyond stays as the cell leaves it."""
MAX_BYTES = 100_000_000
"""Bytes of arrays that are copied."""
PLAIN = (str, bytes, int, float, complex, bool, type(None))


class Replay:
    """One cell's answers so far, and what it may have changed as that was before."""

    def __init__(self, host: Host, asking: Asking, namespace: dict[str, Any]) -> None:
        self._host = host
        self._asking = asking
        self._snapshot = Snapshot(namespace)

    async def prepare(self, question: Question) -> BaseException | None:
        """Ask, and bring everything to where the cell can begin again; gives what prevents that."""
        try:
            answer: str | None = await self._host.ask_before_replay(question)
        except EOFError:
            answer = None
        except BaseException as error:
            return error
        self._asking.begin_again(answer)
        self._snapshot.restore()
        return None


class Snapshot:
    """A namespace, and the contents of the containers, objects and arrays that its names lead to."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._names = dict(namespace)
        self._undo: list[Callable[[], object]] = [*_keep_randomness()]
        self._seen: dict[int, object] = {}
        self._bytes = 0
        self._walk([value for name, value in namespace.items() if not name.startswith("__")])

    def restore(self) -> None:
        """Make everything what it was."""
        self._namespace.clear()
        self._namespace.update(self._names)
        for undo in self._undo:
            undo()

    def _walk(self, waiting: list[Any]) -> None:
        while waiting and len(self._seen) < MAX_OBJECTS:
            value = waiting.pop()
            if type(value) in PLAIN or id(value) in self._seen:
                continue
            # Held, so that no other object can get its id.
            self._seen[id(value)] = value
            waiting += self._keep(value)

    def _keep(self, value: Any) -> list[Any]:
        """Remember a value's contents, and give them."""
        if type(value) is list or type(value) is deque:
            contents = list(value)
            self._undo.append(lambda: (value.clear(), value.extend(contents)))
            return contents
        if type(value) is dict or type(value) is set:
            copied = value.copy()
            self._undo.append(lambda: (value.clear(), value.update(copied)))
            return list(copied.values()) if isinstance(copied, dict) else []
        if type(value) is tuple:
            return list(value)
        if type(value) is bytearray:
            data = bytes(value)
            self._undo.append(lambda: value.__setitem__(slice(None), data))
            return []
        if type(value).__module__ == "__main__" and isinstance(getattr(value, "__dict__", None), dict):
            return self._keep(value.__dict__)
        self._keep_array(value)
        return []

    def _keep_array(self, value: Any) -> None:
        numpy = sys.modules.get("numpy")
        if numpy is None or not isinstance(value, numpy.ndarray):
            return
        self._bytes += value.nbytes
        if self._bytes <= MAX_BYTES and value.flags.writeable:
            copied = value.copy()
            self._undo.append(lambda: numpy.copyto(value, copied))


def _keep_randomness() -> Iterator[Callable[[], object]]:
    random = sys.modules.get("random")
    if random is not None:
        state = random.getstate()
        yield lambda: random.setstate(state)
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random is not None:
        legacy = numpy_random.get_state()
        yield lambda: numpy_random.set_state(legacy)
