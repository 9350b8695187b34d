"""The arithmetic of a slow line, with a clock of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradus.bench.throttle import NETWORKS, Link, Network

EIGHT_MEGABITS = Network("test", 8, 0.0)


class Clock:
    """Stands still unless it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_bytes_take_their_time() -> None:
    link = Link(EIGHT_MEGABITS, Clock())
    assert link.reserve(1_000_000) == pytest.approx(1)


def test_what_is_sent_at_the_same_time_shares_the_line() -> None:
    link = Link(EIGHT_MEGABITS, Clock())
    assert [link.reserve(500_000) for _ in range(4)] == pytest.approx([0.5, 1, 1.5, 2])


def test_an_idle_line_saves_nothing_up() -> None:
    clock = Clock()
    link = Link(EIGHT_MEGABITS, clock)
    link.reserve(1_000_000)
    clock.now += 3600
    assert link.reserve(1_000_000) == pytest.approx(1)


def test_half_of_the_time_passed_leaves_the_other_half() -> None:
    clock = Clock()
    link = Link(EIGHT_MEGABITS, clock)
    link.reserve(1_000_000)
    clock.now += 0.5
    assert link.reserve(1_000_000) == pytest.approx(1.5)


def test_without_a_limit_nothing_waits() -> None:
    link = Link(NETWORKS["localhost"], Clock())
    assert link.reserve(10**9) == 0


@given(st.lists(st.tuples(st.integers(0, 10**7), st.floats(0, 5)), min_size=1))
def test_no_more_goes_through_than_the_line_carries(sent: list[tuple[int, float]]) -> None:
    clock = Clock()
    link = Link(EIGHT_MEGABITS, clock)
    begin, arrived, total = clock.now, 0.0, 0
    for size, pause in sent:
        clock.now += pause
        total += size
        arrived = max(arrived, clock.now + link.reserve(size))
    assert arrived - begin >= total / 1e6 - 1e-6
