"""Runs programs and checks what is explained about their errors: cases as data.

check_explained("x = [1]\nx[1]", ["`x` has 1 item"], line=2)
check_silent("raise ValueError('mine')")
"""

from __future__ import annotations

import builtins
import sys
import types
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from gradus.kernel.explain import explain
from gradus.kernel.explain.explanation import Explanation
from gradus.kernel.explain.scene import Surroundings
from gradus.kernel.explain.table import find_explanation
from gradus.kernel.program import compile_cell
from gradus.kernel.sources import Sources

Program = str | tuple[str, ...]
PACKAGES = ("numpy", "matplotlib", "pillow")


class Reader:
    """Cells run one after the other in one namespace, as in a session, up to the first error."""

    def __init__(self, cells: Mapping[str, str] | None = None) -> None:
        self.namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
        self.sources = Sources()
        self.surroundings = Surroundings(self.sources.find, self.sources.is_current, cells or {}, PACKAGES)
        self._module = types.ModuleType("__main__")
        self.cell, self.text, self.runs = "", "", 0
        self.error: BaseException | None = None

    def run(self, text: str, cell: str) -> BaseException | None:
        """Run a cell; the error that ended it, with its traceback."""
        self.cell, self.text, self.error = cell, text, None
        self.runs += 1
        shown = sys.displayhook
        sys.displayhook = lambda value: None
        try:
            for code in compile_cell(self.sources.add(cell, text, self.runs)).parts:
                eval(code, self.namespace)
        except BaseException as error:
            self.error = error
        finally:
            sys.displayhook = shown
        return self.error

    def explain(self) -> Explanation | None:
        """What is said about the last error. Mistakes in an explainer aren't hidden, unlike in `explain`."""
        assert self.error is not None
        found = find_explanation(self.error, self.text, self.cell, self.namespace, self.surroundings)
        assert explain(self.error, self.text, self.cell, self.namespace, self.surroundings) == found
        return found


def run(program: Program, cells: Mapping[str, str] | None = None) -> Reader:
    """Run cells named `cell`, `cell 2`, …; only the last one may fail, and has to."""
    texts = (program,) if isinstance(program, str) else program
    reader = Reader(cells)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, text in enumerate(texts, 1):
            error = reader.run(text, "cell" if number == 1 else f"cell {number}")
            assert (error is not None) == (number == len(texts)), (error, text)
    return reader


def check_explained(
    program: Program,
    says: Sequence[str],
    line: int | None = None,
    cells: Mapping[str, str] | None = None,
    never: Sequence[str] = (),
    values: Mapping[str, str] | None = None,
) -> Explanation:
    """The program fails, and the title and hints contain these parts, in this order."""
    reader = run(program, cells)
    found = reader.explain()
    assert found is not None, f"nothing is said about {reader.error!r}"
    text = "\n".join([found.title, *found.hints])
    position = 0
    for part in says:
        assert part in text[position:], f"{part!r} not in {text[position:]!r}"
        position = text.index(part, position) + len(part)
    for part in never:
        assert part not in text, text
    assert 1 <= len(found.hints) <= 3 and len(found.values) <= 6, found
    assert text.count("`") % 2 == 0, text
    if line is not None:
        assert found.location is not None and found.location.line == line
    if values is not None:
        assert {value.name: value.text for value in found.values} == dict(values)
    return found


def check_silent(program: Program, cells: Mapping[str, str] | None = None) -> None:
    """The program fails, and nothing is said about it."""
    found = run(program, cells).explain()
    assert found is None, found.text
