"""What a class, an object or an import gives under a name, found in the text or by looking."""

from __future__ import annotations

import ast
import sys
from types import MethodType, ModuleType
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN, find_member


def own_assignments(body: ast.ClassDef) -> list[tuple[str, ast.expr | None]]:
    """What a class assigns in its body and to `self` in its methods."""
    found: list[tuple[str, ast.expr | None]] = []
    for node in ast.walk(body):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, (ast.AnnAssign, ast.AugAssign)):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                if target.value.id == "self":
                    found.append((target.attr, node.value))  # type: ignore[attr-defined]
            elif isinstance(target, ast.Name) and node in body.body:
                found.append((target.id, node.value))  # type: ignore[attr-defined]
    return found


def find_unbound(owner: Any, name: str) -> Any:
    """A static method or class method of a class or of an object's class."""
    kind = owner if issubclass(type(owner), type) else type(owner)
    member = find_member(kind, name)
    if type(member) is staticmethod:
        return member.__func__
    return MethodType(member.__func__, kind) if type(member) is classmethod else UNKNOWN


def is_method(member: object) -> bool:
    """Whether a class's member is a method: what it stands for is then no riddle."""
    return find_member(type(member), "__call__") is not UNKNOWN


def find_import(alias: ast.alias, module: str | None) -> Any:
    """A module or one of its names, if it has been imported before: nothing is imported to find out."""
    if module is not None:
        source = sys.modules.get(module)
        part = sys.modules.get(f"{module}.{alias.name}", UNKNOWN)
        return vars(source).get(alias.name, part) if type(source) is ModuleType else part
    path = alias.name if alias.asname else alias.name.partition(".")[0]
    return sys.modules.get(path, UNKNOWN)
