"""Explains syntax errors that have no single repair, from what Python says and where it says it."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable

from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.sentences import code, count, join


def explain_message(text: str, error: SyntaxError) -> Finding | None:
    """Indentation, statements in the wrong place, names that can't be names; None for anything else."""
    lines = text.split("\n")
    number = min(max(error.lineno or 1, 1), len(lines))
    for pattern, explainer in _MESSAGES:
        found = pattern.search(error.msg or "")
        if found:
            return explainer(found, lines, number)
    return _explain_start(lines[number - 1], error.offset or 0)


def _explain_missing_block(found: re.Match[str], lines: list[str], number: int) -> Finding:
    return Finding(
        f"Line {found[1]} ends with a colon, and nothing is indented below it.",
        ("Indent what belongs to it by four spaces.", "If nothing is to happen there yet, write `pass`."),
    )


def _explain_unexpected_indent(found: re.Match[str], lines: list[str], number: int) -> Finding:
    before = next((line for line in reversed(lines[: number - 1]) if line.strip()), "")
    if not before:
        return Finding("The first line is indented.", ("Let it begin at the very left.",))
    if before.rstrip().endswith(":"):
        return Finding(
            "This line is indented further than those around it.", ("Indent all lines of a block alike.",)
        )
    return Finding(
        "This line is indented, and the line before it doesn't begin a block.",
        ("Let it begin at the same column as the line before.",),
    )


def _explain_unindent(found: re.Match[str], lines: list[str], number: int) -> Finding:
    own = len(lines[number - 1]) - len(lines[number - 1].lstrip())
    widths = sorted({len(line) - len(line.lstrip()) for line in lines[: number - 1] if line.strip()})
    return Finding(
        f"This line begins with {count(own, 'space')}, and no block above does.",
        (f"The lines above begin with {join([str(width) for width in widths], 'or')}: take one of these.",),
    )


def _explain_tabs(found: re.Match[str], lines: list[str], number: int) -> Finding:
    return Finding(
        "This cell is indented with tabs on some lines and with spaces on others.",
        ("Use spaces everywhere, four for each level.",),
    )


def _explain_outside(found: re.Match[str], lines: list[str], number: int) -> Finding:
    word, place = found[1], found[2]
    hints = {
        "return": "Indent it, if it belongs to a function above; else leave `return` out.",
        "yield": "Indent it, if it belongs to a function above.",
        "break": "Indent it, if it belongs to a loop above.",
        "continue": "Indent it, if it belongs to a loop above.",
        "await": "Put `async` before the `def` of the function around it.",
    }
    return Finding(f"`{word}` stands outside of any {place}.", (hints[word],))


def _explain_string(found: re.Match[str], lines: list[str], number: int) -> Finding:
    if found[1]:
        return Finding(
            "A text that begins with three quotes is never closed.",
            ("Close it with the same three quotes.",),
        )
    return Finding(
        "A text on this line begins with a quote and has none at its end.",
        ("Close it with the same quote; inside of `'…'` write an apostrophe as `\\'`.",),
    )


def _explain_bracket(found: re.Match[str], lines: list[str], number: int) -> Finding:
    return Finding(
        f"The bracket `{found[1]}` on line {number} is never closed.",
        (f"Put its `{_CLOSING[found[1]]}` where it should end.",),
    )


def _explain_assignment(found: re.Match[str], lines: list[str], number: int) -> Finding:
    what = found[1].removesuffix(" here")
    if what in ("True", "False", "None"):
        return Finding(
            f"`{what}` is a word of Python's and can't be given a value.", ("Choose another name.",)
        )
    names = {
        "literal": "a fixed value",
        "function call": "a call",
        "expression": "a computation",
        "comparison": "a comparison",
    }
    said = names.get(what, f"{'an' if what[:1] in 'aeiou' else 'a'} {what}")
    return Finding(
        f"Only a name can be given a value, and here stands {said}.",
        (
            *_suggest_definition(lines[number - 1]),
            "The name goes to the left: `name = value`.",
            "To compare, write `==`.",
        ),
    )


def _suggest_definition(line: str) -> tuple[str, ...]:
    """`f(x) = x ** 2`, as in mathematics."""
    found = re.match(r"\s*([A-Za-z_]\w*\([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*\))\s*=\s*([^=].*?)\s*$", line)
    return () if found is None else (f"To define a function: {code(f'def {found[1]}: return {found[2]}')}.",)


def _explain_order(found: re.Match[str], lines: list[str], number: int) -> Finding:
    return Finding(
        "Parameters with a default value must come after those without.",
        ("Move the ones with `=` to the end.",),
    )


def _explain_positional(found: re.Match[str], lines: list[str], number: int) -> Finding:
    return Finding(
        "Arguments given by name must come after those without.",
        ("Move the ones with `=` to the end, or name the others as well.",),
    )


def _explain_try(found: re.Match[str], lines: list[str], number: int) -> Finding:
    return Finding(
        "A `try` needs an `except` after its block, which says what to do if something fails.",
        ("For example: `except ValueError:` and, indented below, what to do then.",),
    )


def _explain_zeros(found: re.Match[str], lines: list[str], number: int) -> Finding:
    return Finding(
        "Whole numbers can't begin with a 0.", ("Leave the zeros in front out; for text use quotes.",)
    )


def _explain_digit(found: re.Match[str], lines: list[str], number: int) -> Finding | None:
    name = re.match(r"\s*(\d+)([A-Za-z]\w*)\s*=(?!=)", lines[number - 1])
    if name is None:
        return None
    corrected = f"{name[2]}_{name[1]}"
    return Finding(
        "A name can't begin with a digit.", (f"Put the number at the end, such as {code(corrected)}.",)
    )


def _explain_start(line: str, offset: int) -> Finding | None:
    """Lines that begin with what can't stand there: `else`, a command for another program, a keyword."""
    found = re.match(r"\s*(else|elif|except|finally)\b", line)
    if found and offset == found.start(1) + 1:
        partner = "an `if`" if found[1].startswith("el") else "a `try`"
        return Finding(
            f"This `{found[1]}` has no block before it that it could belong to.",
            (f"It stands at the same column as {partner}, right after what is indented below that.",),
        )
    found = re.match(r"\s*([%!]\w+|pip install)\b", line)
    if found:
        return Finding(
            f"{code(line.strip())} is a command for another program, and this is plain Python.",
            ("Leave the line out.",),
        )
    return _explain_keyword(line)


def _explain_keyword(line: str) -> Finding | None:
    """`lambda = 3`: a word of Python's as a name."""
    found = re.match(r"\s*([a-z]+)\s*=(?!=)", line)
    if not found or not keyword.iskeyword(found[1]):
        return None
    other = f"{found[1]}_"
    return Finding(
        f"{code(found[1])} is a word of Python's and can't be a name.",
        (f"Choose another name, such as {code(other)}.",),
    )


_CLOSING = {"(": ")", "[": "]", "{": "}"}
_MESSAGES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], list[str], int], Finding | None]], ...] = (
    (re.compile(r"^expected an indented block after .+ on line (\d+)"), _explain_missing_block),
    (re.compile(r"^unexpected indent"), _explain_unexpected_indent),
    (re.compile(r"^unindent does not match"), _explain_unindent),
    (re.compile(r"^inconsistent use of tabs"), _explain_tabs),
    (re.compile(r"^'(return|yield|await)' outside (function)"), _explain_outside),
    (re.compile(r"^'(break)' outside (loop)"), _explain_outside),
    (re.compile(r"^'(continue)' not properly in (loop)"), _explain_outside),
    (re.compile(r"^unterminated (triple-quoted )?string literal"), _explain_string),
    (re.compile(r"^'([(\[{])' was never closed"), _explain_bracket),
    (re.compile(r"^cannot assign to (.+?)(?:\. Maybe.*)?$"), _explain_assignment),
    (re.compile(r"^(non-default argument follows|parameter without a default follows)"), _explain_order),
    (re.compile(r"^positional argument follows keyword"), _explain_positional),
    (re.compile(r"^expected 'except' or 'finally'"), _explain_try),
    (re.compile(r"^invalid decimal literal"), _explain_digit),
    (re.compile(r"^leading zeros in decimal integer"), _explain_zeros),
)
