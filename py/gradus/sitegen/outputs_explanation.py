"""Renders what the kernel says about a run in plain words, as the live cell shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

EXPLANATION = "application/vnd.gradus.explanation+json"
"""The MIME type of an explanation; its fields are those of `gradus.kernel.explain.explanation`."""


def render_explanation(explanation: Mapping[str, Any]) -> Markup:
    """Render title, drawing, hints and values. In their texts, what stands between backticks is code."""
    about = explanation["about"]
    label = "What happened" if about == "error" else "What this run shows"
    parts = [Markup('<p class="explanation-title">{}</p>').format(_mark_code(explanation["title"]))]
    if explanation["drawing"] is not None:
        parts.append(_render_drawing(explanation["drawing"]))
    if explanation["hints"]:
        items = Markup().join(Markup("<li>{}</li>").format(_mark_code(hint)) for hint in explanation["hints"])
        parts.append(Markup('<ul class="explanation-hints">{}</ul>').format(items))
    if explanation["values"]:
        parts.append(_render_values(explanation["values"], explanation["location"]))
    return Markup(
        '<div class="output output-explanation" data-about="{}" role="group" aria-label="{}">{}</div>'
    ).format(about, label, Markup().join(parts))


def _render_drawing(drawing: Mapping[str, Any]) -> Markup:
    """The drawing in characters: the rectangles are drawn where the page is alive."""
    return Markup('<pre class="shapes-text" role="img" aria-label="{}">\n{}</pre>').format(
        drawing["words"], drawing["text"]
    )


def _render_values(values: list[Mapping[str, str]], location: Mapping[str, Any] | None) -> Markup:
    caption = f"On line {location['line']} of {_name_cell(location['cell'])}" if location else "Values"
    rows = Markup().join(
        Markup('<tr><th scope="row"><code>{}</code></th><td><code>{}</code></td></tr>').format(
            value["name"], value["text"]
        )
        for value in values
    )
    return Markup('<table class="explanation-values"><caption>{}</caption><tbody>{}</tbody></table>').format(
        caption, rows
    )


def _name_cell(cell: str) -> str:
    """What a reader is told a cell is called, as `cell-name.ts` has it."""
    words = cell.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _mark_code(text: str) -> Markup:
    """Every other part between backticks is code."""
    parts = text.split("`")
    return Markup().join(
        Markup("<code>{}</code>").format(part) if index % 2 and part else escape(part)
        for index, part in enumerate(parts)
    )
