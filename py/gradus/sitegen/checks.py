"""Runs the linters, type checkers and formatters over everything that is ours."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from gradus.sitegen.progress import CommandFailed, run_step, say
from gradus.sitegen.project import Project


def run_checks(project: Project) -> int:
    """Run all of them, whatever the first ones find; gives 1 if any found something."""
    failed = []
    for title, folder, command in _checks(project):
        try:
            run_step(title, command, done="all right", cwd=folder)
        except CommandFailed as failure:
            failed.append(title)
            say(f"{title}: found something\n{failure.output.rstrip()}\n")
    if failed:
        say(f"check: {', '.join(failed)}")
    return 1 if failed else 0


def _checks(project: Project) -> list[tuple[str, Path, list[str | Path]]]:
    py = project.root / "py"
    ours = ["py", "tests", "build.py"]
    return [
        ("ruff check", project.root, [*_python("ruff"), "check", *ours]),
        ("ruff format", project.root, [*_python("ruff"), "format", "--check", *ours]),
        ("mypy gradus", py, _python("mypy")),
        ("mypy build.py", py, [*_python("mypy"), "--config-file", "pyproject.toml", "../build.py"]),
        ("tsc", project.root, [_node(project, "tsc"), "--noEmit", "--project", "web/tsconfig.json"]),
        ("prettier", project.root, [_node(project, "prettier"), "--check", *_formatted(project)]),
    ]


def _python(module: str) -> list[str | Path]:
    return [sys.executable, "-m", module]


def _node(project: Project, tool: str) -> Path:
    return project.node_modules / ".bin" / (f"{tool}.cmd" if os.name == "nt" else tool)


def _formatted(project: Project) -> list[str]:
    found = [path for ending in ("ts", "css") for path in project.web.rglob(f"*.{ending}")]
    return ["package.json", *sorted(path.relative_to(project.root).as_posix() for path in found)]
