"""The pace of outputs: text goes out at once or in few messages, always whole and in order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradus.kernel.outbox import BURST, INTERVAL, Outbox
from gradus.kernel.outputs import Output, make_stream
from gradus.kernel.streams import OutputStream
from kernel.checks import join_streams


class Clock:
    """A clock that stands still until told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Recorder:
    """An outbox with what came out of it, and its clock."""

    def __init__(self) -> None:
        self.sent: list[Output] = []
        self.clock = Clock()
        self.outbox = Outbox(self.sent.append, self.clock)
        self.outbox.may_hold = True

    def texts(self) -> list[str]:
        return [output["text"] for output in self.sent if output["output_type"] == "stream"]


def test_a_write_after_a_pause_goes_out_at_once() -> None:
    recorder = Recorder()
    for number in range(100):
        recorder.outbox.write("stdout", f"{number} ")
        recorder.clock.now += 1.5 * INTERVAL
    assert recorder.texts() == [f"{number} " for number in range(100)]


def test_a_flood_on_both_streams_keeps_its_order_and_loses_nothing() -> None:
    recorder = Recorder()
    for number in range(1000):
        recorder.outbox.write("stdout" if number % 2 else "stderr", f"{number} ")
        recorder.clock.now += INTERVAL / 100
    recorder.outbox.flush()
    assert "".join(recorder.texts()) == "".join(f"{number} " for number in range(1000))


def test_a_flood_on_one_stream_is_one_message_per_interval() -> None:
    recorder = Recorder()
    for _ in range(10_000):
        recorder.outbox.write("stdout", "x\n")
        recorder.clock.now += INTERVAL / 1000
    assert BURST < len(recorder.texts()) <= BURST + 10 + 1


def test_the_burst_comes_back_after_a_pause() -> None:
    recorder = Recorder()
    for _ in range(BURST + 3):
        recorder.outbox.write("stdout", "x\n")
    assert len(recorder.texts()) == BURST
    recorder.clock.now += BURST * INTERVAL
    recorder.outbox.write("stdout", "y")
    assert recorder.texts()[-1] == "x\nx\nx\ny"


def test_a_line_printed_in_pieces_is_one_message() -> None:
    recorder = Recorder()
    recorder.outbox.write("stdout", "first\n")
    for piece in ("a", " ", "b", "\n", "c", " ", "d", "\n"):
        recorder.outbox.write("stdout", piece)
    assert recorder.texts() == ["first\n", "a b\n", "c d\n"]


def test_a_piece_of_a_line_goes_out_after_a_pause() -> None:
    recorder = Recorder()
    for _ in range(3):
        recorder.outbox.write("stdout", ".")
        recorder.clock.now += 1.5 * INTERVAL
    recorder.outbox.write("stdout", "\n")
    assert recorder.texts() == [".", ".", "."]
    recorder.outbox.flush()
    assert recorder.texts() == [".", ".", ".", "\n"]


def hold_something(recorder: Recorder) -> None:
    recorder.outbox.write("stdout", "sent\n")
    recorder.outbox.write("stdout", "held")
    assert recorder.texts() == ["sent\n"]


def test_what_is_held_goes_out_before_another_output() -> None:
    recorder = Recorder()
    hold_something(recorder)
    shown: Any = {"output_type": "display_data", "data": {}, "metadata": {}}
    recorder.outbox.put(shown)
    assert recorder.sent[-2:] == [make_stream("stdout", "held"), shown]


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_what_is_held_goes_out_at_a_flush_of_either_stream(name: Any) -> None:
    recorder = Recorder()
    hold_something(recorder)
    OutputStream(name, recorder.outbox).flush()
    assert recorder.texts() == ["sent\n", "held"]


writes = st.lists(
    st.tuples(
        st.sampled_from(["stdout", "stderr", "shown", "flush"]), st.text(max_size=3), st.floats(0, 0.05)
    ),
    max_size=60,
)


@given(writes)
def test_order_and_text_are_kept_whatever_the_pace(writes: list[tuple[Any, str, float]]) -> None:
    recorder = Recorder()
    expected: list[Any] = []
    for kind, text, pause in writes:
        recorder.clock.now += pause
        if kind == "flush":
            recorder.outbox.flush()
        elif kind == "shown":
            output: Any = {"output_type": "display_data", "data": {"text/plain": text}, "metadata": {}}
            recorder.outbox.put(output)
            expected.append(output)
        else:
            recorder.outbox.write(kind, text)
            expected += [make_stream(kind, text)] if text else []
    recorder.outbox.flush()
    assert join_streams(recorder.sent) == join_streams(expected)
