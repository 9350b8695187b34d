"""Explains attributes of the reader's own classes that a method sets, and that aren't set yet."""

from __future__ import annotations

import ast
from types import FunctionType
from typing import Any

from gradus.kernel.explain.classes import attribute_names, find_member
from gradus.kernel.explain.describe_values import class_name
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nearest import find_nearest
from gradus.kernel.explain.scene import Scene
from gradus.kernel.explain.scopes import Function
from gradus.kernel.explain.sentences import code


def explain_unset(scene: Scene, node: ast.Attribute, value: Any) -> Finding | None:
    """`model.w` before `model.fit(X, y)`, or after an `__init__` whose name is mistyped."""
    setters = [method for method in find_methods(scene, value) if _sets(method, node.attr)]
    if not setters:
        return None
    owner, name, method = scene.spot.quote(node.value), code(node.attr), setters[0].name
    title = f"{code(owner)} has no {name} yet: {code(method)} sets it, and hasn't got that far."
    if find_nearest(method.strip("_"), ["init"]) or method == "init" or method.strip("_") == "int":
        return Finding(title, (f"Python calls `__init__` by itself: did you mean that by {code(method)}?",))
    if method == "__init__":
        return Finding(title, (f"Set {name} in `__init__` before it is used.",))
    return Finding(title, (f"Call {code(f'{owner}.{method}(…)')} first.",))


def find_methods(scene: Scene, value: Any) -> list[Function]:
    """The methods of an object's class that the reader wrote, as they stand in the text."""
    methods = []
    for name in dict.fromkeys(attribute_names(type(value))):
        member = find_member(type(value), name)
        if type(member) is FunctionType and class_name(value) in member.__qualname__:
            definition = scene.find_definition(member)
            if definition is not None:
                methods.append(definition)
    return methods


def _sets(method: Function, name: str) -> bool:
    if not method.args.args:
        return False
    first = method.args.args[0].arg
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == name
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == first
        for node in ast.walk(method)
    )
