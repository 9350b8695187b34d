"""The programs that show what a start needs, and whether a snapshot of it is right."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gradus.sitegen.model import Lesson

PROBES = Path(__file__).with_name("probes")
Program = dict[str, str]
"""`cell`, its name, and `source`."""


def lesson_programs(lesson: Lesson) -> list[Program]:
    """A lesson's cells from top to bottom, each followed by its presets."""
    programs = []
    for cell in lesson.code_cells:
        programs.append({"cell": cell.id, "source": cell.source})
        programs += [{"cell": f"{cell.id}, {each.label}", "source": each.source} for each in cell.presets]
    return programs


def probe_sessions(packages: Iterable[str]) -> list[list[Program]]:
    """Programs that no lesson has, for the standard library and those of the packages that have some."""
    # The last one needs everything, so that nothing comes by it before the others ask.
    names = ["standard", *sorted(packages), "functions"]
    found = [PROBES / f"{name}.py" for name in names if (PROBES / f"{name}.py").is_file()]
    return [split_probes(path) for path in found]


def split_probes(path: Path) -> list[Program]:
    """The programs in a file, which `# %%` parts."""
    parts = path.read_text("utf-8").split("\n# %%\n")[1:]
    return [{"cell": f"{path.stem} {i}", "source": part} for i, part in enumerate(parts, start=1)]


def imported_names(lessons: Sequence[Lesson]) -> list[str]:
    """Every module that the lessons import, whole names, sorted."""
    sources = [cell.source for lesson in lessons for cell in lesson.code_cells]
    return sorted({name for source in sources for name in _find_imports(source)})


def _find_imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
