"""Explains arrays where one yes or no is needed: `if a > 0`, `0 < a < 1`, `a > 0 and b > 0`."""

from __future__ import annotations

import ast

from gradus.kernel.explain.describe_values import is_array
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.shapes import find_operand, wrap

_BUILTINS = {"max": "maximum", "min": "minimum"}


def explain_truth(scene: Scene) -> Finding | None:
    """The condition that has many answers, and how to make one of them."""
    if not scene.is_direct or "truth value of an array" not in scene.message:
        return None
    spot = scene.spot
    node = spot.node
    if isinstance(node, ast.If | ast.While | ast.IfExp | ast.Assert):
        node = node.test
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node = node.operand
    if isinstance(node, ast.Call):
        return _explain_call(spot, node)
    if isinstance(node, ast.BoolOp):
        return _explain_and_or(spot, node)
    if isinstance(node, ast.Compare) and len(node.ops) > 1:
        return _explain_chain(spot, node)
    if node is None or not _is_array(spot, node):
        return None
    outer = spot.parents.get(node)
    if isinstance(outer, ast.BoolOp):
        return _explain_and_or(spot, outer)
    return _explain_condition(spot, node)


def _explain_condition(spot: Spot, node: ast.AST) -> Finding:
    text = wrap(spot.quote(node))
    hints = [f"`{text}.all()` asks whether all of them are true, `{text}.any()` whether at least one is."]
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq) and spot.numpy_name:
        sides = f"{spot.quote(node.left)}, {spot.quote(node.comparators[0])}"
        hints.append(f"`{spot.numpy_name}.array_equal({sides})` asks whether two arrays are the same.")
    operand = find_operand(spot, node)
    number = f" has {operand.size} answers" if operand is not None else " has an answer for every entry"
    return Finding(f"{code(spot.quote(node))}{number}, and here a single yes or no is needed.", tuple(hints))


def _explain_and_or(spot: Spot, node: ast.BoolOp) -> Finding | None:
    if not any(_is_array(spot, value) for value in node.values):
        return None
    word, sign = ("and", "&") if isinstance(node.op, ast.And) else ("or", "|")
    joined = f" {sign} ".join(_in_parentheses(spot, value) for value in node.values)
    return Finding(
        f"`{word}` needs a single yes or no on each side, and an array has one for every entry.",
        (f"For arrays write `{sign}`, with parentheses: {code(joined)}.",),
    )


def _explain_chain(spot: Spot, node: ast.Compare) -> Finding | None:
    sides = [node.left, *node.comparators]
    if not any(_is_array(spot, side) for side in sides):
        return None
    parts = []
    for left, operation, right in zip(sides, node.ops, sides[1:], strict=False):
        pair = ast.Compare(left=left, ops=[operation], comparators=[right])
        parts.append(f"({ast.unparse(pair)})")
    return Finding(
        f"{code(spot.quote(node))} needs a single yes or no half-way, and an array has one for every entry.",
        (f"Compare in two steps: {code(' & '.join(parts))}.",),
    )


def _explain_call(spot: Spot, node: ast.Call) -> Finding | None:
    if spot.lookup.is_builtin(node.func, "bool") and len(node.args) == 1 and _is_array(spot, node.args[0]):
        return _explain_condition(spot, node.args[0])
    if not spot.lookup.is_builtin(node.func, *_BUILTINS) or not spot.numpy_name or len(node.args) != 2:
        return None
    name = spot.quote(node.func)
    if not any(_is_array(spot, argument) for argument in node.args):
        return None
    arguments = ", ".join(spot.quote(argument) for argument in node.args)
    call = f"{spot.numpy_name}.{_BUILTINS[name]}({arguments})"
    return Finding(
        f"`{name}` compares whole things, and arrays compare entry by entry.",
        (f"{code(call)} takes the {'larger' if name == 'max' else 'smaller'} of each pair.",),
    )


def _is_array(spot: Spot, node: ast.AST) -> bool:
    """Whether an expression is, or makes, an array of more than one entry."""
    if is_array(spot.find(node)):
        return bool(spot.find(node).size > 1)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _is_array(spot, node.operand)
    operand = find_operand(spot, node)
    return operand is not None and operand.is_array and operand.size > 1


def _in_parentheses(spot: Spot, node: ast.AST) -> str:
    text = spot.quote(node)
    return text if wrap(text) == text else f"({text})"
