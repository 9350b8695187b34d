"""Text that isn't Python: said with its place, and nothing of it runs."""

from __future__ import annotations

import pytest

from kernel.checks import check_run, error, run_cells, value

SYNTAX = {
    "missing colon": (
        "for i in range(3)\n    pass",
        error(
            "SyntaxError",
            line=1,
            says=['Cell "cell", line 1\n', "for i in range(3)\n", "^"],
            never=["Traceback", "<cell"],
        ),
    ),
    "never closed": ("x = 1\nprint((1, 2)", error("SyntaxError", line=2, columns=(5, 6))),
    "unterminated text": ("x = 'abc", error("SyntaxError", line=1, columns=(4, 5))),
    "unterminated long text": ("x = 1\ny = '''abc\n\n", error("SyntaxError", line=2)),
    "unterminated f-string": ("f'{x'", error("SyntaxError", line=1)),
    "unexpected indent": ("x = 1\n  y = 2", error("IndentationError", line=2)),
    "missing block": ("if True:\nx = 1", error("IndentationError", line=2, columns=(0, 1))),
    "missing block at the end": ("def f():", error("IndentationError", line=1)),
    "unindent that fits nothing": ("if True:\n        x = 1\n    y = 2", error("IndentationError", line=3)),
    "tabs and spaces": ("if True:\n        x = 1\n\ty = 2", error("TabError", line=3)),
    "a null character": ("x = 1\ny = '\0'", error("SyntaxError", line=2, columns=(5, 6), says=["U+0000"])),
    "half a character": (
        "x = 1\n\ny = '\ud83d'",
        error("SyntaxError", line=3, columns=(5, 6), says=["U+D83D"]),
    ),
    "an impossible character": ("x = 1\ny = 2 € 3", error("SyntaxError", line=2, columns=(6, 7))),
    "after characters of two UTF-16 units": ("x = '𝄞' 1", error("SyntaxError", line=1)),
    "return outside a function": ("x = 1\nreturn x", error("SyntaxError", line=2)),
    "yield outside a function": ("x = 1\nyield x", error("SyntaxError", line=2)),
    "await in an ordinary function": ("def f():\n    await x", error("SyntaxError", line=2)),
    "break outside a loop": ("break", error("SyntaxError", line=1)),
    "late future import": ("x = 1\nfrom __future__ import annotations", error("SyntaxError", line=2)),
    "assignment to a literal": ("x = 1\n1 = x", error("SyntaxError", line=2, columns=(0, 1))),
    "nonlocal at the top": ("nonlocal x", error("SyntaxError", line=1)),
    "duplicate argument": ("def f(a, a): pass", error("SyntaxError", line=1)),
    "Python 2": ("print 'hello'", error("SyntaxError", line=1)),
    "a magic command": ("x = 1\n%matplotlib inline", error("SyntaxError", line=2)),
    "nested too deep": ("(" * 300 + ")" * 300, error("SyntaxError", line=1)),
}


@pytest.mark.parametrize("source, expected", SYNTAX.values(), ids=SYNTAX)
def test_syntax_error(source: str, expected: object) -> None:
    run = check_run(source, [expected])
    assert "<cell" not in run.only["evalue"]


def test_nothing_of_a_cell_runs_when_it_is_not_python() -> None:
    check_run(["x = 1", "x = 2\nprint(x)\nreturn", "x"], [value("1")])


def test_the_compiler_may_give_up() -> None:
    run = run_cells("x = " + "-" * 100_000 + "1")
    assert run.result.status == "error"
    assert run.only["ename"] in ("MemoryError", "RecursionError", "SyntaxError")


def test_the_last_line_is_marked_where_python_points_behind_it() -> None:
    run = check_run("if True:\n", [error("IndentationError")])
    assert run.result.locations[-1].line <= 2
