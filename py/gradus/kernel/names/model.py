"""What is known of a cell's dealings with names, and of a function's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

GIVEN = ""
"""Stands for whatever a function was given when it was called."""


@dataclass(frozen=True)
class Change:
    """A name's object is changed in place; `deep` if what it contains may change too."""

    name: str
    deep: bool = False


@dataclass(frozen=True)
class Call:
    """A function of the reader's is called with the objects of these names."""

    function: str
    arguments: frozenset[str]


@dataclass(frozen=True)
class Result:
    """What a call of the reader's function, or of a method of an object, gives."""

    owner: str
    """The function, or the object whose method is called."""
    arguments: frozenset[str]
    is_method: bool = False


@dataclass(frozen=True)
class Value:
    """What the value of a name may be made of."""

    aliases: frozenset[str] = frozenset()
    """Names whose object it may be, or share memory with."""
    holds: frozenset[str] = frozenset()
    """Names whose objects it may contain."""
    parts: frozenset[str] = frozenset()
    """Names whose contents it may be one of."""
    codes: frozenset[Code] = frozenset()
    """Functions that it is or contains."""
    results: frozenset[Result] = frozenset()
    """Calls whose result it may be or contain."""
    is_foreign: bool = False
    """Whether it may be an object of a library's, which doesn't change what it is given."""
    is_unchanging: bool = False
    """Whether it is a number, a text or the like."""


@dataclass(frozen=True)
class Code:
    """What a function, or the methods of a class, do to names of the module whenever they are called."""

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    changes: frozenset[Change] = frozenset()
    calls: frozenset[Call] = frozenset()
    keeps: frozenset[tuple[str, str]] = frozenset()
    """(container, content): objects put into others, or set as the value of a name."""
    result: Value | None = None
    """What a call gives; None if that can't be told."""
    alters: bool = False
    """Whether it may change an object that it is given."""
    opaque: bool = False
    """Whether it may do anything: it uses `exec`, `globals()` or the like."""
    is_class: bool = False


@dataclass(frozen=True)
class Names:
    """A cell's dealings with names.

    Some names stand for the state of modules, and have a dot in them: `numpy.random.state` is the state of
    NumPy's random numbers, `matplotlib.` are matplotlib's settings, `files.` the files.
    """

    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Names used before the cell has surely set them, each with the names surely set before its uses."""
    defines: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    """Names that the cell may set or delete, with what their values may be made of."""
    always_defines: frozenset[str] = frozenset()
    """Those that it sets or deletes whenever it ends without an error."""
    changes: frozenset[Change] = frozenset()
    calls: frozenset[Call] = frozenset()
    keeps: frozenset[tuple[str, str]] = frozenset()
    modules: Mapping[str, str] = field(default_factory=dict)
    """Names that mean something imported, with its dotted path, as they are after the cell."""
    stars: tuple[str, ...] = ()
    """Modules of `from module import *`: any name may come from there."""
    opaque: bool = False
    """Whether the cell may read and set any name: it uses `exec`, `globals()` or the like."""

    def find_codes(self, names: Iterable[str]) -> set[Code]:
        """The cell's own functions that may run when these names are used."""
        return find_own_codes(self.defines, names)


def find_own_codes(defines: Mapping[str, Sequence[Value]], names: Iterable[str]) -> set[Code]:
    """Of the functions among these values, those that may run when the names are used."""
    found: set[Code] = set()
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for value in defines.get(name, ()):
            found |= value.codes
            waiting += value.aliases | value.holds | {result.owner for result in value.results}
            waiting += (read for code in value.codes for read in code.reads)
    return found
