"""Puts up what is measured: the built site in one folder, a page of plain Pyodide in another."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from gradus.sitegen.assets import write_runtime
from gradus.sitegen.cache import cache_folder
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import Project
from gradus.sitegen.wheel_sources import PackageIndex, ReleaseFolder
from gradus.sitegen.wheels import gather_wheels, read_lock_file

PAGES = Path(__file__).with_name("pages")
LESSON = "ch03/gradients/"
"""The lesson whose capstone is drawn."""
PACKAGES = ("matplotlib", "numpy")


@dataclass(frozen=True)
class Stage:
    """One of the two pages: a folder to serve, the page's address in it, and the scripts that drive it."""

    name: str
    folder: Path
    address: str
    scripts: tuple[str, ...]


def stage_site(folder: Path) -> Stage:
    """The built site in `folder`, which is left as it is. Raises BuildProblem if it isn't one."""
    if not (folder / LESSON / "index.html").is_file():
        raise BuildProblem(f"no lesson {LESSON} in it; build the site first: python3 build.py site", folder)
    return Stage("Gradus", folder, LESSON, (_read("gradus.js"), _read("measure.js")))


def stage_plain(project: Project) -> Stage:
    """A page of plain Pyodide, written anew, with the same interpreter, wheels and style."""
    folder = project.work / "bench" / "plain"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    lock = read_lock_file(project.pyodide)
    wheels = gather_wheels(
        lock.resolve(PACKAGES), cache_folder() / "wheels", [ReleaseFolder(lock.version), PackageIndex()]
    )
    runtime = write_runtime(folder, project.pyodide, lock, wheels)
    runtime.folder.rename(folder / "runtime-files")
    (folder / "runtime").rmdir()
    (folder / "runtime-files").rename(folder / "runtime")
    for name in ("plain.html", "plain.js", "plain-worker.js", "draw.py"):
        shutil.copy(PAGES / name, folder)
    shutil.copy(project.package / "kernel" / "gradus.mplstyle", folder / "style.mplstyle")
    return Stage("plain", folder, "plain.html", (_read("measure.js"),))


class Programs:
    """The capstone with another number each time, so that no figure has been drawn before."""

    def __init__(self) -> None:
        self._text = _read("capstone.py")
        self._epochs = 300

    def next(self) -> str:
        """A program that nobody has run yet."""
        self._epochs += 1
        return self._text.replace("epochs=500", f"epochs={self._epochs}")


def _read(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")
