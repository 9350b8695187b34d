"""Explanations in a built page: the kernel's own, as HTML, and as plain text in a notebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from gradus.kernel.explain.drawing import Drawing, make_rectangle
from gradus.kernel.explain.explanation import MIME_TYPE, Explanation, Place, Value
from gradus.kernel.outputs import make_display_data
from gradus.sitegen.model import CodeCell
from gradus.sitegen.outputs import render_outputs
from gradus.sitegen.outputs_explanation import EXPLANATION, render_explanation

SHAPES = Drawing((make_rectangle("X", (5, 2), "columns"), make_rectangle("w", (3,), "rows", True)), "@")
FOUND = Explanation(
    "`X` has 2 columns <&>.",
    ("Try `w[:2]`.", "Or not."),
    (Value("w", "<3 entries>"),),
    SHAPES,
    Place("two-features", 4),
    "result",
)


def make_content(found: Explanation) -> dict[str, Any]:
    """As it comes out of a run: JSON."""
    return json.loads(json.dumps(make_display_data(found.make_bundle())["data"][MIME_TYPE]))


def test_the_kernel_and_the_page_speak_of_the_same_type() -> None:
    script = Path(__file__).parents[2] / "web" / "src" / "protocol.ts"
    assert EXPLANATION == MIME_TYPE
    assert f'EXPLANATION = "{MIME_TYPE}"' in script.read_text(encoding="utf-8")


def test_all_of_it_is_shown() -> None:
    html = render_explanation(make_content(FOUND))
    assert '<p class="explanation-title"><code>X</code> has 2 columns &lt;&amp;&gt;.</p>' in html
    assert "<li>Try <code>w[:2]</code>.</li><li>Or not.</li>" in html
    assert "<caption>On line 4 of Two features</caption>" in html
    assert '<th scope="row"><code>w</code></th><td><code>&lt;3 entries&gt;</code></td>' in html
    words = "X, shape (5, 2), @ w, shape (3,): 2 columns and 3 entries do not fit."
    assert f'role="img" aria-label="{words}"' in html and "┌" in html
    assert 'data-about="result"' in html


@pytest.mark.parametrize("missing", ["hints", "values", "drawing", "location"])
def test_what_there_is_not_leaves_nothing_behind(missing: str) -> None:
    content = make_content(FOUND)
    content[missing] = None if missing in ("drawing", "location") else []
    html = render_explanation(content)
    marks = {"hints": "<ul", "values": "<table", "drawing": "<pre", "location": "On line"}
    assert marks[missing] not in html
    assert all(mark in html for name, mark in marks.items() if name not in (missing, "location"))


def test_it_comes_before_its_plain_text() -> None:
    output = make_display_data(FOUND.make_bundle())
    html = render_outputs([output], CodeCell("a", "x", 7, ()), Path("lesson.py"), None, lambda *_: Markup())  # type: ignore[arg-type,return-value]
    assert html == render_explanation(make_content(FOUND))
