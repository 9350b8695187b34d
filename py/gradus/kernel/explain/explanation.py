"""What a reader gets to see beside a traceback: what happened, what to try, the values at hand."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from gradus.kernel.explain.drawing import Drawing, draw_as_text, say_drawing
from gradus.kernel.outputs import MimeBundle, clean_json, clean_text

MIME_TYPE = "application/vnd.gradus.explanation+json"
MAX_HINTS = 3


@dataclass(frozen=True)
class Value:
    """A name on the failing line and what it stands for, shortened."""

    name: str
    text: str


@dataclass(frozen=True)
class Place:
    """A line of a cell, counted from 1."""

    cell: str
    line: int


@dataclass(frozen=True)
class Finding:
    """What an explainer found out. In all texts, what stands between backticks is code."""

    title: str
    hints: tuple[str, ...]
    drawing: Drawing | None = None


@dataclass(frozen=True)
class Explanation:
    """A finding with its surroundings: at most 3 hints and 6 values.

    `about` tells an explained error from a notice on a run that went through. `location` is None where the
    line stands in a text that its cell no longer has.
    """

    title: str
    hints: tuple[str, ...]
    values: tuple[Value, ...]
    drawing: Drawing | None
    location: Place | None
    about: Literal["error", "result"] = "error"

    @property
    def text(self) -> str:
        """All of it as plain text."""
        parts = [self.title]
        if self.drawing is not None:
            parts += ["", draw_as_text(self.drawing), ""]
        parts += [f"- {hint}" for hint in self.hints]
        parts += [f"  {value.name} = {value.text}" for value in self.values]
        return "\n".join(parts)

    def make_bundle(self) -> MimeBundle:
        """The explanation as an output's data: JSON of these fields, and plain text."""
        content: dict[str, Any] = asdict(self)
        if self.drawing is not None:
            content["drawing"] |= {"text": draw_as_text(self.drawing), "words": say_drawing(self.drawing)}
        return MimeBundle({MIME_TYPE: clean_json(content), "text/plain": clean_text(self.text)})
