"""Recognises gradient descent in a text: a loop in which something is lowered by a rate times a slope."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gradus.kernel.explain.describe_values import is_number
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.visible import ancestors_of

RATE = re.compile(
    r"(^|_)(learning_?rate|lrate|lr|eta|alpha|rate|step(_?size)?|η|\N{GREEK SMALL LETTER ALPHA})(_?\d+)?$",
    re.IGNORECASE,
)
_SLOPE = re.compile(r"grad|slope|deriv|^d[A-Za-z]{1,3}(_d[a-z])?$|^g$")


@dataclass(frozen=True)
class Descent:
    """A descent that is under way in one of the reader's frames."""

    spot: Spot
    loop: ast.For | ast.While
    rate_text: str
    rate: float


def find_descent(scene: Scene) -> Descent | None:
    """The descent around the innermost frame, or around a frame that called it."""
    first = max(0, len(scene.entries) - 10)
    for index in range(len(scene.entries) - 1, first - 1, -1):
        spot = scene.spot_at(index)
        for loop in ancestors_of(spot.node or spot.statement, spot.parents):
            if not isinstance(loop, ast.For | ast.While):
                continue
            for rate in find_rates(loop):
                value = spot.find(rate)
                if is_number(value) and value > 0:
                    return Descent(spot, loop, spot.quote(rate), float(value))
    return None


def find_rates(loop: ast.AST) -> Iterator[ast.expr]:
    """The rates in a loop's steps, `w - rate * slope` or `w -= rate * slope`.

    They are known by their names; a number written out counts if the slope has the name of one.
    """
    for node in ast.walk(loop):
        step: ast.expr | None = None
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub):
            step = node.value
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
            step = node.right
        if step is not None:
            factors = list(_factors(step))
            yield from (factor for factor in factors if _is_rate(factor))
            if any(isinstance(factor, ast.Name) and _SLOPE.search(factor.id) for factor in factors):
                yield from (factor for factor in factors if isinstance(factor, ast.Constant))


def _factors(node: ast.expr) -> Iterator[ast.expr]:
    """The factors of a product; of anything else none."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult | ast.Div | ast.MatMult):
        return
    for side in (node.left, node.right):
        if isinstance(side, ast.BinOp):
            yield from _factors(side)
        else:
            yield side


def _is_rate(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return RATE.search(node.id) is not None
    return isinstance(node, ast.Attribute) and RATE.search(node.attr) is not None
