"""Text that isn't Python: repairs that were tried, and what Python says in plainer words."""

from __future__ import annotations

import ast
import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.explain.checks import check_explained, check_silent, run

REPAIRED = {
    "no colon": ("x = 2\nif x > 1\n    x = 3", "A line that begins with `if` ends with a colon", "if x > 1:"),
    "no colon behind for": ("for i in range(3)\n    pass", "`for` ends with a colon", "for i in range(3):"),
    "no colon behind def": (
        "def f(x)  # doubles\n    return 2 * x",
        "`def` ends with a colon",
        "def f(x): # doubles",
    ),
    "no colon behind else": ("if 1:\n    2\nelse\n    3", "`else` ends with a colon", "else:"),
    "no colon behind class": ("class A\n    pass", "`class` ends with a colon", "class A:"),
    "a semicolon instead": ("while True;\n    break", "ends with a colon", "while True:"),
    "then": ("x = 2\nif x > 1 then:\n    pass", "Python has no `then`", "if x > 1:"),
    "= for ==": ("x = 3\nif x = 3:\n    pass", "to compare, Python writes `==`", "if x == 3:"),
    "= for == in while": ("x = 3\nwhile x = 3 and True:\n    pass", "`==`", "while x == 3 and True:"),
    "else if": ("if 1:\n    2\nelse if 3:\n    4", "`else if` as `elif`", "elif 3:"),
    "print": ("print 'a'", "`print` is a function", "print('a')"),
    "print several": ("x = 1\nprint 'a', x", "`print` is a function", "print('a', x)"),
    "&&": ("x = y = 1\nif x && y: pass", "`&&` as `and`", "if x and y: pass"),
    "||": ("x = y = 1\nz = x||y", "`||` as `or`", "z = x or y"),
    "!": ("x = 1\nif !x: pass", "`!` as `not`", "if not x: pass"),
    "=<": ("x = 1\nif x =< 3: pass", "`=<` as `<=`", "if x <= 3: pass"),
    "++": ("i = 0\ni++", "Python has no `++`", "i += 1"),
    "curly quotes": ("print(“hello”)", "The quotes on this line are curly", 'print("hello")'),
    "curly single quotes": ("x = ‘a’", "The quotes on this line are curly", "x = 'a'"),  # noqa: RUF001
    "a true minus": ("x = 3 − 1", "The sign `−` isn't Python's", "x = 3 - 1"),  # noqa: RUF001
    "a true times": ("x = 3 × 2", "written `*`", "x = 3 * 2"),  # noqa: RUF001
    "at most": ("x = 1\nx ≤ 2", "written `<=`", "x <= 2"),
    "a square": ("x = 1\ny = x²", "written `**2`", "y = x**2"),
    "a hard space": ("x\u00a0= 1", "looks like a space", "x = 1"),
    "an open bracket": ("x = (1 + 2\ny = 3", "The bracket `(` on line 1 is never closed", "x = (1 + 2)"),
    "an open call": ("print('a'\nprint('b')", "never closed", "print('a')"),
    "an open list over lines": (
        "x = [1, 2,\n     3, 4\ny = 5",
        "The bracket `[` on line 1",
        "line 2: `3, 4]`",
    ),
    "an open bracket before a colon": (
        "x = 1\nif (x == 1:\n    pass",
        "`(` on line 2 is never closed",
        "if (x == 1):",
    ),
    "one bracket too many": ("print(3))", "a `)` here that closes nothing", "print(3)"),
    "a bracket of another kind": ("x = (1, 2]", "of another kind", "x = (1, 2)"),
    "an inner bracket": (
        "x = [i for i in range(3]",
        "`(` isn't closed before the `]`",
        "x = [i for i in range(3)]",
    ),
    "an open text": ("x = 'abc", "begins with a quote and has none at its end", "x = 'abc'"),
    "an open text in a call": ('print("abc)', "begins with a quote", 'print("abc")'),
    "an apostrophe": ("print('it's')", "The apostrophe ends the text", 'print("it\'s")'),
    "a missing comma": ("x = [1, 2 3]", "a comma missing", "x = [1, 2, 3]"),
    "no commas": ("x = [1 2 3]", "commas missing", "x = [1, 2, 3]"),
    "no comma in a call": ("y = 1\nprint('y:' y)", "a comma missing", "print('y:', y)"),
    "no comma in a dictionary": ('{"a": 1 "b": 2}', "a comma missing", '{"a": 1, "b": 2}'),
    "a loop with of": ("for i of [1]:\n    pass", "without `of`", "for i in [1]:"),
    "foreach": ("foreach i in [1]:\n    pass", "`for … in …`", "for i in [1]:"),
    "function": ("function f(x):\n    return x", "`def`, not with `function`", "def f(x):"),
    "let": ("let x = 3", "needs no `let`", "x = 3"),
    "no parentheses behind def": ("def f:\n    pass", "parentheses, even if nothing", "def f():"),
    "a name of two words": ("learning rate = 0.1", "A name is one word", "learning_rate = 0.1"),
    "a product": ("x = 3\ny = 2x + 1", "multiplication needs `*`", "y = 2 * x + 1"),
}
SAID = {
    "nothing indented": ("def f():\nx = 1", ["Line 1 ends with a colon, and nothing is indented below it"]),
    "indented for nothing": ("x = 1\n    y = 2", ["doesn't begin a block"]),
    "the first line indented": ("  x = 1", ["The first line is indented"]),
    "indented further": ("if 1:\n    x = 1\n      y = 2", ["doesn't begin a block"]),
    "between two blocks": ("def f():\n    x = 1\n  y = 2", ["begins with 2 spaces", "0 or 4"]),
    "tabs and spaces": ("if 1:\n        y = 1\n\tz = 2", ["tabs on some lines and with spaces"]),
    "return outside": ("x = 1\nreturn x", ["`return` stands outside of any function"]),
    "break outside": ("break", ["`break` stands outside of any loop"]),
    "continue outside": ("if 1:\n    continue", ["`continue` stands outside of any loop"]),
    "a keyword as a name": ("lambda = 3", ["`lambda` is a word of Python's", "`lambda_`"]),
    "True as a name": ("True = 1", ["`True` is a word of Python's"]),
    "a value on the left": (
        "5 = x",
        ["Only a name can be given a value, and here stands a fixed value", "`name = value`"],
    ),
    "a function as in mathematics": ("f(x) = x + 1", ["`def f(x): return x + 1`"]),
    "a loop over a value": ("for 1 in [2]: pass", ["Only a name can be given a value"]),
    "defaults first": ("def f(a=1, b): pass", ["must come after those without"]),
    "names first": ("f(a=1, 2)", ["Arguments given by name must come after"]),
    "try alone": ("try:\n    1\nx = 2", ["A `try` needs an `except`"]),
    "else alone": ("x = 1\nelse:\n    x = 2", ["This `else` has no block before it", "an `if`"]),
    "except alone": ("except:\n    x = 2", ["This `except` has no block before it", "a `try`"]),
    "a digit first": ("3x = 4", ["A name can't begin with a digit", "`x_3`"]),
    "zeros in front": ("x = 007", ["can't begin with a 0"]),
    "a long text": ('x = """abc', ["three quotes is never closed"]),
    "a command of Jupyter's": (
        "%matplotlib inline",
        ["`%matplotlib inline` is a command for another program"],
    ),
    "pip": ("pip install torch", ["is a command for another program"]),
}
SILENT = {
    "prose": "Hello world",
    "more prose": "this is not a program",
    "an unfinished sum": "x = 1 +",
    "a question mark": "x = y ? 1 : 2",
    "eval": "eval('1 +')",
    "exec": "exec('if x = 3: pass')",
    "the reader's own": "raise SyntaxError('x')",
    "of another text": "compile('print 3', 'x', 'exec')",
    "a power with ^ is no error": "x = 2\nx^0.5",
}


@pytest.mark.parametrize("program, title, repaired", REPAIRED.values(), ids=REPAIRED.keys())
def test_repaired(program: str, title: str, repaired: str) -> None:
    found = check_explained(program, [title, repaired])
    tried = re.fullmatch(r"Try (?:line (\d+): )?`(.*)`\.", found.hints[-1])
    assert tried is not None and found.location is not None
    lines = program.split("\n")
    number = int(tried[1] or found.location.line)
    indent = re.match(r"\s*", lines[number - 1])
    lines[number - 1] = (indent[0] if indent else "") + tried[2]
    ast.parse("\n".join(lines))


@pytest.mark.parametrize("program, says", SAID.values(), ids=SAID.keys())
def test_said(program: str, says: list[str]) -> None:
    check_explained(program, says)


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT.keys())
def test_silent(program: str) -> None:
    check_silent(program)


def test_a_known_name_is_joined_where_it_is_used() -> None:
    check_explained(("learning_rate = w = 1", "w = w - learning rate * 2"), ["`w = w - learning_rate * 2`"])


def test_the_line_is_marked() -> None:
    check_explained("x = 1\ny = 2\nif x > y\n    x", ["colon"], line=3)


lines = st.sampled_from(
    [
        "if x > 1:",
        "    y = f(x, [1, 2])",
        "else:",
        "    print('a', x)",
        "x = (1 + 2) * 3",
        "def f(a, b=1):",
        "    return {'a': a}",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    text=st.lists(lines, min_size=1, max_size=6).map("\n".join),
    place=st.integers(0, 200),
    letter=st.sampled_from("()[]{}:'\"=,+ \n“×!&"),  # noqa: RUF001
)
def test_damaged_programs_never_break_the_explainer(text: str, place: int, letter: str) -> None:
    damaged = text[: place % len(text)] + letter + text[place % len(text) + 1 :]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(damaged, "cell", "exec")
        except SyntaxError:
            run(damaged).explain()
