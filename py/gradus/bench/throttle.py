"""A slow network, as arithmetic: when the bytes that a server has to send have gone through."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Network:
    """A connection's speed. None means: as fast as the machine is. `latency` is a round trip in seconds."""

    name: str
    megabits: float | None
    latency: float


NETWORKS = {
    "localhost": Network("localhost", None, 0.0),
    "50": Network("50 Mbit/s, 30 ms", 50, 0.03),
    "10": Network("10 Mbit/s, 60 ms", 10, 0.06),
}


class Link:
    """A line that all connections share. Safe to use from several threads."""

    def __init__(self, network: Network, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds_per_byte = 0.0 if network.megabits is None else 8 / (network.megabits * 1e6)
        self._clock = clock
        self._free = float("-inf")
        self._lock = threading.Lock()

    def reserve(self, size: int) -> float:
        """Send `size` bytes after all that was reserved before; the seconds until they have arrived.

        Time in which nothing was sent isn't made up for: a line that was idle is no faster afterwards.
        """
        with self._lock:
            now = self._clock()
            self._free = max(self._free, now) + size * self._seconds_per_byte
            return self._free - now
