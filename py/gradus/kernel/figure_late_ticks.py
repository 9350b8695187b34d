"""An axis' ticks that are made only when someone looks at them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib import rc_context, rcParams

SETTINGS = ("lines.antialiased", "text.parse_math")
"""What a new tick takes from the settings even if it is made to look like another."""
NEVER_LOOKS = {
    *("__class__", "__class_getitem__", "__delattr__", "__dir__", "__doc__", "__getattribute__", "__hash__"),
    *("__init__", "__init_subclass__", "__new__", "__setattr__", "__subclasshook__"),
}


class LateTicks(list[Any]):
    """Major or minor ticks, of which only the first is there. Becomes an ordinary list when it is used."""

    def __init__(self, first: Any, make: Callable[[], None]) -> None:
        super().__init__([first])
        self._make: Callable[[], None] | None = make

    def __reduce_ex__(self, protocol: Any) -> Any:
        return list, (list(self),)

    def make(self) -> None:
        """Let all the ticks be there."""
        make, self._make = self._make, None
        if make is not None:
            make()


def _look_first(name: str) -> Callable[..., Any]:
    method = getattr(list, name)

    def look(ticks: LateTicks, *arguments: Any, **named: Any) -> Any:
        ticks.make()
        return method(ticks, *arguments, **named)

    return look


for _name in set(dir(list)) - NEVER_LOOKS - vars(LateTicks).keys():
    setattr(LateTicks, _name, _look_first(_name))


def peek(ticks: Any) -> list[Any]:
    """The ticks that are there."""
    return list(list.__iter__(ticks)) if type(ticks) is LateTicks else ticks


def put_off(axis: Any, major: tuple[list[Any], list[str]], minor: tuple[list[Any], list[str]]) -> None:
    """Leave the ticks of an axis, with these places and labels, to be made later, as they would be now."""
    settings = {name: rcParams[name] for name in SETTINGS}

    def make() -> None:
        for one in late:
            one.make()
        with rc_context(settings):
            ticks = [*axis.get_major_ticks(len(major[0])), *axis.get_minor_ticks(len(minor[0]))]
        places, labels = [*major[0], *minor[0]], [*major[1], *minor[1]]
        for tick, place, label in zip(ticks, places, labels, strict=True):
            tick.update_position(place)
            tick.label1.set_text(label)
            tick.label2.set_text(label)

    late = LateTicks(axis.majorTicks[0], make), LateTicks(axis.minorTicks[0], make)
    axis.majorTicks, axis.minorTicks = late
