"""Outputs: nbformat's objects as the HTML that a page shows."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from PIL import Image

from gradus.sitegen.figures import StoredFile
from gradus.sitegen.model import CodeCell
from gradus.sitegen.outputs import merge_streams, render_outputs
from gradus.sitegen.problem import BuildProblem

PATH = Path("lesson.py")
Output = dict[str, Any]


def stream(text: str | list[str], name: str = "stdout") -> Output:
    return {"output_type": "stream", "name": name, "text": text}


def show(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> Output:
    return {"output_type": "display_data", "data": data, "metadata": metadata or {}}


def make_png(width: int = 4, height: int = 2) -> str:
    file = BytesIO()
    Image.new("L", (width, height)).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def figure(alt: str = "a line") -> Output:
    size = {"width": 614, "height": 346, "alt": alt}
    return show({"image/png": make_png(), "text/plain": "<Figure>"}, {"image/png": size})


def render(outputs: list[Output], cell: CodeCell | None = None, caption: str | None = None) -> str:
    stored: list[tuple[bytes, str]] = []

    def store(data: bytes, ending: str) -> StoredFile:
        stored.append((data, ending))
        return StoredFile(f"f{len(stored)}{ending}")

    words = Markup(caption) if caption else None
    return str(render_outputs(outputs, cell or CodeCell("a", "x", 7, ()), PATH, words, store))


RENDERED = {
    "nothing": ([], ""),
    "text": (
        [stream("a < b\n")],
        '<pre class="output output-stream" data-name="stdout">a &lt; b\n</pre>',
    ),
    "text in pieces": (
        [stream("a"), stream("b\n"), stream(["c\n", "d"])],
        '<pre class="output output-stream" data-name="stdout">ab\nc\nd</pre>',
    ),
    "two streams": (
        [stream("a"), stream("b", "stderr"), stream("c", "stderr"), stream("d")],
        '<pre class="output output-stream" data-name="stdout">a</pre>\n'
        '<pre class="output output-stream" data-name="stderr">bc</pre>\n'
        '<pre class="output output-stream" data-name="stdout">d</pre>',
    ),
    "a bar of progress": (
        [stream("10%\r"), stream("\x1b[32m100%\x1b[0m\rdone\nx\b\by")],
        '<pre class="output output-stream" data-name="stdout">done\ny</pre>',
    ),
    "newline first": (
        [stream("\na")],
        # HTML leaves out a newline right behind <pre>.
        '<pre class="output output-stream" data-name="stdout">\n\na</pre>',
    ),
    "result": (
        [
            {
                "output_type": "execute_result",
                "execution_count": 1,
                "data": {"text/plain": "[1, 2]"},
                "metadata": {},
            }
        ],
        '<pre class="output output-text">[1, 2]</pre>',
    ),
    "formula": (
        [show({"text/latex": "$x$", "text/plain": "x"})],
        '<pre class="output output-text">$x$</pre>',
    ),
    "Markdown": (
        [show({"text/plain": "x", "text/markdown": "*x* <b>"})],
        '<pre class="output output-text">*x* &lt;b&gt;</pre>',
    ),
    "HTML": (
        [
            show(
                {
                    "text/plain": "x",
                    "image/png": "!",
                    "text/html": ["<b onclick='x'>", "x</b><script>y</script>"],
                }
            )
        ],
        '<div class="output output-html"><b>x</b></div>',
    ),
    "figure": (
        [figure()],
        '<figure class="output output-image"><img src="f1.png" width="614" height="346" alt="a line"'
        ' loading="lazy" decoding="async"></figure>',
    ),
    "figure without metadata": (
        [show({"image/png": make_png(30, 20)})],
        '<figure class="output output-image"><img src="f1.png" width="30" height="20"'
        ' alt="Figure drawn by this cell" loading="lazy" decoding="async"></figure>',
    ),
    "SVG before PNG": (
        [show({"image/png": "!", "image/svg+xml": '<svg width="90pt" height="60px"/>'})],
        '<figure class="output output-image"><img src="f1.svg" width="120" height="60"'
        ' alt="Figure drawn by this cell" loading="lazy" decoding="async"></figure>',
    ),
    "SVG without a size": (
        [show({"image/svg+xml": '<svg viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'})],
        '<figure class="output output-image"><img src="f1.svg"'
        ' alt="Figure drawn by this cell" loading="lazy" decoding="async"></figure>',
    ),
    "error": (
        [{"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[31mT\x1b[0m", "  <x>"]}],
        '<div class="output output-error"><pre>T\n  &lt;x&gt;</pre></div>',
    ),
    "error without a traceback": (
        [{"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}],
        '<div class="output output-error"><pre>E: v</pre></div>',
    ),
    "nothing that can be shown": (
        [show({"application/json": {}, "video/mp4": ""})],
        '<pre class="output output-text">'
        "A result that can&#39;t be shown here (application/json, video/mp4)</pre>",
    ),
}


@pytest.mark.parametrize(("outputs", "html"), RENDERED.values(), ids=RENDERED)
def test_renders(outputs: list[Output], html: str) -> None:
    assert render(outputs) == html


def test_author_describes_figures_better_than_the_kernel() -> None:
    cell = CodeCell("a", "x", 7, (), alt=("the <first>", "the second"))
    html = render([figure("one"), stream("between"), figure("two")], cell, caption="Of <i>two</i>")
    first, between, second = html.split("\n")
    assert 'src="f1.png"' in first and 'alt="the &lt;first&gt;"' in first and "figcaption" not in first
    assert "between" in between
    assert 'src="f2.png"' in second and 'alt="the second"' in second
    assert second.endswith("><figcaption>Of <i>two</i></figcaption></figure>")


def test_stores_what_the_cell_drew() -> None:
    stored: list[tuple[bytes, str]] = []

    def store(data: bytes, ending: str) -> StoredFile:
        stored.append((data, ending))
        return StoredFile("small", "sharp")

    jpeg = b"\xff\xd8 not looked at, for the metadata have its size"
    outputs = [
        show({"image/svg+xml": "<svg>π</svg>"}),
        show({"image/jpeg": base64.b64encode(jpeg).decode()}, {"image/jpeg": {"width": 3, "height": 4}}),
    ]
    html = render_outputs(outputs, CodeCell("a", "x", 7, ()), PATH, None, store)
    assert '<img src="small" srcset="sharp 2x" width="3" height="4"' in html
    assert stored == [("<svg>π</svg>".encode(), ".svg"), (jpeg, ".jpg")]


MISFITS = {
    "too few figures": (
        [figure()],
        ("a", "b"),
        None,
        'fig-alt of cell "a" describes 2 figures, but the cell draws 1 figure',
    ),
    "too many figures": (
        [figure(), figure(), figure()],
        ("a",),
        None,
        'fig-alt of cell "a" describes 1 figure, but the cell draws 3 figures',
    ),
    "description of nothing": (
        [],
        ("a",),
        None,
        'fig-alt of cell "a" describes 1 figure, but the cell draws none',
    ),
    "caption of nothing": (
        [stream("x")],
        (),
        "words",
        'fig-cap of cell "a" is a figure\'s caption, but the cell draws none',
    ),
}


@pytest.mark.parametrize(("outputs", "alt", "caption", "message"), MISFITS.values(), ids=MISFITS)
def test_points_at_descriptions_that_do_not_fit(
    outputs: list[Output], alt: tuple[str, ...], caption: str | None, message: str
) -> None:
    with pytest.raises(BuildProblem) as caught:
        render(outputs, CodeCell("a", "x", 7, (), alt=alt), caption)
    assert str(caught.value) == f"lesson.py:7: {message}"


def test_merging_streams_changes_no_output() -> None:
    outputs = [stream("a"), stream("b"), figure(), stream("c")]
    merged = merge_streams(outputs)
    assert [output.get("text") for output in merged] == ["ab", None, "c"]
    assert outputs[0] == stream("a")
