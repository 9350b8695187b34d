"""A session's names: one module `__main__`, kept from cell to cell, and the interpreter given back."""

from __future__ import annotations

import builtins
import gc
import sys
import time
import warnings

import pytest

from kernel.checks import Runner, check_run, error, run_cells, stdout, value

DATACLASS = """
from dataclasses import dataclass
@dataclass(order=True)
class Point:
    x: float
    y: "float" = 0.0
"""

SEQUENCES = {
    "names stay": (["x = 41", "x + 1"], [value("42")]),
    "underscore is the last value": (["6 * 7", "_ + 1"], [value("43")]),
    "underscore passes over None and what was silenced": (["1", "None", "2;", "x = 3", "_"], [value("1")]),
    "the reader's own underscore wins": (["1", "_ = 'mine'", "2", "_"], [value("'mine'")]),
    "the underscore is no name of the module": (["1", "'_' in globals()"], [value("False")]),
    "names survive an error": (["x = 1; 1/0", "x"], [value("1")]),
    "functions see what came later": (["def f(): return later", "later = 5", "f()"], [value("5")]),
    "__main__ is the namespace": (["x = 1", "import __main__\n__main__.x"], [value("1")]),
    "from __main__": (["x = 1", "from __main__ import x as y\ny"], [value("1")]),
    "pickling a class of the reader's": (
        [DATACLASS, "import pickle\npickle.loads(pickle.dumps(Point(1, 2)))"],
        [value("Point(x=1, y=2)")],
    ),
    "type hints are found": (
        [DATACLASS, "import typing\ntyping.get_type_hints(Point)['y'] is float"],
        [value("True")],
    ),
    "future annotations": (
        ["from __future__ import annotations\ndef f(x: undefined): pass\nf.__annotations__['x']"],
        [value("'undefined'")],
    ),
    "future annotations stay, as in Jupyter": (
        ["from __future__ import annotations", "def f(x: undefined): pass", "f.__annotations__['x']"],
        [value("'undefined'")],
    ),
    "annotations are the reader's own otherwise": (
        ["def f(x: int): pass\nf.__annotations__['x'] is int"],
        [value("True")],
    ),
    "enum, namedtuple, Protocol": (
        [
            "import enum, typing, collections\n"
            "class Color(enum.Enum):\n    RED = 1\n"
            "P = collections.namedtuple('P', 'x y')\n"
            "class Sized(typing.Protocol):\n    size: int\n"
            "import copy\ncopy.deepcopy([Color.RED, P(1, 2)])"
        ],
        [value("[<Color.RED: 1>, P(x=1, y=2)]")],
    ),
    "source of a function": (
        ["def f(x):\n    return '''a\nb'''\n", "import inspect\nprint(inspect.getsource(f), end='')"],
        [stdout("def f(x):\n    return '''a\nb'''\n")],
    ),
    "source of a function that its cell has changed since": (
        ["def f(x):\n    return 1", "g = f", "import inspect\nprint(inspect.getsource(g), end='')"],
        [stdout("def f(x):\n    return 1\n")],
    ),
    "source after someone cleared the cache": (
        [
            "def f(): pass",
            "import linecache\nlinecache.checkcache()",
            "import inspect\nprint(inspect.getsource(f), end='')",
        ],
        [stdout("def f(): pass\n")],
    ),
    "doctest and unittest find their way": (
        [
            "def double(x):\n    '''\n    >>> double(2)\n    4\n    '''\n    return 2 * x",
            "import doctest\ndoctest.testmod()",
        ],
        [value("TestResults(failed=0, attempted=1)")],
    ),
    "display is there without being a name of the module": (
        ["'display' in globals(), callable(display)"],
        [value("(False, True)")],
    ),
}


@pytest.mark.parametrize("sources, expected", SEQUENCES.values(), ids=SEQUENCES)
def test_cells_in_a_row(sources: list[str], expected: list) -> None:
    check_run(sources, expected)


def test_runs_are_counted() -> None:
    runner = Runner()
    counts = [runner.run(source).result.execution_count for source in ("1", "1/0", "x = (", "")]
    assert counts == [1, 2, 3, 4]
    assert runner.run("5").only["execution_count"] == 5


def test_evaluate() -> None:
    runner = Runner()
    runner.run("loss = 3.5")
    assert runner.session.evaluate("abs(loss - 3.5) < 1e-9 and __name__ == '__main__'") is True
    with pytest.raises(NameError):
        runner.session.evaluate("lost")
    with pytest.raises(SyntaxError):
        runner.session.evaluate("x = 1")


def test_sessions_share_nothing() -> None:
    one, other = Runner(), Runner()
    one.run("x = 1; 7")
    other.run("y = 2")
    assert "x" not in other.session.namespace
    check = other.run("_")
    assert check.only["ename"] == "NameError"


def test_the_interpreter_is_given_back() -> None:
    def look() -> tuple:
        return (
            sys.stdout,
            sys.stderr,
            sys.displayhook,
            sys.unraisablehook,
            sys.modules["__main__"],
            warnings.showwarning,
            time.sleep,
            hasattr(builtins, "display"),
            getattr(builtins, "_", None),
        )

    before = look()
    run_cells("import sys; sys.stdout = None; 5", "1/0", "import sys; sys.exit()", "(")
    assert look() == before


def test_what_a_failed_cell_held_is_freed_at_once() -> None:
    source = (
        "import weakref, numpy as np\ndef f():\n    global alive\n    large = np.zeros(10)\n"
        "    alive = weakref.ref(large)\n    1/0"
    )
    runner = Runner()
    runner.run(source)
    gc.disable()
    try:
        assert runner.run("f()").result.status == "error"
        assert runner.session.evaluate("alive() is None")
    finally:
        gc.enable()


def test_a_lost_stream_comes_back_in_the_next_cell() -> None:
    check_run(
        ["import sys\nsys.stdout = open(0, closefd=False)\nsys.stderr.close()", "print(1)"], [stdout("1\n")]
    )


def test_old_texts_are_forgotten_but_not_the_present_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    import linecache

    monkeypatch.setattr("gradus.kernel.sources.MAX_VERSIONS", 5)
    runner = Runner()
    runner.run("def fail(): 1/0", cell="kept")
    for number in range(20):
        runner.run(f"x = {number}", cell="edited")
    assert sum(name.startswith("<cell edited") for name in linecache.cache) <= 5
    error("ZeroDivisionError", cell="kept", line=1, says=["in fail", "1/0"])(
        (run := runner.run("fail()", cell="edited")).only, run.result
    )


def test_the_same_text_run_often_is_kept_once() -> None:
    import linecache

    runner = Runner()
    before = len(linecache.cache)
    for _ in range(50):
        runner.run("x = 1", cell="same text")
    assert len(linecache.cache) == before + 1
