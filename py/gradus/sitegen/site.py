"""Builds the whole site: gathers lessons, checks and runs them, then writes, all beside the last good one."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from gradus.sitegen.assets import Assets, pack_kernel, write_hashed, write_images, write_runtime
from gradus.sitegen.bundle import bundle_head_start, bundle_node_script, bundle_web
from gradus.sitegen.cache import cache_folder, write_whole
from gradus.sitegen.chapter import read_course
from gradus.sitegen.execute import Executor, Output
from gradus.sitegen.figures import Figures, pair_figures
from gradus.sitegen.fonts import characters_in
from gradus.sitegen.model import Course, Lesson
from gradus.sitegen.pages import SiteDraft, draft_site, render_site
from gradus.sitegen.progress import Step, megabytes, say
from gradus.sitegen.project import Project
from gradus.sitegen.publication import read_address
from gradus.sitegen.staging import staging
from gradus.sitegen.start.make import make_starts
from gradus.sitegen.wheel_sources import PackageIndex, ReleaseFolder, WheelSource
from gradus.sitegen.wheels import gather_wheels, read_lock_file

LessonOutputs = dict[str, list[Output]]
SHARP, PLAIN = 2.0, 1.0
"""Device pixels per CSS pixel: figures are drawn for both kinds of screens."""


def build_site(project: Project) -> None:
    """Build the project's site, unless nothing has changed since it was built.

    Raises BuildProblem for the first mistake, and then leaves the last good site as it was.
    """
    stamp = project.work / "sites" / f"{hashlib.sha256(bytes(project.site)).hexdigest()[:8]}.json"
    inputs = _hash_inputs(project)
    if _read(stamp) == [inputs, _identify(project.site)]:
        say(f"{project.site} is up to date")
        return
    course = read_course(project.lessons)
    draft = draft_site(project, course)
    with staging(project.site) as site:
        assets = _write_assets(project, site, course, draft)
        outputs, plain = _execute(project, site, course, assets)
        if project.fast_starts:
            kernel = site / assets.addresses["kernel.zip"]
            assets = replace(assets, starts=make_starts(project, site, course, assets.runtime, kernel))
        figures = Figures(cache_folder() / "figures", plain)
        with Step("Writing pages") as step:
            files = render_site(draft, outputs, assets, figures)
            for address, content in files.items():
                path = site / address
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            # GitHub Pages would leave out what begins with an underscore, and look for Jekyll's templates.
            (site / ".nojekyll").touch()
            sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
            step.update(f"{len(sizes)} files, {megabytes(sum(sizes))}")
    write_whole(stamp, json.dumps([inputs, _identify(project.site)]).encode())
    say(f"{project.site} is built")


def _write_assets(project: Project, site: Path, course: Course, draft: SiteDraft) -> Assets:
    """Put what pages fetch into the site."""
    with Step("Bundling scripts and styles"):
        characters = characters_in(draft.renderings.formulas.values())
        images = write_images(site, project.web / "images", project.web / "templates")
        addresses = bundle_web(project, site, characters) | images
        addresses["kernel.zip"] = write_hashed(site, "assets", "kernel.zip", pack_kernel(project.package))
    lock = read_lock_file(project.pyodide)
    sources: list[WheelSource] = [ReleaseFolder(lock.version), PackageIndex()]
    packages = {package for lesson in course.lessons for package in lesson.packages}
    wheels = gather_wheels(lock.resolve(packages), cache_folder() / "wheels", sources)
    runtime = write_runtime(site, project.pyodide, lock, wheels)
    return Assets(addresses, bundle_head_start(project), runtime)


def _execute(
    project: Project, site: Path, course: Course, assets: Assets
) -> tuple[dict[str, LessonOutputs], dict[bytes, bytes]]:
    """Run all lessons: outputs by lesson's address and cell's id, and for each sharp figure its plain one."""
    executor = Executor(
        runtime=assets.runtime,
        kernel=site / assets.addresses["kernel.zip"],
        script=bundle_node_script(project, "execute"),
        cache=cache_folder() / "outputs",
    )
    outputs: dict[str, LessonOutputs] = {}
    figures: dict[bytes, bytes] = {}
    for lesson in course.lessons:
        outputs[lesson.address], plain = _execute_lesson(executor, lesson)
        figures |= pair_figures(outputs[lesson.address], plain)
    return outputs, figures


def _execute_lesson(executor: Executor, lesson: Lesson) -> tuple[LessonOutputs, LessonOutputs]:
    """Run a lesson for sharp and for plain screens, both at once."""
    sharp, plain = executor.find(lesson, SHARP), executor.find(lesson, PLAIN)
    if sharp is None or plain is None:
        with Step(f"Running the cells of {lesson.address}") as step, ThreadPoolExecutor(2) as pool:
            first = pool.submit(executor.run, lesson, SHARP, step.update)
            second = pool.submit(executor.run, lesson, PLAIN)
            sharp, plain = first.result(), second.result()
            step.update(f"{len(sharp)} cells")
    return sharp, plain


def _hash_inputs(project: Project) -> str:
    """A hash of all that decides what is built."""
    digest = hashlib.sha256((read_address() or "").encode())
    files = [project.root / "package-lock.json", project.root / "py" / "constraints.txt"]
    for folder in (project.package, project.lessons, project.web):
        files += sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    for path in files:
        digest.update(f"{path}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _identify(site: Path) -> list[int] | None:
    """Tell this site from one that was built at another time."""
    try:
        status = site.stat()
    except FileNotFoundError:
        return None
    return [status.st_ino, status.st_mtime_ns]


def _read(stamp: Path) -> object:
    try:
        return json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
