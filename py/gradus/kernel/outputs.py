"""What a cell puts out: Jupyter's own (nbformat v4) objects, made well-formed here once and for all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

StreamName = Literal["stdout", "stderr"]


class StreamOutput(TypedDict):
    """Text that was written to standard output or standard error."""

    output_type: Literal["stream"]
    name: StreamName
    text: str


class DisplayData(TypedDict):
    """Something shown on request: MIME type → value, and metadata per MIME type."""

    output_type: Literal["display_data"]
    data: dict[str, Any]
    metadata: dict[str, Any]


class ExecuteResult(TypedDict):
    """The value of a cell's last expression."""

    output_type: Literal["execute_result"]
    data: dict[str, Any]
    metadata: dict[str, Any]
    execution_count: int


class ErrorOutput(TypedDict):
    """What ended the cell: an exception's type and message, and its traceback in parts to join by newline."""

    output_type: Literal["error"]
    ename: str
    evalue: str
    traceback: list[str]


Output = StreamOutput | DisplayData | ExecuteResult | ErrorOutput
Emit = Callable[[Output], None]


@dataclass(frozen=True)
class MimeBundle:
    """One object in several formats: MIME type → value (binary: in base64), and metadata per MIME type."""

    data: Mapping[str, Any]
    metadata: Mapping[str, Any] = field(default_factory=dict)


def make_stream(name: StreamName, text: str) -> StreamOutput:
    """Text for one of the two streams."""
    return {"output_type": "stream", "name": name, "text": clean_text(text)}


def make_display_data(bundle: MimeBundle) -> DisplayData:
    """An output for something shown before the cell's end."""
    return {"output_type": "display_data", "data": dict(bundle.data), "metadata": dict(bundle.metadata)}


def make_execute_result(bundle: MimeBundle, execution_count: int) -> ExecuteResult:
    """An output for the value of the cell's last expression."""
    return {
        "output_type": "execute_result",
        "data": dict(bundle.data),
        "metadata": dict(bundle.metadata),
        "execution_count": execution_count,
    }


def make_error(ename: str, evalue: str, traceback: list[str]) -> ErrorOutput:
    """An output for the exception that ended the cell."""
    return {
        "output_type": "error",
        "ename": clean_text(ename),
        "evalue": clean_text(evalue),
        "traceback": [clean_text(part) for part in traceback],
    }


def clean_text(text: str) -> str:
    r"""The text as a plain `str` that UTF-8 can carry: half of a surrogate pair shows as `\ud800`."""
    if text.isascii():
        return str(text)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def clean_json(value: object) -> Any:
    """The value as strict JSON brings it back; ValueError or TypeError where JSON has no word for it."""
    text = json.dumps(value, allow_nan=False, ensure_ascii=False)
    # Two backslashes: JSON would read one as an escape, and bring the half character back.
    return json.loads(re.sub("[\ud800-\udfff]", lambda half: f"\\\\u{ord(half.group()):04x}", text))
