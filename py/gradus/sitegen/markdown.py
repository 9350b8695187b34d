"""Parses Markdown with formulas and finds in it, with its line, all that needs a check or a rendering."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.render import Formula


@dataclass(frozen=True)
class Reference:
    """A link or an image's address, and where it stands."""

    address: str
    line: int


@dataclass(frozen=True)
class Document:
    """Parsed Markdown; its tokens are only for the renderer."""

    tokens: Sequence[Token]
    path: Path
    formulas: tuple[Formula, ...]
    code: tuple[str, ...]
    """Python in fenced blocks."""
    links: tuple[Reference, ...]
    images: tuple[Reference, ...]
    native: bool = False
    """Whether its formulas are set as MathML alone."""


def parse_markdown(text: str, path: Path, line: int, ids: set[str]) -> Document:
    """Parse prose that begins on `line` of the file; headings get new ids, which are added to `ids`.

    Raise `BuildProblem` for what prose can't hold: HTML, a first-level heading, a lone dollar sign.
    """
    tokens = PARSER.parse(text)
    _check_headings(tokens, path, line)
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open":
            heading.attrSet("id", _choose_id(inline, ids))
    return _collect(tokens, path, line)


def parse_inline(text: str, path: Path, line: int, native: bool = False) -> Document:
    """Parse Markdown without paragraphs, lists or headings: a caption, an entry of a list.

    `native` formulas are MathML alone, for text that ends up where the page's stylesheets don't reach.
    """
    tokens = PARSER.parseInline(text)
    for token in tokens:
        token.map = [0, 1]
    return _collect(tokens, path, line, native)


def strip_links(tokens: Sequence[Token]) -> list[Token]:
    """Return inline tokens without their links, whose text stays: a table of contents links by itself."""
    return [token for token in tokens if token.type not in ("link_open", "link_close")]


def plain_text(tokens: Sequence[Token]) -> str:
    """Return the words of inline tokens, code and TeX as they are written."""
    return "".join(" " if "break" in token.type else token.content for token in tokens)


FORMULAS = {"math_inline": False, "math_inline_double": True, "math_block": True}
"""Token type → whether the formula is displayed."""


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"typographer": True}).enable(["table", "smartquotes"])
    # allow_digits=False: "$5 and $6" isn't a formula. double_inline: $$…$$ may stand within a paragraph.
    parser.use(
        dollarmath_plugin, allow_space=False, allow_digits=False, allow_labels=False, double_inline=True
    )
    parser.core.ruler.before("smartquotes", "keep_plain", _keep_plain)
    return parser


def _keep_plain(state: StateCore) -> None:
    """Note the lone dollar signs before "\\$" becomes one of them, in the inline token's `meta`."""
    for token in state.tokens:
        children = token.children or []
        if any(child.type == "text" and "$" in child.content for child in children):
            token.meta["dollar"] = True


PARSER = _make_parser()


def _collect(tokens: Sequence[Token], path: Path, line: int, native: bool = False) -> Document:
    formulas: list[Formula] = []
    code: list[str] = []
    links: list[Reference] = []
    images: list[Reference] = []
    for token, at in _walk(tokens, line):
        if token.type in FORMULAS:
            formulas.append(Formula(token.content, FORMULAS[token.type], path, at, native))
        elif token.type == "fence" and is_python(token):
            code.append(token.content.rstrip("\n"))
        elif token.type == "link_open":
            links.append(Reference(str(token.attrs["href"]), at))
        elif token.type == "image":
            if not token.content.strip():
                raise BuildProblem("the image has no description; write it in the brackets", path, at)
            images.append(Reference(str(token.attrs["src"]), at))
        elif token.type in ("html_block", "html_inline"):
            shown = token.content.strip().splitlines()[0]
            advice = 'write Markdown, put code into `backticks`, or write "\\<"'
            raise BuildProblem(f"HTML in a lesson's text: {shown}; {advice}", path, at)
        elif token.type == "inline" and token.meta.get("dollar"):
            raise BuildProblem('a lone "$": close the formula, or write "\\$"', path, at)
    return Document(tokens, path, tuple(formulas), tuple(code), tuple(links), tuple(images), native)


def is_python(token: Token) -> bool:
    """Whether a fenced block holds Python."""
    return token.info.strip().split(" ")[0] in ("python", "py")


def _walk(tokens: Sequence[Token], first_line: int) -> Iterator[tuple[Token, int]]:
    """Yield every token with its line of the file; an inline one after the text it stands in."""
    line = first_line
    for token in tokens:
        if token.map:
            line = first_line + token.map[0]
        yield token, line + (_count_lines_to_dollar(token) if token.meta.get("dollar") else 0)
        end = 0
        for child in token.children or []:
            # markdown-it doesn't say where in its paragraph a child stands: look for what it was made from.
            found = token.content.find(_written(child), end)
            end = max(end, found)
            yield child, line + token.content.count("\n", 0, end)


def _written(token: Token) -> str:
    """Return how a formula, a link's address or HTML stands in the text, as far as that can be told."""
    if token.type in FORMULAS:
        return f"{token.markup}{token.content}{token.markup}"
    address = token.attrs.get("href") or token.attrs.get("src")
    return f"({address}" if address and token.markup != "autolink" else str(address or token.content)


def _count_lines_to_dollar(token: Token) -> int:
    rest = token.content
    for child in token.children or []:
        if child.type in FORMULAS:
            rest = rest.replace(_written(child), re.sub(r"[^\n]", " ", _written(child)), 1)
    found = re.search(r"(?<!\\)\$", rest)
    return rest.count("\n", 0, found.start()) if found else 0


def _check_headings(tokens: Sequence[Token], path: Path, line: int) -> None:
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h1":
            at = line + (token.map[0] if token.map else 0)
            raise BuildProblem(
                'the page\'s title is its only "#" heading; sections begin with "##"', path, at
            )


def _choose_id(inline: Token, ids: set[str]) -> str:
    """Make a heading's id from its words without its number, so that links outlive a renumbering."""
    text = re.sub(r"^[\d.]+\s+", "", plain_text(inline.children or []))
    words = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower().replace("'", "")).strip("-") or "section"
    chosen = slug
    number = 2
    while chosen in ids:
        chosen = f"{slug}-{number}"
        number += 1
    ids.add(chosen)
    return chosen
