"""Errors as the reader sees them: their own lines, what a library did in one line, the place to mark."""

from __future__ import annotations

import pytest

from kernel.checks import check_run, error, stdout, value

OPENING = "Traceback (most recent call last):\n"

ERRORS = {
    "in a line": (
        "1/0",
        [
            error(
                "ZeroDivisionError",
                line=1,
                columns=(0, 3),
                says=[OPENING, 'Cell "cell", line 1\n', "    1/0\n", "\nZeroDivisionError: "],
            )
        ],
    ),
    "after other lines": ("x = 1\n\nx.y", [error("AttributeError", line=3)]),
    "in the last expression": ("x = 0\n1 / x", [error("ZeroDivisionError", line=2)]),
    "in a function": (
        "def f(x):\n    return 1 / x\n\nf(0)",
        [
            error(
                "ZeroDivisionError",
                lines=[4, 2],
                columns=(11, 16),
                says=["line 4\n    f(0)", "line 2, in f\n    return 1 / x\n           ~~^~~"],
            )
        ],
    ),
    "in a method": (
        "class A:\n    def m(self): self.x\nA().m()",
        [error("AttributeError", line=2, says=["line 2, in A.m"])],
    ),
    "in an inner function": (
        "def outer():\n    def inner():\n        oops\n    inner()\nouter()",
        [error("NameError", lines=[5, 4, 3], says=["in outer", "in inner", "oops"], never=["<locals>"])],
    ),
    "in a lambda": ("f = lambda: 1/0\nf()", [error("ZeroDivisionError", lines=[2, 1], says=["in <lambda>"])]),
    "over several lines": ("x = (1 +\n  2 +\n  '3')", [error("TypeError", line=1)]),
    "columns of the failing part": ("a = {}\nb = a['x']['y']", [error("KeyError", line=2, columns=(4, 10))]),
    "columns count UTF-16 units": ("x = '𝄞€'; 1/0", [error("ZeroDivisionError", columns=(11, 14))]),
    "what was printed before comes first": (
        "print(1)\n1/0",
        [stdout("1\n"), error("ZeroDivisionError", line=2)],
    ),
    "a suggestion": ("learning_rate = 1\nlearning_rat", [error("NameError", line=2)]),
    "a note": (
        "e = ValueError('a')\ne.add_note('mind the gap')\nraise e",
        [error("ValueError", says=["ValueError: a\nmind the gap"])],
    ),
    "of the reader's own kind": (
        "class Mine(Exception): pass\nraise Mine('x')",
        [error("Mine", line=2, says=["Mine: x"])],
    ),
    "without a message": ("raise ValueError", [error("ValueError", line=1, says=["\nValueError"])]),
    "an exception that can't be printed": (
        "class Mine(Exception):\n    def __str__(self): 1/0\nraise Mine",
        [error("Mine", line=3)],
    ),
    "an exception whose attributes fail": (
        "class Mine(Exception):\n    @property\n    def __notes__(self): 1/0\nraise Mine('x')",
        [error("Mine", line=4)],
    ),
    "a message of many lines": (
        "raise ValueError('a\\nb')",
        [error("ValueError", says=["ValueError: a\nb"])],
    ),
    "a huge message is cut": (
        "raise ValueError('x' * 10**6)",
        [error("ValueError", line=1, says=["x\n… ", "left out"])],
    ),
    "half a character in the message": (
        "raise ValueError('\\ud800')",
        [error("ValueError", says=["\\ud800"])],
    ),
    "assertion": (
        "x = 1\nassert x == 2, 'no'",
        [error("AssertionError", line=2, says=["AssertionError: no"])],
    ),
    "endless recursion is shortened": (
        "def f(n):\n    return f(n + 1)\n\nf(0)",
        [
            error(
                "RecursionError",
                line=2,
                says=["line 4\n", "line 2, in f", " more frames\n", "line 2, in f", "RecursionError"],
            )
        ],
    ),
    "a callback inside a builtin": (
        "def key(x): return 1 / x\nsorted([0], key=key)",
        [error("ZeroDivisionError", lines=[2, 1])],
    ),
    "sys.exit": (
        "print(1)\nimport sys\nsys.exit()\nprint(2)",
        [
            stdout("1\n"),
            error("SystemExit", line=3, says=["sys.exit() ended this cell."], never=["Traceback"]),
        ],
    ),
    "sys.exit with a number": (
        "import sys\nsys.exit(3)",
        [error("SystemExit", says=["sys.exit(3) ended this cell."])],
    ),
    "sys.exit with words": (
        "import sys\nsys.exit('enough')",
        [error("SystemExit", says=["sys.exit() ended this cell: enough"])],
    ),
    "stopped": (
        "x = 1\nraise KeyboardInterrupt",
        [error("KeyboardInterrupt", line=2, says=['Stopped in cell "cell", line 2.'], never=["Traceback"])],
    ),
    "stopped deep inside": (
        "def f():\n    raise KeyboardInterrupt\nf()",
        [error("KeyboardInterrupt", line=2, says=['Stopped in cell "cell", line 2.'])],
    ),
    "a generator's exit": ("raise GeneratorExit('x')", [error("GeneratorExit", line=1)]),
    "StopIteration": ("next(iter([]))", [error("StopIteration", line=1)]),
    "a missing module": (
        "import does_not_exist",
        [error("ModuleNotFoundError", line=1, never=["importlib"])],
    ),
    "in code given to exec": (
        "exec('\\n1/0')",
        [error("ZeroDivisionError", line=1, says=["exec(", "raised in <string>, line 2"])],
    ),
    "bad code given to exec": (
        "x = 1\nexec('1 +')",
        [error("SyntaxError", line=2, says=["exec('1 +')", 'File "<string>", line 1', "SyntaxError"])],
    ),
    "bad code given to compile": (
        "compile('1 +', 'x.py', 'exec')",
        [error("SyntaxError", line=1, says=["x.py"])],
    ),
    "bad code given to ast.parse": (
        "import ast\nast.parse('1 +')",
        [error("SyntaxError", line=2, says=["ast.parse", "raised in ast.py"])],
    ),
    "a deleted exception variable": (
        "try:\n    1/0\nexcept Exception as e:\n    pass\ne",
        [error("NameError", line=5)],
    ),
    "memory": ("raise MemoryError", [error("MemoryError", line=1)]),
    "warnings as errors": (
        "import warnings\nwarnings.simplefilter('error')\nwarnings.warn('x')",
        [error("UserWarning", line=3)],
    ),
    "a number too long for text": ("10 ** 5000", [error("ValueError", line=1)]),
    "an exception as a value": ("ValueError('x')", [value("ValueError('x')")]),
}


@pytest.mark.parametrize("source, expected", ERRORS.values(), ids=ERRORS)
def test_error(source: str, expected: list) -> None:
    check_run(source, expected)
