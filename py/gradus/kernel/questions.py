"""What a page may ask between two runs, such as the reader's variables; none of it runs code of theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gradus.kernel.outputs import clean_text


def answer(question: Mapping[str, Any], namespace: Mapping[str, Any]) -> Any:
    """The answer, as plain JSON, to `{"about": …}` over the reader's names; None when there is none."""
    about = _ANSWERS.get(question["about"])
    if about is None:
        return None
    try:
        return _clean(about(question, dict(namespace)))
    except BaseException:
        # A stop that comes late, or an object stranger than any: no answer is better than a dead Python.
        return None


def _clean(value: Any) -> Any:
    """The same with all texts such that UTF-8 can carry them."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return value


def _list_variables(question: Mapping[str, Any], namespace: dict[str, Any]) -> Any:
    from gradus.kernel.variables import list_variables

    return list_variables(namespace)


def _complete(question: Mapping[str, Any], namespace: dict[str, Any]) -> Any:
    from gradus.kernel.complete import complete

    return complete(question, namespace)


def _inspect(question: Mapping[str, Any], namespace: dict[str, Any]) -> Any:
    from gradus.kernel.complete import inspect_at

    return inspect_at(question, namespace)


_ANSWERS: dict[str, Callable[[Mapping[str, Any], dict[str, Any]], Any]] = {
    "completions": _complete,
    "inspection": _inspect,
    "variables": _list_variables,
}
