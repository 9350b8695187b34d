"""Who may import whom, as the README's map of the house has it."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import pytest

from gradus.sitegen.bundle import run_esbuild
from gradus.sitegen.project import Project

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "py" / "gradus"
SCRIPTS = ROOT / "web" / "src"
# Found where a lesson brings them, so only used once one has; Pillow comes with matplotlib.
LAZY = {"matplotlib", "numpy", "PIL"}
IN_THE_BROWSER_ONLY = {"js", "pyodide", "pyodide_js", "micropip"}


def _imports(tree: ast.AST) -> Iterator[str]:
    """The modules that are imported by statements in this tree, by their full names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            yield node.module or ""


class _WithoutTypes(ast.NodeTransformer):
    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)


class _OutsideFunctions(_WithoutTypes):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> None: ...

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None: ...


def _without_types(tree: ast.Module) -> ast.Module:
    """The module without what only type checkers see."""
    return cast(ast.Module, _WithoutTypes().visit(tree))


def _outside_functions(tree: ast.Module) -> ast.Module:
    """The module without what only runs when a function is called."""
    return cast(ast.Module, _OutsideFunctions().visit(tree))


def _reached_at_import(path: Path) -> set[Path]:
    """Our files that are read when this one is imported, itself included."""
    waiting, seen = [path], set()
    while waiting:
        seen.add(path := waiting.pop())
        for module in _imports(_outside_functions(_parse(path))):
            if module.partition(".")[0] == "gradus":
                place = ROOT / "py" / module.replace(".", "/")
                waiting += {place / "__init__.py" if place.is_dir() else place.with_suffix(".py")} - seen
    return seen


def _roots(modules: Iterable[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _python_files(folder: Path) -> list[pytest.ParameterSet]:
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in sorted(folder.rglob("*.py"))]


@pytest.mark.parametrize("path", _python_files(PACKAGE / "kernel"))
def test_the_kernel_needs_the_standard_library_only(path: Path) -> None:
    modules = set(_imports(_without_types(_parse(path))))
    assert not _roots(modules) & IN_THE_BROWSER_ONLY
    ours = {module for module in modules if module.startswith("gradus")}
    assert all(module.startswith("gradus.kernel") for module in ours)
    assert _roots(modules - ours) <= sys.stdlib_module_names | LAZY


def test_the_kernel_starts_without_what_only_lessons_need() -> None:
    """Importing it brings in the standard library only, whatever it may import once a lesson runs."""
    for path in _reached_at_import(PACKAGE / "kernel" / "wire.py"):
        assert _roots(_imports(_outside_functions(_parse(path)))) <= sys.stdlib_module_names | {"gradus"}, (
            path
        )


@pytest.mark.parametrize("path", _python_files(PACKAGE / "sitegen"))
def test_the_build_never_needs_what_only_lessons_do(path: Path) -> None:
    if path.parent.name == "probes":
        # Run in Pyodide, as readers' programs are.
        return
    assert not _roots(_imports(_parse(path))) & ({"matplotlib", "numpy"} | IN_THE_BROWSER_ONLY)


@pytest.mark.parametrize("path", _python_files(PACKAGE / "bench"))
def test_the_bench_builds_on_the_build_and_drives_browsers(path: Path) -> None:
    if path.parent.name == "pages":
        return
    modules = set(_imports(_parse(path)))
    ours = {module for module in modules if module.startswith("gradus")}
    assert all(module.startswith(("gradus.bench", "gradus.sitegen")) for module in ours)
    assert _roots(modules - ours) <= sys.stdlib_module_names | {"playwright"}
    assert "playwright" not in _roots(_imports(_outside_functions(_parse(path))))


@pytest.mark.parametrize("path", _python_files(PACKAGE / "sitegen"))
def test_only_the_commands_know_the_bench(path: Path) -> None:
    modules = set(_imports(_parse(path)))
    assert path.name == "commands.py" or not any(module.startswith("gradus.bench") for module in modules)


@pytest.mark.parametrize("path", _python_files(ROOT / "py" / "lessons"))
def test_lessons_import_nothing_of_ours(path: Path) -> None:
    assert not _roots(_imports(_parse(path))) & {"gradus", *IN_THE_BROWSER_ONLY}


def test_build_py_needs_the_standard_library_only() -> None:
    """Whatever it imports of ours, and whatever that imports, is there before anything is installed."""
    reached = _reached_at_import(ROOT / "build.py")
    assert PACKAGE / "sitegen" / "commands.py" in reached
    for path in reached:
        assert _roots(_imports(_outside_functions(_parse(path)))) <= sys.stdlib_module_names | {"gradus"}, (
            path
        )


# Each is one part of a cell; cell-parts.ts puts them together.
PARTS = {"code-view.ts", "controls.ts", "loading-view.ts", "notice.ts", "outputs.ts", "presets.ts"}
CELL = {"gradus-cell.ts", "cell-parts.ts", "cell-frame.ts", "cell-run.ts"}


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What each script imports when it runs, by name: ours as `editor.ts`, others by their package's path."""
    folder = tmp_path_factory.mktemp("bundle")
    meta = folder / "meta.json"
    entries = [SCRIPTS / "page.ts", SCRIPTS / "worker.ts"]
    options = (
        "--format=esm",
        "--loader:.css=text",
        "--splitting",
        f"--outdir={folder}",
        f"--metafile={meta}",
    )
    run_esbuild(Project(), entries, *options)
    inputs = json.loads(meta.read_text(encoding="utf-8"))["inputs"]
    return {
        path.removeprefix("web/src/"): {found["path"].removeprefix("web/src/") for found in entry["imports"]}
        for path, entry in inputs.items()
    }


def _reached(scripts: dict[str, set[str]], name: str) -> set[str]:
    """The files that come with a script, itself included."""
    waiting, seen = [name], set()
    while waiting:
        seen.add(script := waiting.pop())
        waiting += scripts.get(script, set()) - seen
    return seen


def test_the_protocol_imports_nothing() -> None:
    text = (SCRIPTS / "protocol.ts").read_text(encoding="utf-8")
    assert not re.search(r"^\s*import\b|\bfrom\s*[\"']|\bimport\(", text, re.MULTILINE)


def test_the_worker_brings_no_page_with_it(scripts: dict[str, set[str]]) -> None:
    reached = _reached(scripts, "worker.ts")
    others = {name for name in reached if name.startswith("node_modules")}
    assert {name.split("/")[1] for name in others} <= {"zstddec"}
    for name in reached - others:
        source = (SCRIPTS / name).read_text(encoding="utf-8")
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", source, flags=re.DOTALL)
        assert not re.search(r"\b(document|window|HTMLElement|localStorage)\b", code), name


def test_the_client_knows_no_worker(scripts: dict[str, set[str]]) -> None:
    """Only by way of a seat at a Python, which may be another page's."""
    allowed = {"kernel-questions.ts", "output-check.ts", "requests.ts", "run-outputs.ts"}
    assert _reached(scripts, "kernel-client.ts") <= allowed | {"kernel-client.ts", "protocol.ts"}


def test_python_knows_no_page(scripts: dict[str, set[str]]) -> None:
    allowed = {"early-worker.ts", "python-worker.ts", "shared-line.ts", "spare.ts", "stopping.ts"}
    allowed |= {"device.ts", "rest.ts", "stored-snapshots.ts", "snapshot-folder.ts", "worker-start.ts"}
    assert _reached(scripts, "python.ts") <= allowed | {"python.ts", "protocol.ts"}


@pytest.mark.parametrize("part", sorted(PARTS))
def test_parts_of_a_cell_do_not_know_each_other(scripts: dict[str, set[str]], part: str) -> None:
    assert _reached(scripts, part) & (PARTS | CELL) == {part}


def test_only_the_cell_puts_parts_together(scripts: dict[str, set[str]]) -> None:
    importers = {name for name, imported in scripts.items() if imported & PARTS}
    # The playground has notices of its own, around its one cell.
    assert importers <= CELL | {"playground/start.ts"}


def test_the_editor_is_fetched_apart(scripts: dict[str, set[str]]) -> None:
    assert {name for name, imported in scripts.items() if "editor.ts" in imported} == {"editor-loading.ts"}
