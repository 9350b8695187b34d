"""Runs a lesson's cells in Pyodide under Node, so that the page shows what the reader's own run will give."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradus.sitegen.assets import Runtime
from gradus.sitegen.cache import write_whole
from gradus.sitegen.download import hash_file
from gradus.sitegen.model import CodeCell, Lesson
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.progress import Step

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

    def run(self, lesson: Lesson, pixel_ratio: float) -> dict[str, list[Output]]:
        """The outputs of each cell, by its id, when all run from the top.

        Raises BuildProblem with the line that fails, for a lesson's own code must run.
        """
        request = json.dumps(
            {
                "runtime": str(self.runtime.folder),
                "packages": lesson.packages,
                "kernel": str(self.kernel),
                "pixelRatio": pixel_ratio,
                "cells": [{"id": cell.id, "source": cell.source} for cell in lesson.code_cells],
            }
        )
        kept = self.cache / f"{self._key(lesson, pixel_ratio)}.json"
        if not lesson.code_cells:
            return {}
        if kept.is_file():
            finished = json.loads(kept.read_text(encoding="utf-8"))
        else:
            finished = self._run(lesson, request)
            write_whole(kept, json.dumps(finished).encode())
        return {cell["id"]: cell["outputs"] for cell in finished}

    def _key(self, lesson: Lesson, pixel_ratio: float) -> str:
        parts = [
            *(self.runtime.address, hash_file(self.kernel), hash_file(self.script), repr(pixel_ratio)),
            *lesson.packages,
            *(f"{cell.id}\n{cell.source}" for cell in lesson.code_cells),
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _run(self, lesson: Lesson, request: str) -> list[dict[str, Any]]:
        cells = lesson.code_cells
        finished: list[dict[str, Any]] = []
        log = self.cache / "last-run.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with (
            log.open("wb") as errors,
            Step(f"Running the cells of {lesson.chapter}/{lesson.slug}") as step,
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
            step.update(f"1 of {len(cells)}, {cells[0].id}")
            for line in node.stdout:
                finished.append(json.loads(line))
                if finished[-1]["status"] == "error":
                    raise _cell_problem(lesson, cells[len(finished) - 1], finished[-1])
                if len(finished) < len(cells):
                    step.update(f"{len(finished) + 1} of {len(cells)}, {cells[len(finished)].id}")
            if node.wait() or len(finished) < len(cells):
                where = cells[min(len(finished), len(cells) - 1)]
                raise BuildProblem(
                    f'Python broke while running cell "{where.id}"; what it said is in {log}',
                    lesson.path,
                    where.line,
                )
            step.update(f"{len(cells)} cells")
        return finished


def _cell_problem(lesson: Lesson, cell: CodeCell, finished: dict[str, Any]) -> BuildProblem:
    errors = [output for output in finished["outputs"] if output["output_type"] == "error"]
    said = f"{errors[-1]['ename']}: {errors[-1]['evalue']}" if errors else "an error"
    # The deepest of the reader's own lines is the one that fails; it may stand in an earlier cell's function.
    places = finished["locations"]
    owners = {other.id: other for other in lesson.code_cells}
    owner = owners.get(places[-1]["cell"], cell) if places else cell
    line = owner.line + places[-1]["line"] - 1 if places else cell.line
    return BuildProblem(f'cell "{cell.id}" raises {said}', lesson.path, line)
