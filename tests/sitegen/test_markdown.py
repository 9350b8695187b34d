"""Markdown: what it becomes, what is found in it and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradus.sitegen.markdown import parse_inline, parse_markdown
from gradus.sitegen.markdown_html import Heading, Surroundings, list_headings, render_document
from gradus.sitegen.outputs_images import StoredImage
from gradus.sitegen.render import Renderings
from sitegen.lesson_files import HERE, check_problem, marked_lines

PATH = Path("lesson.py")


class EchoRenderings(Renderings):
    """Shows formulas and code as they came, so that a test sees which were asked for."""

    def __init__(self) -> None:
        super().__init__({}, {}, "")

    def formula(self, tex: str, display: bool, native: bool) -> str:
        return f"<f{' display' if display else ''}{' native' if native else ''}>{tex}</f>"

    def highlighted(self, source: str) -> str:
        return f"<h>{source}</h>"


SURROUNDINGS = Surroundings(
    EchoRenderings(), lambda address: f"to:{address}", lambda address: StoredImage(f"at:{address}", 120, 80)
)


def render(text: str) -> str:
    return str(render_document(parse_markdown(text, PATH, 1, set()), SURROUNDINGS))


RENDERED = {
    "emphasis and code": (
        "*a* **b** `c < d`",
        "<p><em>a</em> <strong>b</strong> <code>c &lt; d</code></p>",
    ),
    "typographic quotes": (
        "It's \"so\", says the 'boy' of $f$'s \"x\"",
        "<p>It\u2019s “so”, says the \u2018boy\u2019 of <f>f</f>\u2019s “x”</p>",
    ),
    "quotes in code stay": ('`"x"` it\'s', "<p><code>&quot;x&quot;</code> it\u2019s</p>"),
    "letters in brackets stay": ("(c) (r) ... --", "<p>(c) (r) ... --</p>"),
    "signs of HTML": ("1 < 2 & 3 > 2 \\<b>", "<p>1 &lt; 2 &amp; 3 &gt; 2 &lt;b&gt;</p>"),
    "formulas": ("a $x < y$ b $$z$$ c", "<p>a <f>x < y</f> b <f display>z</f> c</p>"),
    "formula of its own": ("$$\na\nb$$", "<p><f display>\na\nb</f></p>"),
    "underscores and asterisks in formulas": (
        "$a_1 * b_1$ and $*c*$",
        "<p><f>a_1 * b_1</f> and <f>*c*</f></p>",
    ),
    "prices": ("\\$5 and \\$6", "<p>$5 and $6</p>"),
    "dollars in code": ("`$x$ $`", "<p><code>$x$ $</code></p>"),
    "code": (
        "```python\nx = 1\n```\n\n```sh\na < b\n```\n\n    c & d",
        '<pre class="code"><code class="language-python"><h>x = 1</h></code></pre>\n'
        '<pre class="code"><code>a &lt; b</code></pre>\n<pre class="code"><code>c &amp; d</code></pre>',
    ),
    "link": ("[a *b*](c.py#d 'e & f')", '<p><a href="to:c.py#d" title="e &amp; f">a <em>b</em></a></p>'),
    "link out": ("<https://x.org>", '<p><a href="to:https://x.org" rel="noopener">https://x.org</a></p>'),
    "picture": (
        '![A "b" of $c$](d.png)',
        '<p><img src="at:d.png" width="120" height="80" alt="A &#34;b&#34; of c" loading="lazy"'
        ' decoding="async"></p>',
    ),
    "table": (
        "| a | b |\n|:-:|--:|\n| 1 | $x$ |",
        '<div class="table-scroll">\n<table>\n<thead>\n<tr>\n<th class="align-center">a</th>\n'
        '<th class="align-right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class="align-center">1</td>\n'
        '<td class="align-right"><f>x</f></td>\n</tr>\n</tbody>\n</table>\n</div>',
    ),
    "quotation": ("> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>"),
    "list": ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    "script in a link": ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
}


@pytest.mark.parametrize(("text", "html"), RENDERED.values(), ids=RENDERED)
def test_renders(text: str, html: str) -> None:
    assert render(text) == html


def test_renders_inline_text_without_a_paragraph() -> None:
    document = parse_inline("A *circle* of $r^2$ and [x](y)", PATH, 1, native=True)
    assert render_document(document, SURROUNDINGS) == (
        'A <em>circle</em> of <f native>r^2</f> and <a href="to:y">x</a>'
    )


def test_gives_headings_stable_ids() -> None:
    ids = {"main"}
    text = "## 2. The $f'(x)$ of `x`\n\n### Größe & Co: it's “so”\n\n## 3.1 The f'(x) of x\n\n## Main\n\n## π"
    headings = list_headings(parse_markdown(text, PATH, 1, ids), SURROUNDINGS)
    assert [heading.id for heading in headings] == [
        "the-f-x-of-x",
        "groe-co-its-so",
        "the-f-x-of-x-2",
        "main-2",
        "section",
    ]
    assert [heading.level for heading in headings] == [2, 3, 2, 2, 2]
    assert ids == {"main", *(heading.id for heading in headings)}


def test_lists_headings_without_their_links() -> None:
    document = parse_markdown("## A [b *c*](d) `e` $f$", PATH, 1, set())
    assert list_headings(document, SURROUNDINGS) == (
        Heading(2, "a-b-c-e-f", "A b <em>c</em> <code>e</code> <f>f</f>"),
    )
    assert '<h2 id="a-b-c-e-f">A <a href="to:d">' in render_document(document, SURROUNDINGS)


LOCATED = """\
Text with $a$, the letter a
and $b
\\cdot c$ over two lines§, and $a$§ again.

- one $d$§
  and more $d$§

| e | f |
|---|---|
| $g$§ | h |

> quoted
> $i$§

$$j§
k$$

## $l$§
"""


def test_finds_the_lines_of_formulas() -> None:
    document = parse_markdown(LOCATED.replace(HERE, ""), PATH, 11, set())
    found = [(formula.tex, formula.line) for formula in document.formulas]
    tex = ["a", "b\n\\cdot c", "a", "d", "d", "g", "i", "j\nk", "l"]
    # The marks can't stand within a formula of two lines: it is found on its first.
    lines = [1, 2, 3, 5, 6, 10, 13, 15, 18]
    assert found == [(formula, line + 10) for formula, line in zip(tex, lines, strict=True)]
    assert set(marked_lines(LOCATED)) <= set(lines)


def test_finds_the_lines_of_links_and_pictures() -> None:
    text = "A [b](c)\nand [d](c),\n<https://e>\n\n![f](g.png)\n[h]\n\n[h]: i\n"
    document = parse_markdown(text, PATH, 11, set())
    assert [(link.address, link.line) for link in document.links] == [
        ("c", 11),
        ("c", 12),
        ("https://e", 13),
        # What a reference refers to stands elsewhere; its paragraph must do.
        ("i", 15),
    ]
    assert [(image.address, image.line) for image in document.images] == [("g.png", 15)]


def test_finds_code() -> None:
    document = parse_markdown("```python\na\n```\n\n``` py\nb\n```\n\n```text\nc\n```", PATH, 1, set())
    assert document.code == ("a", "b")


PROBLEMS = {
    "title": ("Text\n\n# Title§\n", 'the page\'s title is its only "#" heading; sections begin with "##"'),
    "title of the other kind": (
        "Text\n\nTitle§\n=====\n",
        'the page\'s title is its only "#" heading; sections begin with "##"',
    ),
    "HTML": (
        "a\nb <b>§c</b>\n",
        'HTML in a lesson\'s text: <b>; write Markdown, put code into `backticks`, or write "\\<"',
    ),
    "block of HTML": (
        "a\n\n<div>§\nx\n</div>\n",
        'HTML in a lesson\'s text: <div>; write Markdown, put code into `backticks`, or write "\\<"',
    ),
    "lone dollar": (
        "It is $x$,\nor $y§, or $z$ or \\$7\n",
        'a lone "$": close the formula, or write "\\$"',
    ),
    "price": ("a\n\n- It costs $5§\n", 'a lone "$": close the formula, or write "\\$"'),
    "open formula": ("a\n\n$$ x§\n\nb\n", 'a lone "$": close the formula, or write "\\$"'),
    "picture without a description": (
        "a\n![](b.png)§\n",
        "the image has no description; write it in the brackets",
    ),
}


@pytest.mark.parametrize(("text", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_points_at_what_prose_can_not_hold(text: str, message: str) -> None:
    above = "# ---\n" * 10
    check_problem(
        lambda: parse_markdown(text.replace(HERE, ""), PATH, 11, set()), PATH, above + text, message
    )
