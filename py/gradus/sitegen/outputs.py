"""Turns a cell's outputs into the HTML that the live cell would show for them."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from gradus.sitegen.model import CodeCell
from gradus.sitegen.outputs_explanation import EXPLANATION, render_explanation
from gradus.sitegen.outputs_html import sanitize_html
from gradus.sitegen.outputs_images import ENDINGS, StoreImage, store_picture, take_picture
from gradus.sitegen.outputs_text import show_terminal, strip_escapes
from gradus.sitegen.problem import BuildProblem

Output = Mapping[str, Any]
"""An output as nbformat 4 has it."""


def render_outputs(
    outputs: Sequence[Output], cell: CodeCell, path: Path, caption: Markup | None, store: StoreImage
) -> Markup:
    """Render outputs as the children of `<div class="outputs">`, `caption` under the last figure.

    The author's descriptions of figures win over the kernel's; raise `BuildProblem` if their number is wrong.
    """
    merged = merge_streams(outputs)
    count = sum(choose_type(output) in ENDINGS for output in merged)
    if cell.alt and len(cell.alt) != count:
        described = f'fig-alt of cell "{cell.id}" describes {_count(len(cell.alt))}'
        message = f"{described}, but the cell draws {_count(count)}"
        raise BuildProblem(message, path, cell.line)
    if caption and not count:
        message = f'fig-cap of cell "{cell.id}" is a figure\'s caption, but the cell draws none'
        raise BuildProblem(message, path, cell.line)
    shown: list[Markup] = []
    figure = 0
    for output in merged:
        mime = choose_type(output)
        if mime in ENDINGS:
            alt = cell.alt[figure] if cell.alt else None
            figure += 1
            shown.append(_render_image(output, mime, alt, caption if figure == count else None, store))
        else:
            shown.append(_TYPES[output["output_type"]](output))
    return Markup("\n").join(shown)


def merge_streams(outputs: Sequence[Output]) -> list[Output]:
    """Join texts that follow each other on the same stream, as a notebook does."""
    merged: list[Output] = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output["output_type"] == "stream" == last.get("output_type") and output["name"] == last["name"]:
            merged[-1] = {**last, "text": _join_lines(last["text"]) + _join_lines(output["text"])}
        else:
            merged.append(output)
    return merged


def choose_type(output: Output) -> str:
    """Choose the form in which an output is shown; "" if it has no MIME bundle, or none that can be shown."""
    return next((mime for mime in PREFERENCE if mime in output.get("data", {})), "")


def _join_lines(text: str | Sequence[str]) -> str:
    """Undo nbformat's way of writing a long text as a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def _count(number: int) -> str:
    return f"{number} figure{'' if number == 1 else 's'}" if number else "none"


def _render_stream(output: Output) -> Markup:
    return Markup('<pre class="output output-stream" data-name="{}">{}</pre>').format(
        output["name"], _keep_newline(show_terminal(_join_lines(output["text"])))
    )


def _render_error(output: Output) -> Markup:
    text = strip_escapes("\n".join(output["traceback"])) or f"{output['ename']}: {output['evalue']}"
    return Markup('<div class="output output-error"><pre>{}</pre></div>').format(_keep_newline(text))


def _render_data(output: Output) -> Markup:
    mime = choose_type(output)
    if mime == EXPLANATION:
        return render_explanation(output["data"][mime])
    if not mime:
        types = ", ".join(output["data"])
        return _render_plain(f"A result that can't be shown here ({types})")
    return _VIEWS[mime](_join_lines(output["data"][mime]))


def _keep_newline(text: str) -> str:
    """Double a newline at the beginning of `<pre>`, where HTML would leave one out."""
    return f"\n{text}" if text.startswith("\n") else text


def _render_html(text: str) -> Markup:
    return Markup('<div class="output output-html">{}</div>').format(sanitize_html(text))


def _render_plain(text: str) -> Markup:
    return Markup('<pre class="output output-text">{}</pre>').format(_keep_newline(strip_escapes(text)))


def _render_image(
    output: Output, mime: str, alt: str | None, caption: Markup | None, store: StoreImage
) -> Markup:
    text = _join_lines(output["data"][mime])
    metadata = output.get("metadata", {}).get(mime, {})
    data = text.encode() if mime == "image/svg+xml" else b64decode(text)
    element = store_picture(take_picture(data, mime, metadata), store).element(
        alt or metadata.get("alt") or "Figure drawn by this cell"
    )
    below = Markup("<figcaption>{}</figcaption>").format(caption) if caption else ""
    return Markup('<figure class="output output-image">{}{}</figure>').format(element, below)


_VIEWS: Mapping[str, Callable[[str], Markup]] = {
    "text/html": _render_html,
    "text/markdown": _render_plain,
    "text/latex": _render_plain,
    "text/plain": _render_plain,
}
PREFERENCE = (EXPLANATION, "text/html", "text/markdown", *ENDINGS, "text/latex", "text/plain")
"""The first of these that an output has is the one that is shown; the live cell has the same order."""

_TYPES: Mapping[str, Callable[[Output], Markup]] = {
    "stream": _render_stream,
    "error": _render_error,
    "display_data": _render_data,
    "execute_result": _render_data,
}
