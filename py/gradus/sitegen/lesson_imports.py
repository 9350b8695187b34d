"""Finds which packages a lesson needs: its imports, looked up in the lock file of the reader's Python."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from gradus.sitegen.lesson_names import suggest_name
from gradus.sitegen.model import CodeCell
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import ROOT

LOCK_FILE = ROOT / "node_modules" / "pyodide" / "pyodide-lock.json"


def find_packages(cells: Sequence[CodeCell], path: Path, lock_file: Path = LOCK_FILE) -> tuple[str, ...]:
    """Return the packages, as the lock file names them and sorted, that the cells or their presets import.

    Raise `BuildProblem` with the line of an import that the reader's Python couldn't satisfy.
    """
    available = _read_lock(lock_file)
    found: set[str] = set()
    for cell in cells:
        for name, line in _find_imports(cell.source):
            if name in sys.stdlib_module_names:
                continue
            if not name:
                message = "a relative import can't work in a lesson; write the module's full name"
                raise BuildProblem(message, path, cell.line + line - 1)
            if name not in available:
                advice = suggest_name(name, available)
                advice = advice if "did you mean" in advice else "a lesson may import what Pyodide has"
                raise BuildProblem(f'"{name}" can\'t be imported; {advice}', path, cell.line + line - 1)
            found.add(available[name])
        for preset in cell.presets:
            found.update(available[name] for name, _ in _find_imports(preset.source) if name in available)
    return tuple(sorted(found))


def name_imports(packages: Iterable[str], lock_file: Path = LOCK_FILE) -> list[str]:
    """Say what packages are called in an import: mostly as the lock file calls them, but `PIL` for pillow."""
    available = _read_lock(lock_file)
    names: list[str] = []
    for package in packages:
        own = [module for module, owner in available.items() if owner == package]
        names += [package] if package in own else own
    return names


def _find_imports(source: str) -> Iterator[tuple[str, int]]:
    """Yield the top-level module of every import, with its line; "" for a relative one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.partition(".")[0], alias.lineno
        elif isinstance(node, ast.ImportFrom):
            yield "" if node.level else (node.module or "").partition(".")[0], node.lineno


@cache
def _read_lock(lock_file: Path) -> Mapping[str, str]:
    """Map importable module → package."""
    try:
        packages = json.loads(lock_file.read_text(encoding="utf-8"))["packages"]
    except OSError:
        raise BuildProblem("is missing; run python3 build.py, which installs it", lock_file) from None
    return {module: name for name, package in packages.items() for module in package["imports"]}
