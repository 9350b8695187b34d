"""Tells where a None came from: a function without `return`, a method that changes a list in place."""

from __future__ import annotations

import ast
from types import FunctionType, MethodType

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import kind_of
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.scopes import find_bindings, returns_nothing, returns_of
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.visible import FUNCTIONS, ancestors_of

_IN_PLACE: dict[type, tuple[str, ...]] = {
    list: ("append", "extend", "insert", "remove", "clear", "sort", "reverse"),
    dict: ("update", "clear"),
    set: ("add", "update", "remove", "discard", "clear"),
}
"""Methods that change the thing itself, and return None."""


def is_nothing(scene: Scene, node: ast.AST) -> bool:
    """Whether an expression is known to have been None, by its value or because it can be nothing else."""
    value = scene.spot.find(node)
    return value is None or (value is UNKNOWN and _trace_call(scene, node) is not None)


def explain_nothing(scene: Scene, node: ast.AST, need: str) -> Finding | None:
    """A finding for an expression that is None where something else was needed.

    `need` completes the sentence "`y` is None, …". None if it isn't known to be None.
    """
    if isinstance(node, ast.Constant) or not is_nothing(scene, node):
        return None
    title = f"{code(scene.spot.quote(node))} is `None`, {need}."
    origin = _trace_call(scene, node) or _trace_name(scene, node)
    return Finding(
        title, origin or ("A function that ends without `return` gives `None`: see where it came from.",)
    )


def _trace_name(scene: Scene, node: ast.AST) -> tuple[str, ...] | None:
    """The call whose result a name is, if the text leaves no other possibility."""
    if not isinstance(node, ast.Name):
        return None
    spot = scene.spot
    scope = next((o for o in ancestors_of(node, spot.parents) if isinstance(o, FUNCTIONS)), spot.tree)
    bindings = find_bindings(scope, node.id)
    if len(bindings) != 1:
        return None
    assignment = spot.parents.get(bindings[0])
    if not isinstance(assignment, ast.Assign) or assignment.targets != [bindings[0]]:
        return None
    if assignment.lineno > spot.line:
        return None
    if isinstance(assignment.value, ast.Constant):
        return (f"Line {assignment.lineno} sets it to `None`: give it a value before it is used.",)
    if not isinstance(assignment.value, ast.Call):
        return None
    hints = _trace_call(scene, assignment.value, f" on line {assignment.lineno}")
    return hints or _trace_branches(scene, assignment.value, assignment.lineno)


def _trace_call(scene: Scene, node: ast.AST, where: str = "") -> tuple[str, ...] | None:
    """Hints for a call that can only give None."""
    if not isinstance(node, ast.Call):
        return None
    spot = scene.spot
    if spot.lookup.is_builtin(node.func, "print"):
        return (f"`print` shows something and gives `None`{where}: keep the value itself under a name.",)
    if isinstance(node.func, ast.Attribute) and node.func.attr in _IN_PLACE.get(
        kind_of(spot.find(node.func.value)), ()
    ):
        return _explain_in_place(spot, node, node.func, where)
    function = spot.find(node.func)
    definition = scene.find_definition(function.__func__ if type(function) is MethodType else function)
    if definition is None or definition.decorator_list or not returns_nothing(definition):
        return None
    if isinstance(node.func, ast.Name) and not _is_stable(spot, node.func.id):
        return None
    return (
        f"{code(definition.name)} has no `return` with a value: end it with `return` and what it worked out.",
    )


def _trace_branches(scene: Scene, call: ast.Call, line: int) -> tuple[str, ...] | None:
    """A function that returns something in some cases, and evidently not in this one."""
    function = scene.spot.find(call.func)
    definition = scene.find_definition(function)
    if type(function) is not FunctionType or definition is None or definition.decorator_list:
        return None
    if any(isinstance(node.value, ast.Constant) or node.value is None for node in returns_of(definition)):
        return (f"It came from {code(definition.name)} on line {line}: see which `return` was reached.",)
    return (
        f"It came from {code(definition.name)} on line {line}: not every way through it ends in a `return`.",
    )


def _explain_in_place(spot: Spot, call: ast.Call, method: ast.Attribute, where: str) -> tuple[str, ...]:
    owner = spot.quote(method.value)
    alone = f"Write {code(spot.quote(call))} on a line of its own, and go on with {code(owner)}."
    hints = [
        f"{code(f'{owner}.{method.attr}')} changes {code(owner)} itself, and gives `None`{where}.",
        alone,
    ]
    if method.attr == "sort" and not call.args and not call.keywords:
        hints[1] = f"{code(f'sorted({owner})')} gives a sorted copy."
    return tuple(hints)


def _is_stable(spot: Spot, name: str) -> bool:
    """Whether a name can't have meant another function when it was called."""
    bindings = find_bindings(spot.tree, name)
    return len(bindings) <= 1
