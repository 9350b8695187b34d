"""Passes outputs on in the order they were made; text that comes fast is held a moment and sent together."""

from __future__ import annotations

import time
from collections.abc import Callable

from gradus.kernel.outputs import Emit, Output, StreamName, make_stream

INTERVAL = 0.02
"""Seconds per message that text may cause on average: a flood of prints doesn't become one of messages."""
BURST = 20
"""How many lines may go out at once: those before a long computation appear before it begins."""


class Outbox:
    """Where everything a cell puts out goes through.

    A line goes out at once if there was a pause or only a short burst before it, and so does a piece of a
    line after a pause. What is held goes out with the next text that may, with the next output of another
    kind, or at `flush()`: nothing here waits for a timer, because Python in the browser has none while a cell
    computes. Only while `may_hold` is set is anything held: whoever sets it sees to the flush.
    """

    may_hold = False

    def __init__(self, emit: Emit, clock: Callable[[], float] = time.monotonic) -> None:
        self._emit = emit
        self._clock = clock
        self._held: list[tuple[StreamName, list[str]]] = []
        self._allowance = float(BURST)
        self._checked = clock()
        self._sent = float("-inf")

    def write(self, name: StreamName, text: str) -> None:
        """Add text to a stream."""
        if not text:
            return
        if self._held and self._held[-1][0] == name:
            self._held[-1][1].append(text)
        else:
            self._held.append((name, [text]))
        if not self.may_hold or self._is_due(text):
            self._sent = self._checked
            self.flush()

    def put(self, output: Output) -> None:
        """Pass on an output that isn't text, after the text written before it."""
        self.flush()
        self._emit(output)

    def flush(self) -> None:
        """Pass on the text that is held."""
        held, self._held = self._held, []
        for name, parts in held:
            self._emit(make_stream(name, "".join(parts)))

    def _is_due(self, text: str) -> bool:
        now = self._clock()
        self._allowance = min(BURST, self._allowance + (now - self._checked) / INTERVAL)
        self._checked = now
        if self._held == [(self._held[0][0], ["\n"])]:
            # Alone, the end of a line changes nothing that can be seen.
            return False
        if self._allowance < 1 or (not text.endswith("\n") and now - self._sent < INTERVAL):
            return False
        self._allowance -= 1
        return True
