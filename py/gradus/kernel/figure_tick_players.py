"""Draws the parts of ticks: what the first one tells the renderer, with the others' places put in."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.path import Path

from gradus.kernel.figure_text_sizes import TextSizes

Player = Callable[[int], None]
"""Draws a part of the tick with this number."""


class _Recorder:
    """A renderer that draws nothing, and remembers what it was told to draw."""

    def __init__(self, renderer: Any) -> None:
        self._renderer = renderer
        self.calls: list[tuple[Callable[..., None], list[Any], int]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._renderer, name)

    # What is told is used again for what is drawn next, so it is copied.
    def draw_path(self, gc: Any, path: Any, *rest: Any) -> None:
        self.calls.append((self._renderer.draw_path, [copy.copy(gc), path, *rest], 1))

    def draw_markers(self, gc: Any, marker: Any, marker_transform: Any, path: Any, *rest: Any) -> None:
        self.calls.append(
            (self._renderer.draw_markers, [copy.copy(gc), marker, marker_transform, path, *rest], 3)
        )


def make_line_player(line: Any, renderer: Any, along: int, locations: list[Any]) -> Player | None:
    """For a line that is at the first location; None if the others can't be drawn like it."""
    recorder = _Recorder(renderer)
    line.draw(recorder)
    vertices = np.repeat(line.get_xydata()[None], len(locations), axis=0)
    vertices[:, :, along] = np.array(locations)[:, None]
    points = line.get_transform().transform_non_affine(vertices.reshape(-1, 2)).reshape(vertices.shape)
    calls: list[tuple[Callable[..., None], list[Any], Any]] = []
    for draw, arguments, place in recorder.calls:
        path = arguments[place]
        if type(path) is not Path or not np.array_equal(path.vertices, points[0]):
            return None
        arguments[place] = path = copy.copy(path)
        calls.append((draw, arguments, path))

    def play(number: int) -> None:
        for draw, arguments, path in calls:
            path._vertices = points[number]
            draw(*arguments)

    return play


def make_label_player(
    label: Any, renderer: Any, sizes: TextSizes, labels: list[str], points: np.ndarray
) -> Player | None:
    """For a label that says this at these points of the canvas; None if it isn't known how it is drawn."""
    plain = label._bbox_patch is None and not label.get_path_effects()
    layouts = sizes.find_all(labels, label, renderer)
    if layouts is None or not plain or not np.isfinite(points).all():
        return None
    gc = renderer.new_gc()
    gc.set_foreground(label.get_color())
    gc.set_alpha(label.get_alpha())
    gc.set_url(label.get_url())
    gc.set_antialiased(label.get_antialiased())
    label._set_gc_clip(gc)
    height = renderer.get_canvas_width_height()[1]
    font, angle = label._fontproperties, label.get_rotation()

    def play(number: int) -> None:
        if not labels[number]:
            return
        x, y = points[number]
        for line, _, right, up in layouts[number].lines:
            words, is_formula = label._preprocess_math(line)
            renderer.draw_text(gc, right + x, height - (up + y), words, font, angle, ismath=is_formula)

    return play
