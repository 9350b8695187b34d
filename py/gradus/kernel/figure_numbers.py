r"""Formulas that are numbers, as axes have at their ticks, put together without reading them as formulas.

To read `$\mathdefault{2.5}$` matplotlib's grammar tries what it knows at every letter, several hundred times
in all, and finds two digits and a point. Here its own functions are called with what it would have found.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from matplotlib import _mathtext
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from gradus.kernel.figure_swaps import is_own

START, TIMES = r"\mathdefault{", r"\times"
NUMBER = re.compile(
    r"\$\\mathdefault\{[-\N{MINUS SIGN}]?\d+(\.\d+)?(\\times\d+)?(\^\{[-\N{MINUS SIGN}]?\d+\})?\}\$"
)
"""`2.5`, `10^{-3}` and `2\times10^{4}`, with matplotlib's sign that they are in the text's own font."""
USED = ("parse", "non_math", "start_group", "symbol", "group", "end_group", "subsuper", "math", "main")
"""Of `_mathtext.Parser`, with what is done here by other means."""


def parse_number(text: str, dpi: float, font: FontProperties, smooth: bool, hinting: int) -> Any:
    """What `MathTextParser("agg").parse` gives for the text; None if that has to be asked itself."""
    if not NUMBER.fullmatch(text) or not is_own(_mathtext.Parser, *USED):
        return None
    kinds: dict[str, Any] = MathTextParser._font_type_mapping  # type: ignore[attr-defined]
    # New ones each time: the letters that they keep are gone when others have used the same fonts.
    fonts = kinds[font.get_math_fontfamily()](font, hinting)
    box = _put_together(text[1:-1], fonts, font.get_size_in_points(), dpi)
    return _mathtext.ship(box).to_raster(antialiased=smooth)


@lru_cache(1)
def _find_parser() -> Any:
    return _mathtext.Parser()


def _put_together(text: str, fonts: Any, size: float, dpi: float) -> Any:
    """The tree that `Parser.parse` gives for a formula of this text."""
    parser = _find_parser()
    parser._state_stack = [_mathtext.ParserState(fonts, "default", "rm", size, dpi)]
    parser._em_width_cache = {}
    before = parser.non_math([""])
    parser.start_group({"font": "default"})
    found: list[Any] = []
    at = len(START)
    while text[at] != "}":
        if text[at] == "^":
            begin = at + len("^{")
            parser.start_group({})
            digits = [
                parser.symbol(text, place, {"sym": text[place]})[0] for place in range(begin, len(text) - 2)
            ]
            parser.end_group()
            power = parser.group({"group": digits})
            found.append(parser.subsuper(text, at, {"nucleus": found.pop(), "subsuper": ["^", *power]})[0])
            at = begin + len(digits) + 1
            continue
        symbol = TIMES if text.startswith(TIMES, at) else text[at]
        found += parser.symbol(text, at, {"sym": symbol})
        at += len(symbol)
    parser.end_group()
    inside = _mathtext.Hlist(parser.group({"group": found}))
    parser.pop_state()
    whole = _mathtext.Hlist([*before, inside, *parser.non_math([""])])
    parser._state_stack = []
    return whole
