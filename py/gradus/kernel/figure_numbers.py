r"""Formulas that are numbers, as axes have at their ticks, put together without reading them as formulas.

To read `$\mathdefault{2.5}$` matplotlib's grammar tries what it knows at every letter, several hundred times
in all, and finds two digits and a point. Here its own functions are called with what it would have found.
"""

from __future__ import annotations

import re
from typing import Any

from matplotlib import _mathtext
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from gradus.kernel.figure_swaps import is_own

NUMBER = re.compile(
    r"\\mathdefault\{(?P<base>[-\N{MINUS SIGN}]?\d+(\.\d+)?(\\times\d+)?)"
    r"(\^\{(?P<power>[-\N{MINUS SIGN}]?\d+)\})?\}"
)
"""`2.5`, `10^{-3}` and `2\times10^{4}`, with matplotlib's sign that they are in the text's own font."""
SYMBOL = re.compile(r"\\times|.")
USED = ("parse", "non_math", "start_group", "symbol", "group", "end_group", "subsuper", "math", "main")
"""Of `_mathtext.Parser`, with what is done here by other means."""


def parse_number(text: str, dpi: float, font: FontProperties, smooth: bool, hinting: int) -> Any:
    """What `MathTextParser("agg").parse` gives for the text; None if that has to be asked itself."""
    number = NUMBER.fullmatch(text, 1, len(text) - 1) if text[:1] == text[-1:] == "$" else None
    if number is None or not is_own(_mathtext.Parser, *USED):
        return None
    kinds: dict[str, Any] = MathTextParser._font_type_mapping  # type: ignore[attr-defined]
    # New ones each time: the letters that they keep are gone when others have used the same fonts.
    fonts = kinds[font.get_math_fontfamily()](font, hinting)
    box = _put_together(number, fonts, font.get_size_in_points(), dpi)
    return _mathtext.ship(box).to_raster(antialiased=smooth)


def _find_parser() -> Any:
    """The one that all formulas share."""
    if MathTextParser._parser is None:  # type: ignore[attr-defined]
        MathTextParser._parser = _mathtext.Parser()  # type: ignore[attr-defined]
    return MathTextParser._parser  # type: ignore[attr-defined]


def _put_together(number: re.Match[str], fonts: Any, size: float, dpi: float) -> Any:
    """The tree that `Parser.parse` gives for this formula."""
    parser = _find_parser()
    parser._state_stack = [_mathtext.ParserState(fonts, "default", "rm", size, dpi)]
    parser._em_width_cache = {}
    before = parser.non_math([""])
    parser.start_group({"font": "default"})
    symbols = _make_symbols(parser, number, "base")
    if number["power"]:
        parser.start_group({})
        digits = _make_symbols(parser, number, "power")
        parser.end_group()
        (power,) = parser.group({"group": digits})
        raised = {"nucleus": symbols.pop(), "subsuper": ["^", power]}
        symbols += parser.subsuper(number.string, number.end("base"), raised)
    parser.end_group()
    inside = _mathtext.Hlist(parser.group({"group": symbols}))
    parser.pop_state()
    whole = _mathtext.Hlist([*before, inside, *parser.non_math([""])])
    parser._state_stack = []
    return whole


def _make_symbols(parser: Any, number: re.Match[str], part: str) -> list[Any]:
    found = SYMBOL.finditer(number.string, *number.span(part))
    return [parser.symbol(number.string, each.start(), {"sym": each[0]})[0] for each in found]
