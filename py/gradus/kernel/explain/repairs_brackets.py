"""Proposes brackets, quotes and commas for text that isn't Python."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradus.kernel.explain.trouble import Repair, Trouble, split_comment

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_MAX_LINES = 20
"""Lines behind an open bracket at whose ends closing it is tried."""


def propose_bracket(trouble: Trouble) -> Iterator[Repair]:
    """A bracket that is closed too often, not at all, or by one of another kind."""
    line, offset = trouble.line, trouble.offset
    if trouble.message.startswith("unmatched '"):
        corrected = line[:offset] + line[offset + 1 :]
        if corrected.strip():
            yield Repair(
                corrected, f"There is a `{line[offset : offset + 1]}` here that closes nothing.", whole=True
            )
    found = re.match(r"closing parenthesis '(.)' does not match opening parenthesis '(.)'$", trouble.message)
    if found:
        right = _CLOSING[found[2]]
        missing = f"The bracket `{found[2]}` isn't closed before the `{found[1]}`."
        yield Repair(line[:offset] + right + line[offset:], missing, whole=True)
        other = f"The bracket `{found[2]}` is closed by `{found[1]}`, which is of another kind."
        yield Repair(line[:offset] + right + line[offset + 1 :], other, whole=True)
    found = re.match(r"'(.)' was never closed$", trouble.message)
    if found:
        yield from _propose_closing(trouble, found[1])
        return
    body, comment = split_comment(line)
    bracket = next((b for b in _CLOSING if body.count(b) > body.count(_CLOSING[b])), "")
    if bracket and body.endswith(":"):
        title = f"The bracket `{bracket}` on line {trouble.number} is never closed."
        yield Repair(f"{body[:-1]}{_CLOSING[bracket]}:{comment}", title)


def propose_string(trouble: Trouble) -> Iterator[Repair]:
    """A text that isn't closed, or that an apostrophe closes too early."""
    if not trouble.message.startswith("unterminated string literal"):
        return
    body = trouble.line.rstrip()
    inner = re.search(r"^(.*?)'(.*\w'\w.*)'(\W*)$", body)
    if inner and '"' not in inner[2]:
        title = "The apostrophe ends the text: put double quotes around it."
        yield Repair(f'{inner[1]}"{inner[2]}"{inner[3]}', title, whole=True)
    quote = trouble.line[trouble.offset : trouble.offset + 1]
    if quote not in ("'", '"'):
        return
    title = "A text on this line begins with a quote and has none at its end."
    for end in ("):", ")", "]", ""):
        if body.endswith(end) and len(body) - len(end) > trouble.offset:
            yield Repair(body[: len(body) - len(end)] + quote + end, title)


def propose_comma(trouble: Trouble) -> Iterator[Repair]:
    """Two things side by side within brackets."""
    line, title = trouble.line, "Between two things in brackets there is a comma missing."
    if not _is_in_brackets(trouble):
        return
    if (trouble.offset and trouble.end_offset is None) or "comma" not in trouble.message:
        # Python points at the second of the two.
        yield _put_comma(line, trouble.offset, title)
    end = len(line) if trouble.end_offset is None else trouble.end_offset
    for gap in re.finditer(r"(?<=[\w)\]}\"'])\s*(?=[\w(\[{\"'])", line[:end]):
        if gap.start() >= trouble.offset and (gap.group() or line[gap.start() - 1] in "\"')]}"):
            yield _put_comma(line, gap.start(), title)
    between = re.sub(r"(?<=[\w.)\]])[ \t]+(?=[\w(\[.-])", ", ", line[trouble.offset :])
    yield Repair(
        line[: trouble.offset] + between, "Between things in brackets there are commas missing.", whole=True
    )


def _put_comma(line: str, at: int, title: str) -> Repair:
    return Repair(f"{line[:at].rstrip()}, {line[at:].lstrip()}", title, whole=True)


def _propose_closing(trouble: Trouble, bracket: str) -> Iterator[Repair]:
    """The end of the bracket's own line, or of one further down."""
    closing = _CLOSING[bracket]
    title = f"The bracket `{bracket}` on line {trouble.number} is never closed."
    for number in range(trouble.number, min(trouble.number + _MAX_LINES, len(trouble.lines)) + 1):
        body, comment = split_comment(trouble.lines[number - 1])
        if not body.strip():
            continue
        if body.endswith(":"):
            yield Repair(f"{body[:-1]}{closing}:{comment}", title, whole=True, number=number)
        yield Repair(f"{body}{closing}{comment}", title, whole=True, number=number)


def _is_in_brackets(trouble: Trouble) -> bool:
    before = trouble.line[: max(trouble.offset, 1)]
    return sum(before.count(opening) - before.count(closing) for opening, closing in _CLOSING.items()) > 0
