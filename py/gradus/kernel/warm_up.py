"""Makes a Python warm before a reader comes, and each reader's own when they do."""

from __future__ import annotations

import gc
import importlib
import io
import json
import linecache
import logging
import random
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from gradus.kernel.names import History
from gradus.kernel.session import Session

FIGURES = Path(__file__).with_name("warm_figures.py")
"""Cells that draw what most figures consist of."""


def warm_up(modules: Iterable[str]) -> None:
    """Import modules and, where matplotlib is among them, draw a figure, in a session that is thrown away.

    What explains and completes is imported too, so that nobody waits for it at a first error. Afterwards
    the interpreter is as if it had only imported. Raises ImportError for an unknown module.
    """
    names = [*modules, *_list_late_parts()]
    session = Session(lambda output: None)
    with session.active():
        for name in names:
            importlib.import_module(name)
    del session
    number = 0
    while draw_unseen(number):
        number += 1
    gc.collect()
    gc.collect()
    getattr(sys, "_clear_internal_caches", lambda: None)()


def draw_unseen(number: int) -> bool:
    """Draw one of the figures that warm up, without a trace in any session; False after the last one.

    Nothing is drawn where nobody has imported pyplot: that would take much longer than the drawing.
    """
    if "matplotlib.pyplot" not in sys.modules:
        return False
    parts = FIGURES.read_text("utf-8").split("\n# %%\n")[1:]
    sources = [(part, ratio) for ratio in (1.0, 2.0) for part in parts]
    source, pixel_ratio = sources[number]
    try:
        _finish(Session(lambda output: None).run(source, "warm", pixel_ratio))
    finally:
        _forget_cells()
    return number + 1 < len(sources)


def empty_buffers() -> list[int]:
    """Let open files write what they hold back, and forget what they have read ahead.

    Gives where these objects lie in memory; they go on where they were, with empty buffers.
    """
    files = [each for each in gc.get_objects() if type(each) in (io.BufferedReader, io.BufferedWriter)]
    emptied = []
    for file in files:
        if file.closed:
            continue
        if type(file) is io.BufferedWriter:
            file.flush()
        elif file.seekable():
            position = file.tell()
            # Only a place outside the buffer makes a reader give it up.
            file.seek(0, io.SEEK_END)
            file.seek(position)
        elif sys.__stdin__ is None or file is not sys.__stdin__.buffer:
            # What has come from elsewhere can't be read again; of standard input nothing has been read.
            continue
        emptied.append(id(file))
    return emptied


def plan_ahead(request: str) -> None:
    """Analyse a page's cells, so that a plan that a session is asked for comes sooner; see `Wire.plan`."""
    History().plan(**json.loads(request))


def freshen(environment: Iterable[str] = ()) -> None:
    """Give a Python that was recorded its own randomness, clock and environment (`NAME=value` each).

    What can't be given is the secret that hashes of strings begin with: it is the recording's.
    """
    import os

    for entry in environment:
        name, _, value = entry.partition("=")
        os.environ[name] = value
    random.seed()
    if mersenne := sys.modules.get("numpy.random"):
        mersenne.seed()
    _reset("uuid", _node=None, _last_timestamp=None, _last_timestamp_v7=None, _last_counter_v7=0)
    _reset("tempfile", _name_sequence=None)
    if logging_started := getattr(logging, "_startTime", None):
        own = time.time_ns() if isinstance(logging_started, int) else time.time()
        logging._startTime = own  # type: ignore[attr-defined]


def _list_late_parts() -> list[str]:
    """Those modules of the kernel that are otherwise imported when they are first needed."""
    packages = ("gradus.kernel.explain", "gradus.kernel.complete")
    folders = [(package, FIGURES.parent / package.rpartition(".")[2]) for package in packages]
    found = [f"{package}.{path.stem}" for package, folder in folders for path in sorted(folder.glob("*.py"))]
    return [*(name for name in found if not name.endswith("__init__")), "gradus.kernel.questions"]


def _forget_cells() -> None:
    for file_name in [name for name in linecache.cache if name.startswith("<cell warm")]:
        del linecache.cache[file_name]


def _reset(module: str, **values: object) -> None:
    loaded: Any = sys.modules.get(module)
    for name, value in values.items():
        if hasattr(loaded, name):
            setattr(loaded, name, value)


def _finish(running: Any) -> None:
    """Drive a coroutine that never really waits to its end."""
    with suppress(StopIteration):
        running.send(None)
        raise RuntimeError("the warm-up may not wait for anything")
