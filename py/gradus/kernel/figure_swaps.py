"""Puts quick functions in the place of matplotlib's while a figure is drawn, if those are still its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

_stand_ins: set[CodeType] = set()


@dataclass(frozen=True)
class Swap:
    """A quick function for `owner.name`; made from matplotlib's own, which it may call."""

    owner: Any
    name: str
    make: Callable[[Callable[..., Any]], Callable[..., Any]]


def stand_in(function: Function) -> Function:
    """Lets a function that does what one of matplotlib's does count as matplotlib's own."""
    _stand_ins.add(function.__code__)
    return function


def is_own(owner: Any, *names: str) -> bool:
    """Whether these functions of a class or module of matplotlib's are as matplotlib defines them."""
    import matplotlib

    folder = str(Path(matplotlib.__file__).parent)
    for name in names:
        code = getattr(getattr(owner, name, None), "__code__", None)
        if code is None or not (code.co_filename.startswith(folder) or code in _stand_ins):
            return False
    return True


@contextmanager
def swapping(swaps: Iterable[Swap]) -> Iterator[None]:
    """While this lasts, the quick functions are used."""
    before: list[tuple[Any, str, Any]] = []
    try:
        for owner, name, make in [(swap.owner, swap.name, swap.make) for swap in swaps]:
            if not is_own(owner, name):
                continue
            found = owner.__dict__[name]
            before.append((owner, name, found))
            static = isinstance(found, staticmethod)
            setattr(owner, name, staticmethod(make(found.__func__)) if static else make(found))
        yield
    finally:
        for owner, name, found in before:
            setattr(owner, name, found)
