"""Runs a lesson's cells in Pyodide under Node, so that the page shows what the reader's own run will give."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradus.sitegen.assets import Runtime
from gradus.sitegen.cache import write_whole
from gradus.sitegen.download import hash_file
from gradus.sitegen.lesson_imports import name_imports
from gradus.sitegen.model import CodeCell, Lesson
from gradus.sitegen.problem import BuildProblem

Output = dict[str, Any]
"""An output as nbformat 4 has it."""


@dataclass(frozen=True)
class Executor:
    """What runs cells: the same for every lesson of a build."""

    runtime: Runtime
    kernel: Path
    """The kernel's archive."""
    script: Path
    """web/src/node/execute.ts, bundled."""
    cache: Path
    """Folder where outputs are kept, by the hash of all that decides them."""

    def find(self, lesson: Lesson, pixel_ratio: float) -> dict[str, list[Output]] | None:
        """The outputs of each cell, by its id, if these cells ran like this before."""
        kept = self._place(lesson, pixel_ratio)
        return _by_cell(json.loads(kept.read_text(encoding="utf-8"))) if kept.is_file() else None

    def run(
        self, lesson: Lesson, pixel_ratio: float, report: Callable[[str], None] = lambda progress: None
    ) -> dict[str, list[Output]]:
        """The outputs of each cell, by its id, when all run from the top.

        `report` is told which cell runs. Raises BuildProblem with the line that fails, for a lesson's own
        code must run.
        """
        request = {
            "runtime": str(self.runtime.folder),
            "packages": lesson.packages,
            "imports": name_imports(lesson.packages),
            "kernel": str(self.kernel),
            "pixelRatio": pixel_ratio,
            "cells": [{"id": cell.id, "source": cell.source} for cell in lesson.code_cells],
        }
        finished = self._run(lesson, json.dumps(request), report)
        write_whole(self._place(lesson, pixel_ratio), json.dumps(finished).encode())
        return _by_cell(finished)

    def _place(self, lesson: Lesson, pixel_ratio: float) -> Path:
        """Where the outputs are kept."""
        decides = [
            *(self.runtime.address, hash_file(self.kernel), hash_file(self.script), repr(pixel_ratio)),
            *lesson.packages,
            *(f"{cell.id}\n{cell.source}" for cell in lesson.code_cells),
        ]
        return self.cache / f"{hashlib.sha256(json.dumps(decides).encode()).hexdigest()}.json"

    def _run(self, lesson: Lesson, request: str, report: Callable[[str], None]) -> list[dict[str, Any]]:
        cells = lesson.code_cells
        finished: list[dict[str, Any]] = []
        with (
            tempfile.TemporaryFile() as errors,
            subprocess.Popen(
                [shutil.which("node") or "node", "--no-warnings", self.script],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
            ) as node,
        ):
            assert node.stdin and node.stdout
            node.stdin.write(request)
            node.stdin.close()
            for place, cell in enumerate(cells, start=1):
                report(f"{place} of {len(cells)}, {cell.id}")
                line = node.stdout.readline()
                if not line:
                    node.wait()
                    errors.seek(0)
                    raise self._broken(lesson, cell, errors.read())
                finished.append(json.loads(line))
                if finished[-1]["status"] == "error":
                    raise _cell_problem(lesson, cell, finished[-1])
        return finished

    def _broken(self, lesson: Lesson, cell: CodeCell, errors: bytes) -> BuildProblem:
        log = self.cache / "broken.log"
        write_whole(log, errors)
        said = f'Python broke while cell "{cell.id}" ran; what it said is in {log}'
        return BuildProblem(said, lesson.path, cell.line)


def _by_cell(finished: list[dict[str, Any]]) -> dict[str, list[Output]]:
    return {cell["id"]: cell["outputs"] for cell in finished}


def _cell_problem(lesson: Lesson, cell: CodeCell, finished: dict[str, Any]) -> BuildProblem:
    errors = [output for output in finished["outputs"] if output["output_type"] == "error"]
    said = f"{errors[-1]['ename']}: {errors[-1]['evalue']}" if errors else "an error"
    # The deepest of the lesson's own lines is the one that fails; it may stand in an earlier cell's function.
    places = finished["locations"]
    owners = {other.id: other for other in lesson.code_cells}
    owner = owners.get(places[-1]["cell"], cell) if places else cell
    line = owner.line + places[-1]["line"] - 1 if places else cell.line
    return BuildProblem(f'cell "{cell.id}" raises {said}', lesson.path, line)
