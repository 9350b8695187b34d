"""Renders parsed Markdown as HTML, once formulas and code are rendered and links are resolved."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

from gradus.sitegen.markdown import FORMULAS, PARSER, Document, is_python, plain_text, strip_links
from gradus.sitegen.outputs_images import StoredImage
from gradus.sitegen.render import Renderings


@dataclass(frozen=True)
class Surroundings:
    """What the HTML of a document depends on besides its text."""

    renderings: Renderings
    resolve_link: Callable[[str], str]
    """Address as the author wrote it, checked before → address as the page needs it."""
    find_image: Callable[[str], StoredImage]


@dataclass(frozen=True)
class Heading:
    """An entry of a table of contents."""

    level: int
    id: str
    html: Markup
    """Its words, without links."""


def render_document(document: Document, surroundings: Surroundings) -> Markup:
    """Render a document as a sequence of block elements, or as text if it was parsed inline."""
    html = _Renderer().render(
        document.tokens, PARSER.options, {"surroundings": surroundings, "native": document.native}
    )
    return Markup(html.strip())


def list_headings(document: Document, surroundings: Surroundings) -> tuple[Heading, ...]:
    """List the headings of a document, in order."""
    found = []
    for index, token in enumerate(document.tokens):
        if token.type == "heading_open":
            words = strip_links(document.tokens[index + 1].children or [])
            html = _Renderer().renderInline(
                words, PARSER.options, {"surroundings": surroundings, "native": False}
            )
            found.append(Heading(int(token.tag[1:]), str(token.attrs["id"]), Markup(html)))
    return tuple(found)


_Environment = MutableMapping[str, Any]


class _Renderer(RendererHTML):
    """markdown-it's renderer, with rules for what the surroundings decide; it writes no inline style."""

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Environment) -> str:
        source = tokens[idx].content.rstrip("\n")
        if not is_python(tokens[idx]):
            return Markup('<pre class="code"><code>{}</code></pre>\n').format(source)
        code = Markup(_surroundings(env).renderings.highlighted(source))
        return Markup('<pre class="code"><code class="language-python">{}</code></pre>\n').format(code)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Environment) -> str:
        return Markup('<pre class="code"><code>{}</code></pre>\n').format(tokens[idx].content.rstrip("\n"))

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Environment) -> str:
        token = tokens[idx]
        address = _surroundings(env).resolve_link(str(token.attrs["href"]))
        title = Markup(' title="{}"').format(token.attrs["title"]) if "title" in token.attrs else ""
        relation = Markup(' rel="noopener"') if "://" in address else ""
        return Markup('<a href="{}"{}{}>').format(address, title, relation)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Environment) -> str:
        image = _surroundings(env).find_image(str(tokens[idx].attrs["src"]))
        return image.element(plain_text(tokens[idx].children or []))

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Environment) -> str:
        return '<div class="table-scroll">\n' + self.renderToken(tokens, idx, options, env)

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Environment) -> str:
        return self.renderToken(tokens, idx, options, env) + "</div>\n"

    @staticmethod
    def renderAttrs(token: Token) -> str:
        """Write a table cell's alignment as a class: a strict policy forbids style attributes."""
        alignment = str(token.attrs.get("style", "")).removeprefix("text-align:")
        others = {name: value for name, value in token.attrs.items() if name != "style"}
        attributes = {**others, "class": f"align-{alignment}"} if alignment else others
        return "".join(Markup(' {}="{}"').format(name, value) for name, value in attributes.items())

    def _formula(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Environment) -> str:
        token = tokens[idx]
        renderings = _surroundings(env).renderings
        html = renderings.formula(token.content, FORMULAS[token.type], env["native"])
        return f"<p>{html}</p>\n" if token.block else html

    math_inline = math_inline_double = math_block = _formula


def _surroundings(env: _Environment) -> Surroundings:
    found: Surroundings = env["surroundings"]
    return found
