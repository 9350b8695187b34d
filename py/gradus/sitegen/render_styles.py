"""Moves KaTeX's style attributes into classes, so that pages need no inline style at all."""

from __future__ import annotations

import hashlib
import re


class StyleSheet:
    """Collects the declarations of style attributes, each under a class of its own."""

    def __init__(self) -> None:
        self._declarations: dict[str, str] = {}

    def move_styles(self, html: str) -> str:
        """Return KaTeX's HTML with every style attribute replaced by a class of this sheet."""
        return _TAG.sub(self._move_style, html)

    def text(self) -> str:
        """Return the sheet; the same for the same declarations, in whatever order they came."""
        rules = (f".{name}{{{self._declarations[name]}}}\n" for name in sorted(self._declarations))
        return "".join(rules)

    def _move_style(self, tag: re.Match[str]) -> str:
        style = _STYLE.search(tag.group())
        if not style:
            return tag.group()
        name = self._name(style[1])
        rest = tag.group().replace(style.group(), "", 1)
        if _CLASS.search(rest):
            return _CLASS.sub(lambda match: f' class="{match[1]} {name}"', rest, count=1)
        return re.sub(r"^<[\w-]+", lambda match: f'{match.group()} class="{name}"', rest)

    def _name(self, style: str) -> str:
        declarations = [declaration.strip() for declaration in style.split(";") if declaration.strip()]
        # An attribute outranks every selector; only !important gives a class that rank.
        text = "".join(f"{declaration}!important;" for declaration in declarations)
        name = "k" + hashlib.sha256(text.encode()).hexdigest()[:6]
        if self._declarations.setdefault(name, text) != text:
            raise AssertionError(f"two styles share the class {name}")
        return name


# KaTeX escapes < > & and quotes in text and attributes, so tags can be told by their shape.
_TAG = re.compile(r"<[\w-]+(?:\s[^<>]*)?>")
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_CLASS = re.compile(r'\sclass="([^"]*)"')
