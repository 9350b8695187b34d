"""Warming up leaves nothing that a reader could find, and each reader gets their own randomness."""

from __future__ import annotations

import linecache
import os
import random
import sys
import uuid
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from gradus.kernel.warm_up import empty_buffers, freshen, warm_up
from kernel.checks import Runner

MODULES = ("matplotlib", "matplotlib.pyplot", "numpy", "json")


def test_a_session_afterwards_is_like_any_other() -> None:
    looks = (
        "import sys, matplotlib.pyplot as plt\n"
        "print(plt.get_fignums(), sorted(globals()), '_' in globals(), sorted(plt.rcParams.items()))\n"
        "plt.figure().number"
    )
    before = Runner().run(looks, "look")
    warm_up(MODULES)
    after = Runner().run(looks, "look")
    assert after.result == before.result
    assert after.messages == before.messages


def test_nothing_is_left_behind() -> None:
    random.seed(1)
    np.random.seed(1)
    state = random.getstate(), np.random.get_state()[1].tolist()
    streams = sys.stdout, sys.stderr, sys.displayhook
    main = sys.modules["__main__"]
    warm_up(MODULES)
    assert (random.getstate(), np.random.get_state()[1].tolist()) == state
    assert (sys.stdout, sys.stderr, sys.displayhook) == streams
    assert sys.modules["__main__"] is main
    assert plt.get_fignums() == []
    assert not [name for name in linecache.cache if name.startswith("<cell warm")]


def test_an_unknown_module_is_an_error() -> None:
    with pytest.raises(ImportError):
        warm_up(["no_such_module"])


def test_freshening_gives_each_their_own_randomness(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = set()
    for _ in range(2):
        random.seed(1)
        np.random.seed(1)
        uuid._node = 1
        freshen()
        drawn.add((random.random(), float(np.random.random())))
        assert uuid._node is None
    assert len(drawn) == 2


def test_freshening_gives_the_readers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")
    freshen(["LANG=sv_SE.UTF-8"])
    import os

    assert os.environ["LANG"] == "sv_SE.UTF-8"


def test_open_files_forget_what_they_have_read_ahead_and_go_on_where_they_were(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"first " * 1000)
    closed = target.open("wb")
    closed.close()
    with source.open("rb") as reader, target.open("wb") as writer:
        assert reader.read(6) == b"first "
        writer.write(b"written")
        addresses = empty_buffers()
        assert {id(reader), id(writer)} <= set(addresses) and id(closed) not in addresses
        assert target.read_bytes() == b"written"
        source.write_bytes(b"other " * 1000)
        assert reader.read(6) == b"other "
        assert reader.tell() == 12


def test_what_has_come_through_a_pipe_is_kept() -> None:
    into, out = os.pipe()
    os.write(out, b"one two")
    os.close(out)
    with os.fdopen(into, "rb") as reader:
        assert reader.read(4) == b"one "
        assert id(reader) not in empty_buffers()
        assert reader.read() == b"two"
