"""A number at a tick is the very picture that matplotlib makes of it when it reads it as a formula."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib import _mathtext, font_manager
from matplotlib.backends.backend_agg import get_hinting_flag
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from gradus.kernel.figure_numbers import parse_number
from gradus.kernel.figure_text import FormulaParser
from gradus.kernel.figures import STYLE

MINUS = "\N{MINUS SIGN}"
NUMBERS = [
    *("0", "7", "11", "0.0", "2.5", "10.00", "1234567890", f"{MINUS}1", f"{MINUS}0.75", "-3", "-3.25"),
    *("10^{0}", "10^{12}", "10^{-3}", f"10^{{{MINUS}3}}", f"{MINUS}10^{{2}}", "-10^{-15}", "2^{10}"),
    *(r"2\times10^{0}", r"5\times10^{-4}", r"-3\times10^{11}", r"2.5\times10^{3}", "2.5^{3}", r"4\times2"),
]
OTHERS = [
    *("$2.5$", r"$\mathdefault{2.5}", r"\mathdefault{2.5}", r"$\mathdefault{}$", r"$\mathdefault{2,5}$"),
    *(r"$\mathdefault{x}$", r"$\mathdefault{10^2}$", r"$\mathdefault{10^{}}$", r"$\mathdefault{1}$ m"),
    *(r"$\mathdefault{1}$$\mathdefault{2}$", r"$\mathdefault{.5}$", r"$\mathdefault{10^{0.5}}$", "10"),
]
FONTS = {
    "the site's": {},
    "Computer Modern": {"mathtext.fontset": "cm"},
    "STIX": {"mathtext.fontset": "stix"},
    "serif": {"mathtext.fontset": "dejavuserif", "mathtext.default": "rm"},
    "the text's own": {"mathtext.fontset": "custom", "mathtext.default": "bf"},
}


@pytest.fixture(autouse=True)
def site_style() -> Iterator[None]:
    with matplotlib.rc_context(fname=STYLE):
        yield


def parse(text: str, dpi: float, font: FontProperties) -> Any:
    hinting = get_hinting_flag()  # type: ignore[no-untyped-call]
    return parse_number(text, dpi, font, True, hinting)


def is_same(one: Any, other: Any) -> bool:
    return one[:-1] == other[:-1] and np.array_equal(np.asarray(one[-1]), np.asarray(other[-1]))


@pytest.mark.parametrize("settings", FONTS.values(), ids=FONTS)
def test_numbers_are_what_they_are_as_formulas(settings: dict[str, str]) -> None:
    with matplotlib.rc_context(settings):
        for dpi, size in ((72, 10), (100, 9.5), (200, 10), (133.7, 17)):
            font = FontProperties(size=size)
            for number in NUMBERS:
                text = rf"$\mathdefault{{{number}}}$"
                found = parse(text, dpi, font)
                assert found is not None, text
                assert is_same(found, MathTextParser("agg").parse(text, dpi, font)), (text, dpi)


@pytest.mark.parametrize("text", OTHERS)
def test_all_else_is_read(text: str) -> None:
    assert parse(text, 100, FontProperties()) is None


def test_numbers_leave_the_parser_as_it_was() -> None:
    font, parser = FontProperties(), MathTextParser("agg")
    text = r"$\hat{y} = x^2_i$ and $\mathdefault{3}$"
    before = parser.parse(text, 100, font)
    parse(r"$\mathdefault{2\times10^{-4}}$", 100, font)
    parser._parse_cached.cache_clear()
    assert is_same(parser.parse(text, 100, font), before)


def test_a_parser_that_someone_has_changed_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    own = _mathtext.Parser.symbol
    monkeypatch.setattr(_mathtext.Parser, "symbol", lambda *arguments: own(*arguments))
    assert parse(r"$\mathdefault{2.5}$", 100, FontProperties()) is None


def test_fonts_may_be_used_by_others_meanwhile() -> None:
    font = FontProperties()
    before = parse(r"$\mathdefault{2.5}$", 100, font)
    for path in {each.fname for each in font_manager.fontManager.ttflist if "DejaVuSans.ttf" in each.fname}:
        font_manager.get_font(path).set_text("other words")
    assert is_same(parse(r"$\mathdefault{2.5}$", 100, font), before)
    assert is_same(
        parse(r"$\mathdefault{5.2}$", 100, font),
        MathTextParser("agg").parse(r"$\mathdefault{5.2}$", 100, font),
    )


def test_figures_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MathTextParser, "parse", lambda *arguments, **settings: pytest.fail("it was read"))
    # Nobody has asked for it before.
    assert FormulaParser().parse(r"$\mathdefault{8.12345}$", 100, FontProperties()) is not None
