"""Finds out where in the code the caret stands: after a dot, in an import, in the brackets of a call."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gradus.kernel.complete.tokens import Token, read_tokens

_CLOSING = {")": "(", "]": "[", "}": "{"}
_STATEMENTS = frozenset(
    ("def", "class", "import", "return", "with", "while", "try", "raise", "del", "assert", "global", "@")
)
"""What begins a line and can't stand within brackets: those still open before it were forgotten."""
_NEW_NAMES = frozenset(("def", "class", "as", "for", "lambda", "global", "nonlocal"))
"""After these stands a name of the reader's own choice."""


@dataclass(frozen=True)
class Call:
    """The call in whose brackets the caret stands."""

    callee: str
    """The expression that is called."""
    index: int
    """How many arguments stand before the caret's."""
    keyword: str | None
    """The name under which the caret's argument is given."""
    given: frozenset[str]
    is_innermost: bool
    """Whether the caret stands in no other brackets within these."""
    begins_argument: bool
    """Whether nothing but the prefix stands there of the caret's argument."""


@dataclass(frozen=True)
class Place:
    """Where the caret stands. `role` is name, attribute, module, member (`from m import …`) or nothing."""

    role: str
    prefix: str
    """The beginning of a name, up to the caret."""
    owner: str = ""
    """What stands before the dot: an expression, or the path of a module."""
    call: Call | None = None


@dataclass
class _Line:
    """The logical line up to the caret, without comments and line ends."""

    tokens: list[Token] = field(default_factory=list)
    brackets: list[int] = field(default_factory=list)
    """Where in `tokens` the brackets stand that are still open."""


def find_place(before: str) -> Place:
    """The place at the end of this text."""
    tokens = read_tokens(before)
    last = tokens[-1] if tokens else None
    if last is not None and last.kind == "comment":
        return _nowhere(_read_line(tokens))
    if last is not None and last.kind == "string" and not last.closed:
        inner = _find_replacement(last.text)
        return _nowhere(_read_line(tokens)) if inner is None else find_place(inner)
    line = _read_line(tokens)
    prefix = ""
    if last is not None and last.end == len(before) and last.kind in ("name", "number"):
        if last.kind == "number":
            return _nowhere(line)
        prefix = line.tokens.pop().text
    call = _find_call(line)
    role, owner = _find_role(line)
    return Place(role, prefix, owner, call)


def _nowhere(line: _Line) -> Place:
    return Place("nothing", "", call=_find_call(line))


def _read_line(tokens: list[Token]) -> _Line:
    line = _Line()
    for index, token in enumerate(tokens):
        if token.kind == "comment":
            continue
        if token.kind == "newline":
            following = tokens[index + 1].text if index + 1 < len(tokens) else ""
            if not line.brackets or following in _STATEMENTS:
                line = _Line()
            continue
        if token.text in ("(", "[", "{"):
            line.brackets.append(len(line.tokens))
        elif token.text in _CLOSING and line.brackets:
            line.brackets.pop()
        elif token.text == ";" and not line.brackets:
            line = _Line()
            continue
        line.tokens.append(token)
    return line


def _find_role(line: _Line) -> tuple[str, str]:
    tokens = line.tokens
    words = [token.text for token in tokens]
    if words[:1] == ["import"]:
        return _find_module(words[1:])
    if words[:1] == ["from"]:
        if "import" not in words:
            return _find_module(words[1:])
        if words[-1] == "as":
            return "nothing", ""
        return "member", "".join(words[1 : words.index("import")])
    if words[-1:] == ["."]:
        owner = find_primary(tokens, len(tokens) - 2)
        return ("attribute", owner) if owner else ("nothing", "")
    if words and (words[-1] in _NEW_NAMES or _is_parameter(line)):
        return "nothing", ""
    return "name", ""


def _find_module(words: list[str]) -> tuple[str, str]:
    """`import a.b, c.`: the path before the last dot."""
    commas = [index for index, word in enumerate(words) if word == ","]
    path = words[commas[-1] + 1 :] if commas else words
    if "as" in path or (path and path[-1] != "."):
        return "nothing", ""
    return "module", "".join(path[:-1])


def _is_parameter(line: _Line) -> bool:
    """Whether a parameter's name is being chosen: `def f(a, `."""
    words = [token.text for token in line.tokens]
    in_definition = words[:1] == ["def"] or words[:2] == ["async", "def"]
    return in_definition and len(line.brackets) == 1 and words[-1] in ("(", ",", "*", "**")


def find_primary(tokens: list[Token], last: int) -> str:
    """The expression that ends with this token: names, calls, items, dots; empty if there is none."""
    start, index = last + 1, last
    while index >= 0:
        token = tokens[index]
        if token.text in _CLOSING:
            index = _find_opening(tokens, index)
            if index < 0:
                return ""
            start = index
            if index > 0 and _ends_primary(tokens[index - 1]):
                index -= 1
                continue
            break
        if not _ends_primary(token):
            break
        start = index
        if index < 2 or tokens[index - 1].text != ".":
            break
        index -= 2
    return " ".join(token.text for token in tokens[start : last + 1])


def _ends_primary(token: Token) -> bool:
    is_word = token.is_plain_name or token.text in ("None", "True", "False")
    return is_word or token.kind in ("string", "number") or token.text in _CLOSING


def _find_opening(tokens: list[Token], index: int) -> int:
    depth = 0
    for position in range(index, -1, -1):
        text = tokens[position].text
        depth += (text in _CLOSING) - (text in ("(", "[", "{"))
        if depth == 0:
            return position
    return -1


def _find_call(line: _Line) -> Call | None:
    tokens = line.tokens
    for opening in reversed(line.brackets):
        callee = find_primary(tokens, opening - 1) if tokens[opening].text == "(" else ""
        if not callee or not _ends_primary(tokens[opening - 1]) or tokens[opening - 1].kind == "number":
            continue
        before = tokens[: opening - 1]
        if before and before[-1].text in ("def", "class"):
            return None
        arguments = _split_arguments(tokens[opening + 1 :])
        keywords = [_find_keyword(argument) for argument in arguments]
        given = frozenset(name for name in keywords if name)
        is_innermost = opening == line.brackets[-1]
        return Call(
            callee, len(arguments) - 1, keywords[-1], given, is_innermost, is_innermost and not arguments[-1]
        )
    return None


def _split_arguments(tokens: list[Token]) -> list[list[Token]]:
    arguments: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in ("(", "[", "{")) - (token.text in _CLOSING)
        if token.text == "," and depth == 0:
            arguments.append([])
        else:
            arguments[-1].append(token)
    return arguments


def _find_keyword(argument: list[Token]) -> str | None:
    if len(argument) > 1 and argument[0].kind == "name" and argument[1].text == "=":
        return argument[0].text
    return None


def _find_replacement(text: str) -> str | None:
    """What stands behind the last open brace of an unfinished f-string; None if none is open."""
    prefix = re.match(r"[a-zA-Z]*", text)
    if prefix is None or not set(prefix[0].lower()) & {"f", "t"}:
        return None
    body = text[prefix.end() :].lstrip("\"'").replace("{{", "  ").replace("}}", "  ")
    opening = body.rfind("{")
    inner = body[opening + 1 :]
    return inner if opening > body.rfind("}") and ":" not in inner else None
