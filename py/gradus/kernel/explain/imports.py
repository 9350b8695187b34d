"""Explains imports of modules that aren't there, and of names that a module doesn't have."""

from __future__ import annotations

import ast
import builtins
import sys
from types import ModuleType
from typing import Any

from gradus.kernel.explain.attributes import find_deeper
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nearest import find_nearest
from gradus.kernel.explain.scene import Scene
from gradus.kernel.explain.sentences import ask, code, join_code

_name: Any = ImportError.__dict__["name"]


def explain_import(scene: Scene) -> Finding | None:
    """`import nmpy`, `import torch`, `from math import squareroot`."""
    node, name = scene.spot.node, _name.__get__(scene.error)
    if type(name) is not str or not isinstance(node, ast.Import | ast.ImportFrom):
        return None
    if issubclass(type(scene.error), ModuleNotFoundError):
        return _explain_module(scene, node, name)
    return _explain_name(node, name) if isinstance(node, ast.ImportFrom) and node.module == name else None


def _explain_module(scene: Scene, node: ast.Import | ast.ImportFrom, name: str) -> Finding | None:
    wanted = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    if not any((module + ".").startswith(name + ".") for module in wanted):
        # Some other module's own import failed.
        return None
    parent, _, part = name.rpartition(".")
    if parent:
        return _explain_part(name, parent, part)
    packages = list(scene.surroundings.packages)
    known = dict.fromkeys([*packages, *sys.stdlib_module_names])
    found = [module for module in find_nearest(name, known, limit=2) if not module.startswith("_")]
    hints = [ask(found)] if found else []
    if packages:
        hints.append(f"Besides Python's own modules there are {join_code(sorted(packages), limit=12)}.")
    return Finding(f"There is no module {code(name)} here.", tuple(hints)) if hints else None


def _explain_part(name: str, parent: str, part: str) -> Finding | None:
    """`import matplotlib.pyplt`: the package is there, and this part of it isn't."""
    package = sys.modules.get(parent)
    if type(package) is not ModuleType:
        return None
    names = [other for other in vars(package) if type(vars(package)[other]) is ModuleType]
    paths = vars(package).get("__path__")
    if type(paths) is list:
        import pkgutil

        names += [module.name for module in pkgutil.iter_modules(paths)]
    found = find_nearest(part, dict.fromkeys(names), limit=2)
    if not found:
        return None
    return Finding(
        f"{code(parent)} has no part {code(part)}.", (ask([f"{parent}.{other}" for other in found]),)
    )


def _explain_name(node: ast.ImportFrom, name: str) -> Finding | None:
    module = sys.modules.get(name)
    if type(module) is not ModuleType:
        return None
    missing = next((alias.name for alias in node.names if alias.name not in vars(module)), None)
    if missing is None or missing == "*":
        return None
    deeper = [path.rpartition(".")[0] for path in find_deeper(module, name, missing)]
    found = find_nearest(missing, vars(module), limit=2)
    if missing in vars(builtins):
        hints = [f"{code(missing)} is always there and needs no import."]
    elif deeper:
        hints = [f"{code(deeper[0])} has one: `from {deeper[0]} import {missing}`."]
    else:
        hints = [ask(found)] if found else []
    return Finding(f"The module {code(name)} has no {code(missing)}.", tuple(hints)) if hints else None
