"""The major or the minor ticks of an axis, measured and drawn with one of them in the place of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from matplotlib.transforms import Bbox

from gradus.kernel.figure_text_sizes import TextSizes
from gradus.kernel.figure_tick_players import Player, make_label_player, make_line_player

LINES = ("gridline", "tick1line", "tick2line")
LABELS = ("label1", "label2")
PARTS = (*LINES, *LABELS)
"""In the order in which they are drawn."""


class PlacedTick:
    """Stands for a tick where `Axis.draw` draws it."""

    def __init__(self, number: int, draw: Callable[[int, Any], None]) -> None:
        self._number = number
        self._draw = draw

    def draw(self, renderer: Any) -> None:
        """Draw it."""
        self._draw(self._number, renderer)


class TickKind:
    """`pattern` stands in the place of all; `along` is 0 for a horizontal axis and 1 for a vertical one."""

    def __init__(self, pattern: Any, along: int, sizes: TextSizes) -> None:
        self.pattern = pattern
        self._along = along
        self._sizes = sizes
        self.ticks: list[Any] = []
        self._locations: list[Any] = []
        self._labels: list[str] = []
        self._places: dict[int, int] = {}
        self._players: list[Player] = []
        self._renderer: Any = None

    def place(self, locations: list[Any], labels: list[str]) -> None:
        """Give the ticks other places and labels."""
        self._locations, self._labels = locations, labels
        self._renderer = None
        if not locations:
            self.ticks = []
            return
        self._move(0)
        self.ticks = [self.pattern, *(PlacedTick(number, self._draw) for number in range(1, len(locations)))]
        self._places = {id(tick): number for number, tick in enumerate(self.ticks)}

    def measure(self, name: str, ticks: list[Any], renderer: Any) -> list[Bbox]:
        """The boxes of the first or second labels of those of these ticks that are of this kind."""
        label = getattr(self.pattern, name)
        numbers = [self._places[id(tick)] for tick in ticks if id(tick) in self._places]
        if not numbers or not label.get_visible():
            return []
        look = self._sizes.find_look(label, renderer)
        words = [self._labels[number] for number in numbers]
        layouts = [look and text and self._sizes.find_words(text, look, label, renderer) for text in words]
        if None in layouts:
            return [self._measure_itself(name, number, renderer) for number in numbers]
        label._renderer = renderer
        points = label.get_transform().transform(self._find_positions(label, numbers))
        corners = [layout.corners if layout else 0.0 for layout in layouts]
        return [
            Bbox(around + point if layout else np.array((point, point)))
            for layout, around, point in zip(layouts, corners, points, strict=True)
        ]

    def draw_first(self, renderer: Any) -> None:
        """Draw the first of the ticks."""
        self._draw(0, renderer)

    def _draw(self, number: int, renderer: Any) -> None:
        if self._renderer is not renderer:
            self._renderer, self._players = renderer, list(self._make_players(renderer))
        for play in self._players:
            play(number)

    def _make_players(self, renderer: Any) -> Iterator[Player]:
        tick = self.pattern
        if not tick.get_visible():
            return
        self._move(0)
        numbers = range(len(self._locations))
        for name in PARTS:
            part = getattr(tick, name)
            if not part.get_visible():
                continue
            if name in LINES:
                play = make_line_player(part, renderer, self._along, self._locations)
            else:
                points = part.get_transform().transform(self._find_positions(part, numbers))
                play = make_label_player(part, renderer, self._sizes, self._labels, points)
            yield play or self._make_real_player(part, renderer)

    def _make_real_player(self, part: Any, renderer: Any) -> Player:
        def play(number: int) -> None:
            self._move(number)
            part.draw(renderer)

        return play

    def _measure_itself(self, name: str, number: int, renderer: Any) -> Bbox:
        self._move(number)
        box: Bbox = getattr(self.pattern, name).get_window_extent(renderer)
        return box

    def _move(self, number: int) -> None:
        tick = self.pattern
        tick.update_position(self._locations[number])
        tick.label1.set_text(self._labels[number])
        tick.label2.set_text(self._labels[number])

    def _find_positions(self, label: Any, numbers: Sequence[int]) -> np.ndarray:
        positions = np.empty((len(numbers), 2))
        positions[:] = label.get_unitless_position()
        positions[:, self._along] = [self._locations[number] for number in numbers]
        return positions
