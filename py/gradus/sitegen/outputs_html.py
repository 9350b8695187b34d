"""Makes HTML that a lesson's cell displays harmless: what isn't on a list of allowed things is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from markupsafe import Markup, escape


def sanitize_html(html: str) -> Markup:
    """Return well-formed HTML of allowed elements and attributes only.

    Everything is written anew from parsed pieces, text and values escaped. As no element is allowed whose
    content isn't ordinary HTML (script, style, svg …), a browser can't read the result as anything else.
    """
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.result()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _words("br col hr img wbr")
_ALLOWED = _VOID | _words(
    """a abbr b bdi bdo blockquote caption cite code colgroup dd del details dfn div dl dt em figcaption
    figure h3 h4 h5 h6 i ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary
    sup table tbody td tfoot th thead time tr u ul var"""
)
# Of these the content goes too, as it isn't for reading; of others only the tags.
_DROPPED = _words(
    """applet audio button canvas frameset head iframe math noembed noframes noscript object option plaintext
    script select style svg template textarea title video xmp"""
)
_ATTRIBUTES = _words(
    """abbr align alt colspan datetime dir headers height href lang open reversed rowspan scope span src start
    title valign value width"""
)
_LINK = re.compile(r"(?:https?:|mailto:|#)", re.IGNORECASE)
_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._dropping: list[str] = []

    def result(self) -> Markup:
        return Markup("".join(self._pieces) + "".join(f"</{tag}>" for tag in reversed(self._open)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._dropping.append(tag)
        if self._dropping or tag not in _ALLOWED:
            return
        kept = dict(_allowed_attributes(tag, attrs))
        if tag == "img" and "src" not in kept:
            return
        if "href" in kept:
            kept |= {"target": "_blank", "rel": "noopener noreferrer"}
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        self._pieces.append(f"<{tag}{attributes}>")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            if tag in self._dropping:
                del self._dropping[self._dropping.index(tag) :]
        elif tag in self._open:
            inner = len(self._open) - self._open[::-1].index(tag) - 1
            self._pieces.extend(f"</{name}>" for name in reversed(self._open[inner:]))
            del self._open[inner:]

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self._pieces.append(escape(data))


def _allowed_attributes(tag: str, attributes: Sequence[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    for name, value in attributes:
        text = value or ""
        if name not in _ATTRIBUTES:
            continue
        if name == "href" and not (tag == "a" and _LINK.match(text)):
            continue
        if name == "src" and not (tag == "img" and _IMAGE.match(text)):
            continue
        yield name, text
