"""Runs the Node scripts that find out what a start needs, record a warm Python and try it out."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradus.sitegen.assets import Runtime
from gradus.sitegen.download import hash_file
from gradus.sitegen.model import Lesson
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.start.files import LEVEL, WINDOW
from gradus.sitegen.start.programs import imported_names, lesson_programs, probe_sessions

COMPILER = Path(__file__).with_name("compile_loaded.py")
FORMAT = 7
"""Changes when the files of a kit are made in another way."""
Session = list[dict[str, str]]


@dataclass(frozen=True)
class Recorder:
    """What recording depends on, for the lessons with one set of packages."""

    runtime: Runtime
    kernel: Path
    """The kernel's archive."""
    scripts: Mapping[str, Path]
    """The bundled scripts "archive", "record", "part" and "rerun" of web/src/node."""
    packages: tuple[str, ...]
    lessons: tuple[Lesson, ...]

    @property
    def key(self) -> str:
        """Changes with all that decides the kit; of a lesson's edits only with those of its imports."""
        decides = [
            *(FORMAT, LEVEL, WINDOW),
            *(self.runtime.address, hash_file(self.kernel), COMPILER.read_text("utf-8")),
            *(hash_file(self.scripts[name]) for name in sorted(self.scripts)),
            *(self.packages, self._probes, imported_names(self.lessons)),
        ]
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:24]

    def find_files(self, archive: Path) -> None:
        """Run the lessons and the probes in a plain Python; `archive` gets what they opened and gave."""
        request = {
            "runtime": str(self.runtime.folder),
            "packages": self.packages,
            "kernel": str(self.kernel),
            "compiler": COMPILER.read_text("utf-8"),
            "lessons": self._lesson_sessions,
            "probes": self._probes,
            "output": str(archive),
        }
        if said := self._run("archive", request):
            raise BuildProblem(f"Python under Node broke while lessons ran: {said}")

    def record(self, archive: Path, snapshot: Path, modules: Sequence[str]) -> str | None:
        """Record a Python with these modules; gives the reason if it can't be done."""
        request = {
            "runtime": str(self.runtime.folder),
            "archive": str(archive),
            "modules": modules,
            "output": str(snapshot),
        }
        return self._run("record", request)

    def part(self, archive: Path, snapshot: Path) -> str | None:
        """Leave out of the snapshot what no lesson needs; gives the reason if it can't be done.

        Afterwards that lies beside it: a file `NAME.bin` for each name in `cold.parts` of `snapshot.json`,
        `code-libraries.bin`, and the interpreter as `interpreter.wasm` and `interpreter-rest.wasm`.
        """
        request = {
            "runtime": str(self.runtime.folder),
            "snapshot": {"archive": str(archive), "snapshot": str(snapshot)},
            "sessions": self._lesson_sessions,
        }
        return self._run("part", request)

    def run_restored(self, archive: Path, snapshot: Path) -> list[list[dict[str, Any]]] | str:
        """What lessons and probes give in a Python started from the snapshot; or why it didn't start."""
        output = snapshot / "outputs.json"
        request = {
            "runtime": str(self.runtime.folder),
            "snapshot": {"archive": str(archive), "snapshot": str(snapshot)},
            "sessions": [*self._lesson_sessions, *self._probes],
            "output": str(output),
        }
        if said := self._run("rerun", request):
            return said
        outputs: list[list[dict[str, Any]]] = json.loads(output.read_text("utf-8"))
        return outputs

    @property
    def _lesson_sessions(self) -> list[Session]:
        return [lesson_programs(lesson) for lesson in self.lessons]

    @property
    def _probes(self) -> list[Session]:
        return probe_sessions(self.packages)

    def _run(self, script: str, request: object) -> str | None:
        """Run a script; gives the last thing it said if it failed."""
        finished = subprocess.run(
            [shutil.which("node") or "node", "--no-warnings", self.scripts[script]],
            input=json.dumps(request),
            capture_output=True,
            encoding="utf-8",
        )
        if finished.returncode == 0:
            return None
        # Node shows the line of the script that threw, which is minified and long.
        lines = [line.strip() for line in finished.stderr.splitlines() if 0 < len(line) < 300]
        said = [line for line in lines if "Error" in line or "Surprise" in line] or lines
        return said[0] if said else f"status {finished.returncode}"
