"""Turns any object into a MIME bundle, by the `_repr_*_` methods that notebooks have agreed on."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from gradus.kernel.outputs import MimeBundle, clean_json, clean_text
from gradus.kernel.plain_text import describe_as_text

METHODS = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_latex_": "text/latex",
    "_repr_json_": "application/json",
}
"""Method → MIME type of what it returns: the value alone, or (value, metadata)."""

Report = Callable[[str, BaseException], None]
"""Told of a method that failed: what was being attempted, and why it didn't work."""


def make_bundle(value: object, report: Report) -> MimeBundle:
    """All formats a value offers, with its repr as `text/plain`.

    A `_repr_*_` method that raises or returns what it shouldn't is reported and passed over. A failing
    `__repr__` is reported too when another format can stand in for it; otherwise its exception is raised.
    """
    data: dict[str, Any] = {}
    metadata: dict[str, Any] = {}

    def take(mime_type: str, answer: Any) -> None:
        content, details = answer if isinstance(answer, tuple) else (answer, None)
        clean = _clean_content(mime_type, content)
        if details:
            metadata[mime_type] = clean_json(dict(details))
        data[mime_type] = clean

    def take_all(_: str, answer: Any) -> None:
        contents, details = answer if isinstance(answer, tuple) else (answer, None)
        for mime_type, content in dict(contents).items():
            if content is not None:
                take(mime_type, (content, (details or {}).get(mime_type)))

    _ask(value, "_repr_mimebundle_", "", take_all, report, include=None, exclude=None)
    for method, mime_type in METHODS.items():
        if mime_type not in data:
            _ask(value, method, mime_type, take, report)
    if "text/plain" not in data:
        try:
            data["text/plain"] = clean_text(describe_as_text(value))
        except Exception as error:
            if not data:
                raise
            report(f"{_type_name(value)}.__repr__ failed", error)
            data["text/plain"] = f"<{_type_name(value)}>"
    return MimeBundle(data, metadata)


def display_by_itself(value: object) -> bool:
    """Let a value that has `_ipython_display_` show itself; False where it hasn't and someone else has to."""
    method = _find_method(value, "_ipython_display_")
    if method is not None:
        method()
    return method is not None


def _ask(
    value: object,
    name: str,
    mime_type: str,
    take: Callable[[str, Any], None],
    report: Report,
    **arguments: object,
) -> None:
    """Call a method if the value has it and hand on what it gives, unless that is None or not implemented."""
    method = _find_method(value, name)
    if method is None:
        return
    try:
        answer = method(**arguments)
        if answer is not None:
            take(mime_type, answer)
    except NotImplementedError:
        pass
    except Exception as error:
        report(f"{_type_name(value)}.{name} failed", error)


def _find_method(value: object, name: str) -> Callable[..., Any] | None:
    # A class that has the method is no instance of itself. An object with every name one asks for means none.
    if isinstance(value, type):
        return None
    try:
        method = getattr(value, name, None)
        return method if callable(method) and not hasattr(value, "_gradus_no_such_method_") else None
    except Exception:
        return None


def _clean_content(mime_type: str, content: object) -> Any:
    if not isinstance(mime_type, str):
        raise TypeError(f"a MIME type is text, not {type(mime_type).__name__}")
    if isinstance(content, bytes | bytearray | memoryview):
        if mime_type.startswith("text/") or mime_type.endswith("+xml"):
            return bytes(content).decode("utf-8", "replace")
        return base64.b64encode(content).decode("ascii")
    if isinstance(content, str):
        return clean_text(content)
    if mime_type == "application/json" or mime_type.endswith("+json"):
        return clean_json(content)
    raise TypeError(f"expected text or bytes for {mime_type}, got {type(content).__name__}")


def _type_name(value: object) -> str:
    return type(value).__name__
