"""Explains attributes that aren't there: mistyped, of another type, not set yet."""

from __future__ import annotations

import ast
from types import ModuleType
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN, attribute_names, find_member, own_attributes
from gradus.kernel.explain.describe_values import (
    class_name,
    find_numpy,
    is_array,
    is_function,
    kind_of,
    say_kind,
    say_kinds,
)
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nearest import find_nearest
from gradus.kernel.explain.nothing import explain_nothing
from gradus.kernel.explain.scene import Scene
from gradus.kernel.explain.sentences import ask, code
from gradus.kernel.explain.unset_attributes import explain_unset

_LENGTHS = ("length", "len", "size", "count", "lenght")
_OTHER_WORDS: dict[tuple[type, str], str] = {
    (list, "push"): "{x}.append(…)",
    (list, "add"): "{x}.append(…)",
    (list, "append_all"): "{x}.extend(…)",
    (list, "contains"): "… in {x}",
    (list, "map"): "[… for item in {x}]",
    (list, "join"): "', '.join({x})",
    (set, "append"): "{x}.add(…)",
    (set, "push"): "{x}.add(…)",
    (dict, "append"): "{x}[key] = …",
    (dict, "add"): "{x}[key] = …",
    (dict, "has_key"): "key in {x}",
    (dict, "iteritems"): "{x}.items()",
    (str, "contains"): "… in {x}",
    (str, "toUpperCase"): "{x}.upper()",
    (str, "toLowerCase"): "{x}.lower()",
    (str, "reverse"): "{x}[::-1]",
    (str, "append"): "{x} + …",
}
"""What other languages call it, and how it is written here."""
_NUMPY_RANDOM = ("rand", "randn", "randint", "choice", "shuffle", "permutation", "normal", "uniform", "seed")
_name: Any = AttributeError.__dict__["name"]


def explain_attribute(scene: Scene) -> Finding | None:
    """`x.lenght`: which attribute was meant, or what kind of thing `x` is."""
    spot, node = scene.spot, scene.spot.node
    if not isinstance(node, ast.Attribute):
        return None
    name = _name.__get__(scene.error)
    value = spot.find(node.value)
    # A module may look for its attributes itself, in Python.
    if (name is not None and name != node.attr) or (not scene.is_direct and type(value) is not ModuleType):
        return None
    nothing = explain_nothing(scene, node.value, f"which has no attribute {code(node.attr)}")
    if nothing is not None:
        return nothing
    if value is UNKNOWN:
        value = _find_failed(scene, node)
    if value is UNKNOWN or find_member(type(value), node.attr) is not UNKNOWN:
        return None
    if find_member(type(value), "__getattr__") is not UNKNOWN and type(value) is not ModuleType:
        return None
    owner = spot.quote(node.value)
    hints = _suggest(scene, node, value, owner)
    return (
        Finding(_say(value, owner, node.attr), tuple(hints)) if hints else explain_unset(scene, node, value)
    )


def _find_failed(scene: Scene, node: ast.Attribute) -> Any:
    """The object itself, which Python keeps with the error if it had one."""
    failed = AttributeError.__dict__["obj"].__get__(scene.error)
    return UNKNOWN if failed is None else failed


def _say(value: Any, owner: str, name: str) -> str:
    if type(value) is ModuleType:
        return f"The module {code(owner)} has no {code(name)}."
    if find_member(type(value), "__module__") == "__main__":
        return f"{code(owner)} is of class {code(class_name(value))}, and has no {code(name)}."
    return f"{code(owner)} is {say_kind(value)}, and {say_kinds(value)} have no {code(name)}."


def _suggest(scene: Scene, node: ast.Attribute, value: Any, owner: str) -> list[str]:
    outer = scene.spot.parents.get(node)
    is_called = isinstance(outer, ast.Call) and outer.func is node
    word = _OTHER_WORDS.get((kind_of(value), node.attr))
    if word is not None:
        return [f"In Python that is {code(word.format(x=owner))}."]
    if node.attr in _LENGTHS and (kind_of(value) in (list, tuple, dict, set, str) or is_array(value)):
        return [f"The length is {code(f'len({owner})')}."]
    if is_array(value) and node.attr in ("append", "extend") and scene.spot.numpy_name:
        return [
            "Arrays keep their length. Collect in a list, and make that an array at the end.",
            f"{code(f'{scene.spot.numpy_name}.append({owner}, …)')} gives a longer copy.",
        ]
    if kind_of(value) is tuple and node.attr in ("append", "extend", "sort", "remove", "insert"):
        return [f"Tuples can't be changed: use a list, such as {code(f'list({owner})')}."]
    deeper = find_deeper(value, owner, node.attr) if type(value) is ModuleType else []
    if deeper:
        return [ask(deeper)]
    found = find_nearest(node.attr, dict.fromkeys(attribute_names(value)), limit=2)
    if found:
        return [ask([f"{owner}.{name}" for name in found])]
    return _suggest_other_kind(scene, node, value, owner, is_called)


def find_deeper(module: Any, path: str, name: str) -> list[str]:
    """The paths of that name in a module's own parts, at most two."""
    if name.startswith("_"):
        return []
    parts = [other for other, part in list(vars(module).items()) if type(part) is ModuleType]
    found = [part for part in parts if not part.startswith("_") and name in vars(vars(module)[part])]
    if module is find_numpy() and name in _NUMPY_RANDOM:
        # numpy loads that part only when it is first used.
        found = ["random"]
    return [f"{path}.{part}.{name}" for part in found[:2]]


def _suggest_other_kind(
    scene: Scene, node: ast.Attribute, value: Any, owner: str, is_called: bool
) -> list[str]:
    spot, numpy = scene.spot, find_numpy()
    if kind_of(value) in (list, tuple) and numpy is not None and node.attr in dir(numpy.ndarray):
        ending = f"{node.attr}()" if callable(getattr(numpy.ndarray, node.attr)) else node.attr
        if spot.numpy_name and not node.attr.startswith("_"):
            return [f"Arrays have it: {code(f'{spot.numpy_name}.array({owner}).{ending}')}."]
    if is_function(value) and not is_called:
        return [f"{code(owner)} is the function itself; to call it, write {code(f'{owner}(…)')}."]
    if kind_of(value) in (int, float, str):
        return _suggest_other_name(scene, node, owner)
    return []


def _suggest_other_name(scene: Scene, node: ast.Attribute, owner: str) -> list[str]:
    """`losses.append` where `loss.append` was typed."""
    lookup = scene.spot.lookup
    own = [name for name in (*lookup.locals, *lookup.globals) if type(name) is str and name != owner]
    longer = [name for name in own if name.startswith(owner) and owner.isidentifier()]
    for name in (*longer, *find_nearest(owner, dict.fromkeys(own), limit=3)):
        value = lookup.find_name(name)
        if find_member(type(value), node.attr) is not UNKNOWN or node.attr in own_attributes(value):
            return [f"Did you mean {code(f'{name}.{node.attr}')}? {code(name)} is {say_kind(value)}."]
    return []
