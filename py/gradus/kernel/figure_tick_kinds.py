"""The major or the minor ticks of an axis, measured and drawn with one of them in the place of all."""

from __future__ import annotations

from collections.abc import Iterator
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

    def __init__(self, row: TickRow, number: int) -> None:
        self.row = row
        self.number = number

    def draw(self, renderer: Any) -> None:
        """Draw it."""
        self.row.draw(self.number, renderer)


class TickKind:
    """`pattern` stands in the place of all; `along` is 0 for a horizontal axis and 1 for a vertical one."""

    def __init__(self, pattern: Any, along: int, sizes: TextSizes) -> None:
        self.pattern = pattern
        self.along = along
        self.sizes = sizes
        self._row = TickRow(self, [], [])

    def place(self, locations: list[Any], labels: list[str]) -> list[Any]:
        """Give the ticks these places and labels; gives what is to be drawn, the pattern first."""
        self._row = TickRow(self, locations, labels)
        if not locations:
            return []
        self.move(locations[0], labels[0])
        return [self.pattern, *(PlacedTick(self._row, number) for number in range(1, len(locations)))]

    def measure(self, name: str, ticks: list[Any], renderer: Any) -> list[Bbox]:
        """The boxes of the first or second labels of those of these ticks that are of this kind."""
        label = getattr(self.pattern, name)
        if not label.get_visible():
            return []
        places = [place for tick in ticks if (place := self._find_place(tick)) is not None]
        if not places:
            return []
        locations, labels = [location for location, _ in places], [words for _, words in places]
        layouts = self.sizes.find_all(labels, label, renderer)
        if layouts is None:
            return [self._measure_itself(name, *place, renderer) for place in places]
        label._renderer = renderer
        points = label.get_transform().transform(self.find_positions(label, locations))
        return [
            Bbox(layout.corners + point if words else np.array((point, point)))
            for layout, words, point in zip(layouts, labels, points, strict=True)
        ]

    def draw_first(self, renderer: Any) -> None:
        """Draw the first of the ticks."""
        self._row.draw(0, renderer)

    def move(self, location: Any, words: str) -> None:
        """Put the pattern there."""
        tick = self.pattern
        tick.update_position(location)
        tick.label1.set_text(words)
        tick.label2.set_text(words)

    def find_positions(self, label: Any, locations: list[Any]) -> np.ndarray:
        """Where a label of the pattern stands when the pattern is at these places."""
        positions = np.empty((len(locations), 2))
        positions[:] = label.get_unitless_position()
        positions[:, self.along] = locations
        return positions

    def _find_place(self, tick: Any) -> tuple[Any, str] | None:
        if tick is self.pattern:
            return self._row.find_place(0)
        if type(tick) is PlacedTick and tick.row.kind is self:
            return tick.row.find_place(tick.number)
        return None

    def _measure_itself(self, name: str, location: Any, words: str, renderer: Any) -> Bbox:
        self.move(location, words)
        box: Bbox = getattr(self.pattern, name).get_window_extent(renderer)
        return box


class TickRow:
    """The ticks of a kind at certain places."""

    def __init__(self, kind: TickKind, locations: list[Any], labels: list[str]) -> None:
        self.kind = kind
        self._locations, self._labels = locations, labels
        self._renderer: Any = None
        self._players: list[Player] = []

    def find_place(self, number: int) -> tuple[Any, str]:
        """Where a tick is, and what its labels say."""
        return self._locations[number], self._labels[number]

    def draw(self, number: int, renderer: Any) -> None:
        """Draw one of them."""
        if self._renderer is not renderer:
            self._renderer, self._players = renderer, list(self._make_players(renderer))
        for play in self._players:
            play(number)

    def _make_players(self, renderer: Any) -> Iterator[Player]:
        kind, tick = self.kind, self.kind.pattern
        if not tick.get_visible():
            return
        kind.move(*self.find_place(0))
        for name in PARTS:
            part = getattr(tick, name)
            if not part.get_visible():
                continue
            if name in LINES:
                play = make_line_player(part, renderer, kind.along, self._locations)
            else:
                points = part.get_transform().transform(kind.find_positions(part, self._locations))
                play = make_label_player(part, renderer, kind.sizes, self._labels, points)
            yield play or self._make_real_player(part, renderer)

    def _make_real_player(self, part: Any, renderer: Any) -> Player:
        def play(number: int) -> None:
            self.kind.move(*self.find_place(number))
            part.draw(renderer)

        return play
