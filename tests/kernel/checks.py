"""Runs cells in a fresh session and checks what they put out: cases as data.

check_run("1/0", [error("ZeroDivisionError", line=1)])
"""

from __future__ import annotations

import asyncio
import base64
import struct
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from gradus.kernel import Output, RunResult, Session

Check = Callable[[Any, RunResult], None]


@dataclass(frozen=True)
class Run:
    """One cell's run: its outputs, neighbouring text of one stream joined, and its result."""

    outputs: list[Any]
    result: RunResult
    messages: list[Any]
    """The outputs one by one, as they were emitted."""

    @property
    def only(self) -> Any:
        """The one output there must be."""
        assert len(self.outputs) == 1, self.outputs
        return self.outputs[0]


class Runner:
    """A session whose cells are run one after the other."""

    def __init__(self) -> None:
        self.emitted: list[Output] = []
        self.session = Session(self.emitted.append)

    def run(self, source: str, cell: str = "cell", pixel_ratio: float = 1.0) -> Run:
        with python_default_warnings():
            result = asyncio.run(self.session.run(source, cell=cell, pixel_ratio=pixel_ratio))
        messages = list(self.emitted)
        self.emitted.clear()
        return Run(join_streams(messages), result, messages)


def run_cells(*sources: str) -> Run:
    """Run cells named `cell`, `cell 2`, … in one session; the last one's run."""
    runner = Runner()
    for number, source in enumerate(sources, 1):
        run = runner.run(source, cell="cell" if number == 1 else f"cell {number}")
    return run


def check_run(sources: str | Sequence[str], expected: Sequence[Check]) -> Run:
    """Run cells in one session and check what the last puts out, output by output."""
    run = run_cells(sources) if isinstance(sources, str) else run_cells(*sources)
    assert len(run.outputs) == len(expected), run.outputs
    for output, check in zip(run.outputs, expected, strict=True):
        check(output, run.result)
    has_error = any(output["output_type"] == "error" for output in run.outputs)
    assert run.result.status == (_status(run.outputs[-1]["ename"]) if has_error else "ok")
    return run


def stdout(text: str) -> Check:
    """Exactly this text on standard output."""
    return lambda output, result: _equal(output, {"output_type": "stream", "name": "stdout", "text": text})


def stderr(*parts: str) -> Check:
    """Text on standard error that contains these parts, in this order."""

    def check(output: Any, result: RunResult) -> None:
        assert (output["output_type"], output.get("name")) == ("stream", "stderr"), output
        _contains(output["text"], parts)

    return check


def value(text: str, **more: object) -> Check:
    """The last expression's value as plain text, and other formats by the last part of their MIME type."""
    return lambda output, result: _has_data(output, "execute_result", text, more)


def shown(text: str, **more: object) -> Check:
    """Something displayed, likewise."""
    return lambda output, result: _has_data(output, "display_data", text, more)


def figure(kind: str = "display_data") -> Check:
    """A picture with a size and a description."""

    def check(output: Any, result: RunResult) -> None:
        assert output["output_type"] == kind
        assert output["data"]["text/plain"].startswith("<Figure size")
        details = output["metadata"]["image/png"]
        assert png_size(output) == (details["width"], details["height"])
        assert details["alt"]

    return check


def error(
    name: str,
    line: int | None = None,
    cell: str = "cell",
    lines: Sequence[int] | None = None,
    columns: tuple[int, int] | None = None,
    says: Sequence[str] = (),
    never: Sequence[str] = (),
) -> Check:
    """An error of this type, with the line to mark (or all the lines, outermost first), and its columns."""

    def check(output: Any, result: RunResult) -> None:
        assert (output["output_type"], output.get("ename")) == ("error", name), output
        traceback = "\n".join(output["traceback"])
        _contains(traceback, says)
        for text in never:
            assert text not in traceback, traceback
        if line is not None:
            assert result.locations, traceback
            assert (result.locations[-1].cell, result.locations[-1].line) == (cell, line), traceback
        if lines is not None:
            assert [place.line for place in result.locations] == list(lines), traceback
        if columns is not None:
            assert (result.locations[-1].column, result.locations[-1].end_column) == columns
        assert "gradus" not in traceback and "await_with_pauses" not in traceback, traceback

    return check


def decode_png(output: Any) -> bytes:
    """The picture in an output."""
    return base64.b64decode(output["data"]["image/png"], validate=True)


def png_size(output: Any) -> tuple[int, int]:
    """Width and height of the picture in an output, in its own pixels."""
    content = decode_png(output)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def join_streams(outputs: Sequence[Any]) -> list[Any]:
    """The outputs with neighbouring text of one stream joined, as a page shows it."""
    joined: list[Any] = []
    for output in outputs:
        before = joined[-1] if joined else {}
        if (
            output["output_type"] == "stream" == before.get("output_type")
            and output["name"] == before["name"]
        ):
            joined[-1] = {**before, "text": before["text"] + output["text"]}
        else:
            joined.append(output)
    return joined


@contextmanager
def python_default_warnings() -> Iterator[None]:
    """The filters Python starts with: under test, every warning would be an error."""
    with warnings.catch_warnings():
        warnings.resetwarnings()
        for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
            warnings.simplefilter("ignore", category)
        warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
        yield


def _equal(found: object, expected: object) -> None:
    assert found == expected


def _contains(text: str, parts: Sequence[str]) -> None:
    position = 0
    for part in parts:
        assert part in text[position:], f"{part!r} not in {text[position:]!r}"
        position = text.index(part, position) + len(part)


def _has_data(output: Any, kind: str, text: str, more: dict[str, object]) -> None:
    assert output["output_type"] == kind, output
    found = {
        mime_type.rpartition("/")[2].partition("+")[0]: content
        for mime_type, content in output["data"].items()
    }
    assert found == {"plain": text, **more}


def _status(name: str) -> str:
    """A run that was asked to end has not failed."""
    return "stopped" if name in ("KeyboardInterrupt", "SystemExit") else "error"
