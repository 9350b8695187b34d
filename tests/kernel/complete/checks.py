"""Asks for completions and help as the editor does; `|` stands for the caret."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gradus.kernel.questions import answer


def cut(text: str) -> dict[str, Any]:
    before, _, after = text.partition("|")
    return {"before": before, "after": after, "above": []}


def ask(question: Mapping[str, Any], namespace: Mapping[str, Any]) -> Any:
    """The answer, which must be JSON that UTF-8 can carry."""
    found = answer(question, namespace)
    json.dumps(found, allow_nan=False, ensure_ascii=False).encode()
    return found


def complete(text: str, namespace: Mapping[str, Any] | None = None, above: Sequence[str] = ()) -> list[str]:
    """The labels that are offered."""
    found = ask({"about": "completions", **cut(text), "above": list(above)}, namespace or {})
    assert found is not None, "completing failed"
    labels = [item["label"] for item in found["items"]]
    assert len(labels) == len(set(labels))
    return labels


def inspect_name(text: str, namespace: Mapping[str, Any] | None = None) -> Any:
    return ask({"about": "inspection", "subject": "name", **cut(text)}, namespace or {})


def inspect_call(text: str, namespace: Mapping[str, Any] | None = None) -> Any:
    return ask({"about": "inspection", "subject": "call", **cut(text)}, namespace or {})


def say_call(text: str, namespace: Mapping[str, Any] | None = None) -> str | None:
    """`f(a, >b<)`: the call at the caret, with its parameter marked."""
    found = inspect_call(text, namespace)
    if found is None:
        return None
    parts = [f">{part}<" if i == found["current"] else part for i, part in enumerate(found["parameters"])]
    return f"{found['name']}({', '.join(parts)})"
