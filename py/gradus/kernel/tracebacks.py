"""Writes out an exception for the reader: their own frames, what caused it, and what went wrong."""

from __future__ import annotations

import textwrap
import traceback
from typing import cast

from gradus.kernel.frames import describe_steps, find_steps, name_place
from gradus.kernel.plain_text import shorten_middle
from gradus.kernel.sources import Sources

MAX_MESSAGE = 20_000
"""Characters of an exception's message that are shown."""
MAX_CHAIN = 8
"""Exceptions that are shown of a chain (each the cause of the next), the newest ones."""
MAX_GROUP, MAX_DEPTH = 10, 5
"""Members that are shown of an exception group, and groups within groups."""

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n"


def describe_exception(error: BaseException, sources: Sources) -> list[str]:
    """The traceback's parts, to be joined by newlines; the last says what the exception is."""
    sources.fill_linecache()
    try:
        # Python's own class knows of causes, notes, suggestions and messages that can't be had.
        # Frames (limit=0) are our own business.
        described = traceback.TracebackException(
            type(error), error, error.__traceback__, limit=0, compact=True
        )
        return _describe_chain(described, error, sources, 0)
    except Exception as failure:
        # An exception class can break anything here: its attributes may be properties that raise.
        return [f"{type(error).__name__}: (describing it failed with {type(failure).__name__})"]


def say_briefly(error: BaseException) -> str:
    """Type and message in one text, like the last line of a traceback: `ValueError: too small`."""
    message = message_of(error)
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def message_of(error: BaseException) -> str:
    """The exception's message, whatever its `__str__` does."""
    try:
        return shorten_middle(str(error), MAX_MESSAGE)
    except Exception:
        return "<the exception's message could not be made>"


Pair = tuple[traceback.TracebackException, BaseException]


def _describe_chain(
    newest: traceback.TracebackException, error: BaseException, sources: Sources, depth: int
) -> list[str]:
    chain: list[tuple[Pair, str]] = [((newest, error), "")]
    while len(chain) < MAX_CHAIN:
        (described, exception), _ = chain[-1]
        if described.__cause__ is not None:
            chain.append(((described.__cause__, cast(BaseException, exception.__cause__)), _CAUSE))
        elif described.__context__ is not None and not described.__suppress_context__:
            chain.append(((described.__context__, cast(BaseException, exception.__context__)), _CONTEXT))
        else:
            break
    parts: list[str] = []
    for (described, exception), link in reversed(chain):
        parts += _describe_one(described, exception, sources, depth)
        parts += [link] if link else []
    return parts


def _describe_one(
    described: traceback.TracebackException, error: BaseException, sources: Sources, depth: int
) -> list[str]:
    steps = find_steps(error.__traceback__, sources)
    parts = ["Traceback (most recent call last):", *describe_steps(steps, sources)] if steps else []
    final = "".join(described.format_exception_only()).rstrip("\n")
    source = sources.find(error.filename) if isinstance(error, SyntaxError) and error.filename else None
    if source is not None and isinstance(error, SyntaxError):
        # Python's title of the place, `  File "<cell …>", line 3`, gives way to ours.
        final = "\n".join(["  " + name_place(source, error.lineno or 1, sources), *final.split("\n")[1:]])
    parts.append(shorten_middle(final, MAX_MESSAGE))
    if described.exceptions is not None and isinstance(error, BaseExceptionGroup):
        parts += _describe_members(described.exceptions, error, sources, depth)
    return parts


def _describe_members(
    described: list[traceback.TracebackException],
    group: BaseExceptionGroup[BaseException],
    sources: Sources,
    depth: int,
) -> list[str]:
    count = len(described)
    if depth == MAX_DEPTH:
        return [f"  … {count:,} more exceptions, nested too deep to show"]
    parts = []
    for number, (member, error) in enumerate(zip(described, group.exceptions, strict=False), 1):
        if number > MAX_GROUP:
            parts.append(f"  … and {count - MAX_GROUP:,} more")
            break
        inner = "\n".join(_describe_chain(member, error, sources, depth + 1))
        parts.append(f"  {number} of {count}:\n" + textwrap.indent(inner, "    "))
    return parts
