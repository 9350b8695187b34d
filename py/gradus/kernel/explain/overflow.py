"""Explains numbers too large for a float; in a descent that blows up, with the rate it would take."""

from __future__ import annotations

import ast
import math

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.descent import Descent, find_descent
from gradus.kernel.explain.describe_values import describe, is_number, kind_of
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.histories import NAME, find_growth, read_losses
from gradus.kernel.explain.largest_rate import Limit, find_largest_rate, say_limit
from gradus.kernel.explain.purity import make_purity_test
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code

_LARGEST_EXPONENT = 709.78
"""`math.exp` of anything above is more than a float holds."""


def explain_overflow(scene: Scene) -> Finding | None:
    """A power or exponential above 1.8e308; in a descent, the learning rate is the place to look."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct:
        return None
    title = ""
    hints: list[str] = []
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
        base = node.left if isinstance(node, ast.BinOp) else node.target
        exponent = node.right if isinstance(node, ast.BinOp) else node.value
        value = spot.find(base)
        if kind_of(value) is not float and kind_of(spot.find(exponent)) is not float:
            return None
        title = f"{code(spot.quote(node))} is larger than a float can be, about 1.8e308."
    elif isinstance(node, ast.Call) and len(node.args) == 1:
        title, hints = _explain_call(spot, node)
    descent = find_descent(scene)
    if title and descent is not None:
        hints = _suggest_rate(scene, descent)
    if title and not hints:
        hints = ["See where the numbers begin to grow: print them on the way."]
    return Finding(title, tuple(hints)) if title else None


def _suggest_rate(scene: Scene, descent: Descent) -> list[str]:
    """A smaller rate; the largest that would do, if the losses so far tell it."""
    name, frame = code(descent.rate_text), descent.spot.frame
    within = {node.id for node in ast.walk(descent.loop) if isinstance(node, ast.Name)}
    is_module = frame.f_code.co_name == "<module>"
    inputs = {key: value for key, value in frame.f_locals.items() if not is_module or key in within}
    limit: Limit | None = None
    begin = ""
    for key, value in inputs.items():
        losses = read_losses(value) if NAME.search(key) else None
        growth = find_growth(losses) if losses is not None else None
        if losses is not None and growth is not None and growth.begin is not None:
            begin = f", and the losses in {code(key)} grow from step {growth.begin} on"
            limit = find_largest_rate(losses, descent.rate, inputs, make_purity_test(scene.find_definition))
            break
    hints = [f"{name} is {describe(descent.rate)}{begin}: a smaller learning rate makes shorter steps."]
    if limit is not None:
        hints.append(
            f"{name} must stay below {say_limit(limit.rate)}: that is 2/λ, with λ the steepest curvature."
        )
    return hints


def _explain_call(spot: Spot, node: ast.Call) -> tuple[str, list[str]]:
    function, argument = spot.find(node.func), node.args[0]
    value, text = spot.find(argument), spot.quote(argument)
    if function is math.exp and (value is UNKNOWN or (is_number(value) and value > _LARGEST_EXPONENT)):
        known = is_number(value) and not isinstance(argument, ast.Constant | ast.UnaryOp)
        number = f", and {code(text)} is {describe(value)}" if known else ""
        title = f"{code(spot.quote(node.func))} of more than 709 is larger than a float can be{number}."
        return title, _suggest_sigmoid(spot, node)
    if function is int and kind_of(value) is float and math.isinf(value):
        return f"{code(text)} is infinite, and there is no such whole number.", []
    return "", []


def _suggest_sigmoid(spot: Spot, node: ast.Call) -> list[str]:
    """`1 / (1 + exp(-x))` for a very negative x."""
    argument = node.args[0]
    outer = spot.parents.get(node)
    above = spot.parents.get(outer) if outer is not None else None
    is_sum = isinstance(outer, ast.BinOp) and isinstance(outer.op, ast.Add)
    is_sigmoid = is_sum and isinstance(above, ast.BinOp) and isinstance(above.op, ast.Div)
    if not is_sigmoid or not isinstance(argument, ast.UnaryOp) or not isinstance(argument.op, ast.USub):
        return []
    x, exp = spot.quote(argument.operand), spot.quote(node.func)
    return [
        f"Where {code(x)} is negative, {code(f'{exp}({x}) / (1 + {exp}({x}))')} is the same and stays small."
    ]
