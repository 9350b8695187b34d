"""What importing the kernel needs: the standard library, nothing of the browser's, nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import gradus.kernel

FOLDER = Path(gradus.kernel.__file__).parent
LAZY = {"numpy", "matplotlib", "PIL"}


def test_importing_the_kernel_imports_nothing_heavy() -> None:
    code = "import sys, gradus.kernel.wire; print(*sys.modules, sep='\\n')"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = set(output.split())
    assert "gradus.kernel.session" in loaded
    assert not loaded & {*LAZY, "pprint", "doctest", "unittest", "js", "pyodide", "IPython", "gradus.sitegen"}


def test_the_kernel_imports_the_standard_library_and_itself() -> None:
    allowed = {*sys.stdlib_module_names, "_typeshed"}
    for path in FOLDER.rglob("*.py"):
        # These are loaded when a figure is drawn, or for warming that up.
        extra = LAZY if path.name.startswith("figure_") or path.name == "warm_figures.py" else set()
        tree = ast.parse(path.read_text())
        for name in find_imports(tree.body):
            assert name.startswith("gradus.kernel.") or name.partition(".")[0] in allowed | extra, (
                path.name,
                name,
            )
        for name in find_imports([*ast.walk(tree)]):
            assert name.startswith("gradus.kernel.") or name.partition(".")[0] in allowed | LAZY, (
                path.name,
                name,
            )


def find_imports(nodes: list) -> list[str]:
    """Modules imported by these statements themselves."""
    found = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module
            found.append(node.module)
    return found
