"""Makes the fast starts of a site: one for each set of packages that lessons have in common."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from gradus.sitegen.assets import Runtime
from gradus.sitegen.bundle import bundle_node_script
from gradus.sitegen.cache import cache_folder, only_one, write_whole
from gradus.sitegen.model import Course
from gradus.sitegen.progress import Step, megabytes, say
from gradus.sitegen.project import Project
from gradus.sitegen.start.kit import StartKit, copy_kit, make_kit, read_kit
from gradus.sitegen.start.recorder import Recorder
from gradus.sitegen.start.weights import format_weights, sum_cold, weigh

FOLDER = "assets/start/"
"""Where the files lie in the site."""
SCRIPTS = ("archive", "record", "part", "rerun")
KEPT = 6
"""How many kits the cache holds, of 30 MB each."""


def make_starts(
    project: Project, site: Path, course: Course, runtime: Runtime, kernel: Path
) -> Mapping[tuple[str, ...], StartKit]:
    """Put the files of all fast starts into the site; gives the kits by the packages they have."""
    scripts = {name: bundle_node_script(project, name) for name in SCRIPTS}
    kits = {}
    for packages in sorted({lesson.packages for lesson in course.lessons}):
        lessons = tuple(lesson for lesson in course.lessons if lesson.packages == packages)
        recorder = Recorder(runtime, kernel, scripts, packages, lessons)
        kits[packages] = kit = _provide(recorder, cache_folder() / "starts")
        if kit.refusal:
            say(f"No snapshot for {', '.join(packages) or 'plain Python'}: {kit.refusal}")
        copy_kit(kit, site / FOLDER)
        _report_weights(project, runtime, kit, packages)
    return kits


def _report_weights(project: Project, runtime: Runtime, kit: StartKit, packages: tuple[str, ...]) -> None:
    name = "-".join(packages) or "python"
    report = project.work / "weights" / f"{name}.txt"
    weights = weigh(kit, runtime)
    write_whole(report, format_weights(weights).encode())
    size = megabytes(sum_cold(weights))
    say(f"A first visit with {name} fetches {size}; what weighs what is in {report}")


def _provide(recorder: Recorder, cache: Path) -> StartKit:
    """The kit from the cache, or a new one."""
    folder = cache / recorder.key
    with only_one(cache / ".lock", "another build is recording a warm Python; waiting for it"):
        kit = read_kit(folder)
        if kit is None:
            title = f"Recording a warm Python with {', '.join(recorder.packages) or 'no packages'}"
            with Step(title) as step:
                shutil.rmtree(folder, ignore_errors=True)
                kit = make_kit(recorder, folder, step.update)
                step.update(megabytes(kit.snapshot.bytes) if kit.snapshot else "refused")
        os.utime(folder)
        _drop_old(cache)
    return kit


def _drop_old(cache: Path) -> None:
    kits = sorted((path for path in cache.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for path in kits[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)
