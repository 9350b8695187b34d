"""Fonts lose the glyphs that the site doesn't show, and no others."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from gradus.sitegen.fonts import characters_in, cut_font

FONT = Path(__file__).parents[2] / "node_modules/katex/dist/fonts/KaTeX_Main-Regular.woff2"


def _characters(font: bytes) -> set[str]:
    return {chr(code) for code in TTFont(BytesIO(font)).getBestCmap()}


def test_characters_are_those_of_the_text() -> None:
    assert characters_in(["<b class='x'>a&lt;b</b>", "<i>∂a</i>"]) == "".join(sorted("a<b∂"))
    assert characters_in([]) == ""


def test_a_cut_font_has_what_is_shown_and_is_small(tmp_path: Path) -> None:
    whole = FONT.read_bytes()
    cut = cut_font(whole, "∇x+12☃", tmp_path)
    assert _characters(cut) == set("∇x+12") & _characters(whole)
    assert len(cut) < len(whole) / 4
    assert cut[:4] == b"wOF2"


def test_the_same_cut_gives_the_same_bytes(tmp_path: Path) -> None:
    first = cut_font(FONT.read_bytes(), "ab", tmp_path / "one")
    assert cut_font(FONT.read_bytes(), "ab", tmp_path / "two") == first
    assert cut_font(FONT.read_bytes(), "abc", tmp_path / "one") != first


def test_a_font_is_cut_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cut_font(FONT.read_bytes(), "ab", tmp_path)
    monkeypatch.setattr("gradus.sitegen.fonts.subset", None)
    assert cut_font(FONT.read_bytes(), "ab", tmp_path) == first
