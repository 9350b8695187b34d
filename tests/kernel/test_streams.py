"""Text as it is written: at once, in order, held only for moments, whatever characters it has."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradus.kernel.outbox import BURST
from gradus.kernel.outputs import make_stream
from kernel.checks import Runner, check_run, error, shown, stderr, stdout, value

CASES = {
    "print": ("print(1, 'a')\nprint()\nprint('b', end='')", [stdout("1 a\n\nb")]),
    "the two streams in order": (
        "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')",
        [stdout("a\n"), stderr("b\n"), stdout("c\n")],
    ),
    "before and after what is shown": (
        "print('a')\ndisplay(1)\nprint('b')\n2",
        [stdout("a\n"), shown("1"), stdout("b\n"), value("2")],
    ),
    "before an error": ("print('a', end='')\n1/0", [stdout("a"), error("ZeroDivisionError")]),
    "written piece by piece": (
        "import sys\nsys.stdout.writelines(['a', 'b'])\nsys.stdout.write('é') ",
        [stdout("abé"), value("1")],
    ),
    "bytes": ("import sys\nsys.stdout.buffer.write('é€'.encode());", [stdout("é€")]),
    "bytes in halves": (
        "import sys\nb = '€'.encode()\nsys.stdout.buffer.write(b[:1])\nsys.stdout.buffer.write(b[1:]);",
        [stdout("€")],
    ),
    "bytes that are no text": ("import sys\nsys.stdout.buffer.write(b'a\\xffb');", [stdout("a\ufffdb")]),
    "half a character": ("print('a\\ud800b')", [stdout("a\\ud800b\n")]),
    "two halves of a character": ("print('\\ud83d\\ude00')", [stdout("\\ud83d\\ude00\n")]),
    "control characters": ("print('a\\0\\x1b[31m\\rb')", [stdout("a\0\x1b[31m\rb\n")]),
    "what isn't text": ("import sys\nsys.stdout.write(b'a')", [error("TypeError", line=2)]),
    "a subclass of str": ("class S(str): pass\nprint(S('a'))", [stdout("a\n")]),
    "closed streams go on": ("import sys\nsys.stdout.close()\nprint('a')", [stdout("a\n")]),
    "with stdout": ("import sys\nwith sys.stdout: print('a')\nprint('b')", [stdout("a\nb\n")]),
    "reconfigured": (
        "import sys\nsys.stdout.reconfigure(encoding='latin-1', line_buffering=True)\nprint('€')",
        [stdout("€\n")],
    ),
    "no terminal": (
        "from sys import stderr as e\n"
        "e.isatty(), e.writable(), e.readable(), e.encoding, e.errors, e.mode, e.name",
        [value("(False, True, False, 'utf-8', 'backslashreplace', 'w', '<stderr>')")],
    ),
    "no file number": ("import sys\nsys.stdout.fileno()", [error("UnsupportedOperation", line=2)]),
    "no reading": ("import sys\nsys.stdout.read()", [error("UnsupportedOperation", line=2)]),
    "redirected": (
        "import contextlib, io\n"
        "with contextlib.redirect_stdout(io.StringIO()) as t: print('a')\nt.getvalue()",
        [value("'a\\n'")],
    ),
    "logging": ("import logging\nlogging.getLogger('reader').warning('careful')", [stderr("careful\n")]),
    "a thread": (
        "import threading\nt = threading.Thread(target=print, args=('a',))\nt.start(); t.join()",
        [stdout("a\n")],
    ),
}


@pytest.mark.parametrize("source, expected", CASES.values(), ids=CASES)
def test_text(source: str, expected: list) -> None:
    # The handler of last resort, as in a fresh interpreter: pytest has put its own in.
    root, handlers = logging.getLogger(), logging.getLogger().handlers
    root.handlers = []
    try:
        check_run(source, expected)
    finally:
        root.handlers = handlers


@given(st.text(st.characters()))
def test_any_text_arrives_as_valid_unicode(text: str) -> None:
    run = Runner().run(f"print({text!a}, end='')")
    arrived = "".join(output["text"] for output in run.outputs)
    assert arrived.encode() == text.encode("utf-8", "backslashreplace")
    assert json.loads(json.dumps(run.outputs)) == run.outputs


FLOOD = f"for _ in range({BURST * 5}): print('x', end='')\n"


@pytest.mark.parametrize(
    "pause",
    [
        "import time\ntime.sleep(0)",
        "from time import sleep\nsleep(0)",
        "import asyncio\nawait asyncio.sleep(0)",
        "import sys\nsys.stdout.flush()",
        "print(flush=True, end='')",
        "display(1)",
    ],
)
def test_what_is_held_goes_out_before_a_cell_pauses(pause: str) -> None:
    runner = Runner()
    seen: list[str] = []
    runner.session.namespace["look"] = lambda: seen.append(
        "".join(o["text"] for o in runner.emitted if "text" in o)
    )
    runner.run(f"{FLOOD}{pause}\nlook()")
    assert seen == ["x" * BURST * 5]


def test_nothing_is_held_once_the_cell_is_over() -> None:
    run = Runner().run(FLOOD)
    assert run.outputs == [make_stream("stdout", "x" * BURST * 5)]
    assert len(run.messages) < BURST * 5
