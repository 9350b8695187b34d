"""Explains calls of things that aren't functions: numbers, lists, modules, names that hide Python's own."""

from __future__ import annotations

import ast
import builtins
from types import ModuleType
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import describe, is_array, is_number, kind_of, say_kind
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nothing import explain_nothing
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.scopes import find_bindings
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.shapes import wrap

_INDEXED = (list, tuple, str, dict)


def explain_not_callable(scene: Scene) -> Finding | None:
    """`x(3)` for a product, `x(0)` for an item, `list(…)` after `list = […]`, `random()` of a module."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or not isinstance(node, ast.Call):
        return None
    value = spot.find(node.func)
    if value is UNKNOWN or callable(value):
        return None
    name = spot.quote(node.func)
    return (
        explain_nothing(scene, node.func, "and can't be called like a function")
        or _explain_hidden(spot, node, value)
        or _explain_overwritten(scene, node, value)
        or _explain_comma(spot, node, value)
        or _explain_product(spot, node, value, name)
        or _explain_item(spot, node, value, name)
        or _explain_module(node, value, name)
        or _explain_attribute(node, value, name)
    )


def _explain_hidden(spot: Spot, node: ast.Call, value: Any) -> Finding | None:
    """A name of the reader's that stands before a function of Python's."""
    if not isinstance(node.func, ast.Name) or not callable(vars(builtins).get(node.func.id)):
        return None
    name = node.func.id
    bindings = [binding for binding in find_bindings(spot.tree, name) if hasattr(binding, "lineno")]
    place = f", since line {bindings[0].lineno}," if bindings else ""
    hints = [f"Choose another name for yours, such as {code('my_' + name)}, and run its cell again."]
    if name not in spot.lookup.locals or spot.frame.f_locals is spot.frame.f_globals:
        hints.append(f"{code(f'del {name}')} brings Python's own {code(name)} back.")
    return Finding(
        f"{code(name)} is{place} {say_kind(value)} of yours, and hides Python's function of that name.",
        tuple(hints),
    )


def _explain_overwritten(scene: Scene, node: ast.Call, value: Any) -> Finding | None:
    """`mean = mean(x)`: a function whose name was given to its result."""
    if not isinstance(node.func, ast.Name):
        return None
    name = node.func.id
    texts = [scene.spot.source.text, *scene.surroundings.cells.values()]
    bindings = [binding for text in texts for binding in _find_functions(text, name)]
    if not bindings:
        return None
    return Finding(
        f"{code(name)} was a function, and is {say_kind(value)} now, because something else got its name.",
        (f"Give the other one another name, and run the cell that defines {code(name)} again.",),
    )


def _find_functions(text: str, name: str) -> list[ast.AST]:
    """Where a text defines or imports a name as a function or class."""
    if name not in text:
        return []
    try:
        bindings = find_bindings(ast.parse(text), name)
    except (SyntaxError, ValueError):
        return []
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ImportFrom)
    return [binding for binding in bindings if isinstance(binding, kinds)]


def _explain_comma(spot: Spot, node: ast.Call, value: Any) -> Finding | None:
    """`[(1, 2) (3, 4)]`: two things in a row."""
    written = isinstance(node.func, ast.Tuple | ast.List | ast.Constant) and not is_number(value)
    if (
        not written
        or len(node.args) == 0
        or not isinstance(spot.parents.get(node), ast.List | ast.Tuple | ast.Call)
    ):
        return None
    what = code(spot.quote(node.func)) if isinstance(node.func, ast.Constant) else code(describe(value))
    return Finding(
        f"{what} is followed by parentheses, so Python takes it for a function.",
        ("Is there a comma missing between the two?",),
    )


def _explain_product(spot: Spot, node: ast.Call, value: Any, name: str) -> Finding | None:
    if not is_number(value) or node.keywords or len(node.args) != 1:
        return None
    factor = spot.find(node.args[0])
    known = factor is UNKNOWN or is_number(factor) or is_array(factor)
    if isinstance(node.args[0], ast.Starred) or not known:
        return None
    product = f"{name} * ({spot.quote(node.args[0])})"
    return Finding(
        f"{code(name)} is a number, and with parentheses behind it Python takes it for a function.",
        (f"Multiplication needs its sign: {code(product)}.",),
    )


def _explain_item(spot: Spot, node: ast.Call, value: Any, name: str) -> Finding | None:
    if not (kind_of(value) in _INDEXED or is_array(value)) or node.keywords:
        return None
    title = f"{code(name)} is {say_kind(value)}, not a function."
    if not node.args:
        return Finding(title, (f"Leave the `()` out: {code(name)}.",))
    index = ", ".join(spot.quote(argument) for argument in node.args)
    if not _is_index(value, [spot.find(argument) for argument in node.args]):
        return None
    return Finding(title, (f"Items are taken with square brackets: {code(f'{wrap(name)}[{index}]')}.",))


def _is_index(value: Any, keys: list[Any]) -> bool:
    """Whether the arguments would do as indices."""
    if is_array(value):
        shape = value.shape
        return len(keys) <= len(shape) and all(
            kind_of(key) is int and -size <= key < size for key, size in zip(keys, shape, strict=False)
        )
    if len(keys) != 1 or kind_of(keys[0]) not in (int, str):
        return False
    if kind_of(value) is dict:
        return keys[0] in value
    return kind_of(keys[0]) is int and -len(value) <= keys[0] < len(value)


def _explain_module(node: ast.Call, value: Any, name: str) -> Finding | None:
    if type(value) is not ModuleType:
        return None
    member = name.rpartition(".")[2]
    if not callable(vars(value).get(member)):
        return None
    return Finding(
        f"{code(name)} is a module, not a function.",
        (f"The function in it is {code(f'{name}.{member}')}.",),
    )


def _explain_attribute(node: ast.Call, value: Any, name: str) -> Finding | None:
    if not is_number(value) or node.args or node.keywords:
        return None
    return Finding(
        f"{code(name)} is {say_kind(value)}, not a function.", (f"Leave the `()` out: {code(name)}.",)
    )
