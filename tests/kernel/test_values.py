"""The value of a cell's last expression, and when it is shown."""

from __future__ import annotations

import pytest

from kernel.checks import check_run, value

VALUES = {
    "an expression": ("1 + 1", [value("2")]),
    "a statement": ("x = 1", []),
    "None": ("None", []),
    "nothing": ("", []),
    "only a comment": ("# nothing here", []),
    "text is shown as repr": ("'a\\nb'", [value("'a\\nb'")]),
    "a lone string is a value, not a docstring": ("'doc'", [value("'doc'")]),
    "only the last": ("1\n2\n3", [value("3")]),
    "over several lines": ("(1,\n 2,\n)", [value("(1, 2)")]),
    "after statements on its line": ("x = 2; x * 3", [value("6")]),
    "semicolon": ("1 + 1;", []),
    "semicolon, spaces and a comment": ("1 + 1  ;  # quiet", []),
    "semicolon on a continued line": ("1 + 1 \\\n ;", []),
    "semicolon in a comment": ("1 + 1  # loud;", [value("2")]),
    "semicolon in text": ("';'", [value("';'")]),
    "semicolon after non-ASCII text": ("'äöü€𝄞' ;", []),
    "parentheses round it, and a semicolon": ("(1 + 1);", []),
    "a walrus": ("(y := 5) + y", [value("10")]),
    "an expression inside a block isn't it": ("if True:\n    1", []),
    "carriage returns": ("x = 1\r\nx", [value("1")]),
    "old Mac newlines": ("x = 1\rx", [value("1")]),
    "a byte order mark": ("\ufeffx = 1\nx", [value("1")]),
    "form feeds and odd line separators": ("x = 'a\x0cb\u2028c'\n\x0c\nlen(x)", [value("5")]),
    "a long list is laid out": (
        "list(range(100, 140))",
        [
            value(
                "["
                + ", ".join(map(str, range(100, 117)))
                + ",\n "
                + ", ".join(map(str, range(117, 134)))
                + ",\n "
                + ", ".join(map(str, range(134, 140)))
                + "]"
            )
        ],
    ),
    "decorators and classes": ("import functools\n@functools.cache\ndef f(n): return n\nf(3)", [value("3")]),
    "the namespace is __main__": ("__name__", [value("'__main__'")]),
    "of a lambda": ("(lambda: 7)()", [value("7")]),
}


@pytest.mark.parametrize("source, expected", VALUES.values(), ids=VALUES)
def test_last_value(source: str, expected: list) -> None:
    check_run(source, expected)
