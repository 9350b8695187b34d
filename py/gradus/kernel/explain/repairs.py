"""Proposes corrected words and signs for text that isn't Python; each is a guess, tried before it shows."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator

from gradus.kernel.explain.repairs_brackets import propose_bracket, propose_comma, propose_string
from gradus.kernel.explain.trouble import Proposal, Repair, Trouble, split_comment

_COMPOUND = re.compile(
    r"\s*(if|elif|else|for|while|def|class|try|except|finally|with|async\s+def|match|case)\b"
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"})  # noqa: RUF001
_SIGNS = {
    "−": "-",  # noqa: RUF001
    "–": "-",  # noqa: RUF001
    "×": "*",  # noqa: RUF001
    "·": "*",
    "⋅": "*",
    "÷": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "²": "**2",
    "³": "**3",
}
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u200b\u202f\u3000\ufeff"), " ")
_OPERATORS = (
    (re.compile(r"\s*&&\s*"), " and ", "&&", "and"),
    (re.compile(r"\s*\|\|\s*"), " or ", "||", "or"),
    (re.compile(r"!(?!=)\s*"), "not ", "!", "not"),
    (re.compile(r"=<"), "<=", "=<", "<="),
    (re.compile(r"=>"), ">=", "=>", ">="),
    (re.compile(r"<>"), "!=", "<>", "!="),
    (re.compile(r"==="), "==", "===", "=="),
)


def _propose_quotes(trouble: Trouble) -> Iterator[Repair]:
    corrected = trouble.line.translate(_QUOTES)
    if corrected != trouble.line:
        yield Repair(corrected, "The quotes on this line are curly, and Python knows only straight ones.")


def _propose_characters(trouble: Trouble) -> Iterator[Repair]:
    corrected = trouble.line.translate(_SPACES)
    if corrected != trouble.line:
        yield Repair(corrected, "A character on this line looks like a space and isn't one.")
    found = next((sign for sign in _SIGNS if sign in trouble.line), None)
    if found is not None:
        corrected = trouble.line
        for sign, plain in _SIGNS.items():
            corrected = corrected.replace(sign, plain)
        yield Repair(corrected, f"The sign `{found}` isn't Python's: it is written `{_SIGNS[found]}`.")


def _propose_else_if(trouble: Trouble) -> Iterator[Repair]:
    found = re.match(r"(\s*)(else\s+if|elseif|elsif|elif\s+if)\b", trouble.line)
    if found:
        written = " ".join(found[2].split())
        yield Repair(f"{found[1]}elif{trouble.line[found.end() :]}", f"Python writes `{written}` as `elif`.")


def _propose_colon(trouble: Trouble) -> Iterator[Repair]:
    found = _COMPOUND.match(trouble.line)
    body, comment = split_comment(trouble.line)
    if not found:
        return
    for other in re.finditer(r"\s+(then|do)\s*:?$", body):
        title = f"Python has no `{other[1]}`: the colon says it all."
        yield Repair(f"{body[: other.start()]}:{comment}", title)
    if body.endswith(":"):
        return
    title = f"A line that begins with `{' '.join(found[1].split())}` ends with a colon."
    yield Repair(f"{body}:{comment}", title)
    if body.endswith((";", "{", ".", ",")):
        yield Repair(f"{body[:-1].rstrip()}:{comment}", title)


def _propose_comparison(trouble: Trouble) -> Iterator[Repair]:
    """`if x = 3:`; only behind a word that asks for a condition."""
    line = trouble.line
    if not re.match(r"\s*(if|elif|while)\b", line):
        return
    for place in re.finditer(r"(?<![=!<>:+\-*/%])=(?!=)", line):
        corrected = f"{line[: place.start()]}=={line[place.end() :]}"
        yield Repair(corrected, "A single `=` gives a name its value; to compare, Python writes `==`.")


def _propose_print(trouble: Trouble) -> Iterator[Repair]:
    found = re.match(r"(\s*)print\s+(?=\S)", trouble.line)
    if found:
        body, comment = split_comment(trouble.line)
        corrected = f"{found[1]}print({body[found.end() :].rstrip(';')}){comment}"
        yield Repair(corrected, "`print` is a function, so what it shows stands in parentheses.")


def _propose_operator(trouble: Trouble) -> Iterator[Repair]:
    found = re.match(r"(\s*)([\w.\[\]]+)\s*(\+\+|--)\s*;?$", trouble.line)
    if found:
        step = f"{found[3][0]}= 1"
        yield Repair(f"{found[1]}{found[2]} {step}", f"Python has no `{found[3]}`; it writes `{step}`.")
    for pattern, plain, wrong, right in _OPERATORS:
        if pattern.search(trouble.line):
            corrected = pattern.sub(plain, trouble.line)
            yield Repair(corrected, f"Python writes `{wrong}` as `{right}`.")


def _propose_word(trouble: Trouble) -> Iterator[Repair]:
    """Words of other languages."""
    line = trouble.line
    found = re.match(r"(\s*for\s+[\w, ()]+?)\s+(on|of|from|:|=)\s+(.*)$", line)
    if found:
        title = f"A loop over things is written `for … in …`, without `{found[2]}`."
        yield Repair(f"{found[1]} in {found[3]}", title)
    found = re.match(r"(\s*)foreach\s+(.*)$", line)
    if found:
        yield Repair(f"{found[1]}for {found[2]}", "Python's loop over things is `for … in …`.")
    found = re.match(r"(\s*)(function|func|fun|define)\s+(\w+\s*\(.*\))\s*[:{]?\s*$", line)
    if found:
        yield Repair(f"{found[1]}def {found[3]}:", f"A function begins with `def`, not with `{found[2]}`.")
    found = re.match(r"(\s*)(let|var|const|int|float|double)\s+(\w+\s*=.*?);?$", line)
    if found:
        title = f"A name needs no `{found[2]}` before it: it is there once it has a value."
        yield Repair(f"{found[1]}{found[3]}", title)


def _propose_parameters(trouble: Trouble) -> Iterator[Repair]:
    found = re.match(r"(\s*def\s+\w+)\s*:", trouble.line)
    if found:
        title = "A function's name is followed by parentheses, even if nothing is in them."
        yield Repair(f"{found[1]}():{trouble.line[found.end() :]}", title)


def _propose_name(trouble: Trouble) -> Iterator[Repair]:
    """`learning rate = 0.1`, and `w - learning rate * slope` where there is a `learning_rate`."""
    title = "A name is one word; Python joins words with underscores."
    found = re.match(r"(\s*)([A-Za-z]\w*(?: [A-Za-z]\w*){1,3})(\s*=[^=].*)$", trouble.line)
    if found and not any(keyword.iskeyword(word) for word in found[2].split()):
        yield Repair(f"{found[1]}{found[2].replace(' ', '_')}{found[3]}", title)
    corrected = re.sub(
        r"\b([A-Za-z]\w*) ([A-Za-z]\w*)\b",
        lambda pair: f"{pair[1]}_{pair[2]}" if f"{pair[1]}_{pair[2]}" in trouble.names else pair[0],
        trouble.line,
    )
    if corrected != trouble.line:
        yield Repair(corrected, title)


def _propose_product(trouble: Trouble) -> Iterator[Repair]:
    """`2x`, but not `1e` and `0xZ`, which are numbers gone wrong."""
    line = trouble.line
    corrected = re.sub(r"(?<![\w.])([1-9]\d*(?:\.\d+)?)(?=[A-Za-z])(?![eEjJ]\b)", r"\1 * ", line)
    if corrected != line and "'" not in line and '"' not in line:
        title = "A number and a name side by side don't make a product: multiplication needs `*`."
        yield Repair(corrected, title)


PROPOSALS: tuple[Proposal, ...] = (
    _propose_quotes,
    _propose_characters,
    _propose_else_if,
    _propose_colon,
    _propose_comparison,
    _propose_print,
    _propose_operator,
    _propose_word,
    _propose_parameters,
    _propose_name,
    _propose_product,
    propose_bracket,
    propose_string,
    propose_comma,
)
"""Asked in this order; the first that helps is shown."""
