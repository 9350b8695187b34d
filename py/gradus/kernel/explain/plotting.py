"""Explains data for a plot whose x and y don't pair up."""

from __future__ import annotations

import ast

from gradus.kernel.explain.drawing import Drawing, make_rectangle
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene
from gradus.kernel.explain.sentences import code, count
from gradus.kernel.explain.shapes import find_operand

_METHODS = ("plot", "scatter", "bar", "semilogx", "semilogy", "loglog", "fill_between", "errorbar", "step")


def explain_plot(scene: Scene) -> Finding | None:
    """`plt.plot(x, y)` with three values of `x` and four of `y`."""
    spot = scene.spot
    node = spot.node
    if scene.is_direct or not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    if node.func.attr not in _METHODS or len(node.args) < 2 or not _comes_from_matplotlib(scene):
        return None
    x, y = find_operand(spot, node.args[0]), find_operand(spot, node.args[1])
    if x is None or y is None or not x.shape or not y.shape or x.shape[0] == y.shape[0]:
        return None
    return Finding(
        f"Each point needs an x and a y, but {code(x.text)} has {count(x.shape[0], 'value')} "
        f"and {code(y.text)} has {y.shape[0]}.",
        (
            f"Compute {code(y.text)} from the {code(x.text)} that is plotted, or shorten the longer one.",
            f"To plot {code(y.text)} against its own index, leave {code(x.text)} out.",
        ),
        Drawing((make_rectangle(x.text, x.shape), make_rectangle(y.text, y.shape)), ","),
    )


def _comes_from_matplotlib(scene: Scene) -> bool:
    entry = scene.entries[-1][0].tb_next
    module = str(entry.tb_frame.f_globals.get("__name__", "")) if entry is not None else ""
    return module.startswith("matplotlib.")
