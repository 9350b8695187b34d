"""Compares what programs gave in a plain Python with what they gave in one started from a snapshot."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

ADDRESS = re.compile(r"\b0x[0-9a-f]{5,}\b")
"""Where objects lie in memory, as `repr` shows it, is nobody's business."""

Ran = dict[str, Any]
"""What came of a program: `cell`, `outputs` and `result`."""


def find_difference(plain: Sequence[Sequence[Ran]], restored: Sequence[Sequence[Ran]]) -> str | None:
    """The first program that gave something else, and what, in one line; None if all bytes agree."""
    if [len(session) for session in plain] != [len(session) for session in restored]:
        return "not all programs ran"
    for before, after in _pair(plain, restored):
        first, second = _normalize(before), _normalize(after)
        if first != second:
            place = next(
                (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
                min(len(first), len(second)),
            )
            around = slice(max(0, place - 40), place + 80)
            return f"{before['cell']}: {first[around]!r} became {second[around]!r}"
    return None


def _pair(plain: Sequence[Sequence[Ran]], restored: Sequence[Sequence[Ran]]) -> Iterator[tuple[Ran, Ran]]:
    for first, second in zip(plain, restored, strict=True):
        yield from zip(first, second, strict=True)


def _normalize(ran: Ran) -> str:
    """As text, with the pieces of printed text joined: where they are cut depends on the clock."""
    outputs: list[dict[str, Any]] = []
    for output in ran["outputs"]:
        last = outputs[-1] if outputs else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            outputs.append(dict(output))
    return ADDRESS.sub("0x", json.dumps([ran["cell"], outputs, ran["result"]], sort_keys=True))
