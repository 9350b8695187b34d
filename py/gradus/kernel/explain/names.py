"""Explains names without a value: mistyped, not imported, defined below, in another cell, in a function."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from gradus.kernel.explain.cells import find_in_cells
from gradus.kernel.explain.classes import UNKNOWN, own_attributes
from gradus.kernel.explain.describe_values import is_function
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nearest import find_nearest
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.scopes import find_bindings, functions_in, walk_scope
from gradus.kernel.explain.sentences import ask, code
from gradus.kernel.explain.visible import FUNCTIONS, ancestors_of

_ALIASES = {"np": "numpy", "plt": "matplotlib.pyplot", "pd": "pandas", "sp": "scipy"}
"""The short names that everybody gives these modules."""
_OTHER_WORDS = {"null": "None", "nil": "None", "undefined": "None", "true": "True", "false": "False"}
_name: Any = NameError.__dict__["name"]


def explain_name(scene: Scene) -> Finding | None:
    """A name that nothing has: where it is defined, or which one was meant."""
    spot, name = scene.spot, _name.__get__(scene.error)
    node = spot.node
    if not scene.is_direct or type(name) is not str or not isinstance(node, ast.Name) or node.id != name:
        return None
    if name in spot.frame.f_code.co_freevars:
        return None
    for search in _SEARCHES:
        hints = list(search(scene, spot, name))
        if hints:
            return Finding(f"Nothing here is called {code(name)}.", tuple(hints))
    return None


def explain_unbound(scene: Scene) -> Finding | None:
    """A function's own name that is read before it is given a value."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or not isinstance(node, ast.Name):
        return None
    function = next(
        (outer for outer in ancestors_of(node, spot.parents) if isinstance(outer, FUNCTIONS)), None
    )
    if not isinstance(function, ast.FunctionDef) or _may_lose(function, node.id):
        return None
    lines = [binding.lineno for binding in find_bindings(function, node.id) if hasattr(binding, "lineno")]
    if not lines:
        return None
    name, owner = code(node.id), code(function.name)
    title = f"{owner} has a name {name} of its own, because line {lines[0]} sets it, and it has no value yet."
    if node.id not in spot.frame.f_globals and node.id in vars(builtins):
        return Finding(title, (f"Call it something else: {name} is also a function of Python's.",))
    if node.id in spot.frame.f_globals:
        return Finding(
            title,
            (
                f"Give {owner} the {name} from outside as an argument, and let it `return` the new value.",
                f"Or write `global {node.id}` as the first line of {owner}, to use the one from outside.",
            ),
        )
    return Finding(
        f"{name} gets its value on line {lines[0]}, and that line hasn't run in this call of {owner}.",
        (f"Give {name} a value at the beginning of {owner}.",),
    )


def _may_lose(function: ast.AST, name: str) -> bool:
    """Whether a `del` or the end of an `except … as` may have taken the name's value away."""
    return any(
        (isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Del))
        or (isinstance(node, ast.ExceptHandler) and node.name == name)
        for node in ast.walk(function)
    )


def _search_modules(scene: Scene, spot: Spot, name: str) -> Iterator[str]:
    """`np` without its import; `math.pi` without `import math`."""
    package = _ALIASES.get(name)
    if package is not None and package.partition(".")[0] in {*scene.surroundings.packages, *sys.modules}:
        yield f"It is the usual short name of a module: `import {package} as {name}`."
    if name in sys.stdlib_module_names and isinstance(
        spot.parents.get(spot.node or spot.tree), ast.Attribute
    ):
        yield f"It is a module of Python's: put `import {name}` at the top."


def _search_text(scene: Scene, spot: Spot, name: str) -> Iterator[str]:
    """Defined below, or on a line that hasn't run."""
    if _may_lose(spot.tree, name):
        return
    lines = [node.lineno for node in find_bindings(spot.tree, name) if hasattr(node, "lineno")]
    caller = scene.spot_at(0)
    if lines and caller.source is spot.source:
        if min(lines) > caller.line:
            yield f"It gets its value on line {min(lines)}, below: move that up, before line {caller.line}."
        elif max(lines) < caller.line:
            yield f"Line {lines[0]} would give it a value, and hasn't: see what that line depends on."


def _search_functions(scene: Scene, spot: Spot, name: str) -> Iterator[str]:
    """A function's own name, asked for outside."""
    if any(isinstance(outer, FUNCTIONS) for outer in ancestors_of(spot.node, spot.parents)):
        return
    for function in functions_in(spot.tree):
        if find_bindings(function, name) and not _is_global(function, name):
            yield (
                f"It exists only inside {code(function.name)}, while that runs: let it "
                f"`return {name}`, and keep the result under a name."
            )
            return


def _is_global(function: ast.AST, name: str) -> bool:
    return any(isinstance(node, ast.Global) and name in node.names for node in walk_scope(function))


def _search_own_object(scene: Scene, spot: Spot, name: str) -> Iterator[str]:
    """An attribute of the object whose method is running."""
    code_object = spot.frame.f_code
    first = code_object.co_varnames[0] if code_object.co_argcount else ""
    if first == "self" and name in own_attributes(spot.lookup.locals.get("self")):
        yield f"The object has one: {code(f'self.{name}')}."


def _search_inside_modules(scene: Scene, spot: Spot, name: str) -> Iterator[str]:
    """A function that is there under the name of a module: `array` for `np.array`."""
    if len(name) < 2 or name.startswith("_"):
        return
    outer = spot.parents.get(spot.node or spot.tree)
    is_called = isinstance(outer, ast.Call) and outer.func is spot.node
    for module_name, module in list(spot.frame.f_globals.items()):
        if type(module) is not ModuleType or type(module_name) is not str:
            continue
        member = vars(module).get(name)
        if type(member) is float or (is_called and is_function(member)):
            yield f"Did you mean {code(f'{module_name}.{name}')}?"
            return
    import math

    if name in vars(math) and (is_called or type(vars(math)[name]) is float):
        yield f"Python's module math has one: `from math import {name}`."


def _search_cells(scene: Scene, spot: Spot, name: str) -> Iterator[str]:
    """Defined in another cell."""
    where = find_in_cells(scene, lambda names: name in names)
    if where is not None:
        yield f"{where.place} defines it: run that one first."


def _search_nearest(scene: Scene, spot: Spot, name: str) -> Iterator[str]:
    """A name that is only a few keystrokes off, here or in another cell."""
    if name in _OTHER_WORDS:
        yield f"In Python it is called {code(_OTHER_WORDS[name])}."
        return
    own = [
        other
        for other in (*spot.lookup.locals, *spot.frame.f_globals)
        if spot.lookup.find_name(other) is not UNKNOWN
    ]
    found = find_nearest(name, dict.fromkeys(own), limit=2)
    if found:
        yield ask(found)
        return
    where = find_in_cells(scene, lambda names: bool(find_nearest(name, sorted(names))))
    if where is not None:
        nearest = find_nearest(name, sorted(where.names))
        yield f"{ask(nearest)} {where.place} defines {code(nearest[0])}: run that one first."
        return
    if len(name) > 3:
        found = find_nearest(name, [*vars(builtins), "True", "False", "None"])
    if found:
        yield ask(found)


_SEARCHES: tuple[Callable[[Scene, Spot, str], Iterator[str]], ...] = (
    _search_modules,
    _search_text,
    _search_own_object,
    _search_inside_modules,
    _search_cells,
    _search_functions,
    _search_nearest,
)
"""Asked in this order: an exact name somewhere else is surer than a near one here."""
