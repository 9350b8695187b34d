"""Finds browsers for the tests: installed ones, else Playwright's own, else Debian's packages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradus.sitegen.cache import write_whole
from gradus.sitegen.failures import explain
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.progress import CommandFailed, run_step
from gradus.sitegen.project import Project

PROJECT = Project()
PLAYWRIGHT = "playwright"
"""Stands for the browser that Playwright itself brings, in place of a path."""

COMMANDS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "firefox": ("firefox-esr", "firefox"),
}
APPLICATIONS = {
    "chromium": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    ),
    "firefox": (
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        r"%ProgramFiles%\Mozilla Firefox\firefox.exe",
    ),
}
DEBIAN_PACKAGES = {"chromium": "chromium", "firefox": "firefox-esr"}
# Playwright drives a stock Firefox over WebDriver BiDi and can't emulate these; "null" leaves them be.
STOCK_FIREFOX_CONTEXT = dict.fromkeys(("color_scheme", "reduced_motion", "forced_colors", "contrast"), "null")


@dataclass(frozen=True)
class Browser:
    """How Playwright starts a browser and opens contexts in it."""

    name: str
    launch_options: dict[str, Any]
    context_options: dict[str, Any]


def find_browser(name: str, project: Project = PROJECT) -> Browser:
    """The browser that `prepare_browsers` chose, else an installed one, else Playwright's own."""
    chosen = _read_choices(project).get(name)
    if chosen is not None and (chosen == PLAYWRIGHT or Path(chosen).exists()):
        return _browser(name, chosen)
    return _browser(name, next(iter(_installed(name)), PLAYWRIGHT))


def prepare_browsers(project: Project = PROJECT) -> None:
    """See that Chromium and Firefox start, installing them if need be; the choice is kept for later runs.

    Raises BuildProblem if one can't be had.
    """
    choices = _read_choices(project)
    for name in COMMANDS:
        chosen = choices.get(name)
        if chosen is None or not _is_there(name, chosen):
            choices[name] = _choose(name, project)
            write_whole(_choices_file(project), json.dumps(choices, indent=2).encode())


def _choose(name: str, project: Project) -> str:
    for path in _installed(name):
        if _starts(name, path):
            return path
    if _starts(name, PLAYWRIGHT):
        return PLAYWRIGHT
    reasons = []
    for install in (_install_from_playwright, _install_from_debian):
        reasons.append(install(name, project))
        for path in (PLAYWRIGHT, *_installed(name)):
            if _starts(name, path):
                return path
    said = "; ".join(reason for reason in reasons if reason)
    raise BuildProblem(
        f"no {name.capitalize()} for the browser tests ({said}); install one and run the tests again"
    )


def _install_from_playwright(name: str, project: Project) -> str | None:
    """Gives the reason if it fails."""
    command = [sys.executable, "-m", "playwright", "install", name]
    try:
        run_step(f"Fetching Playwright's {name.capitalize()}", command)
    except CommandFailed as failure:
        return explain("playwright install", failure, project.work / "playwright.log").message
    return None


def _install_from_debian(name: str, project: Project) -> str | None:
    """Gives the reason if it fails."""
    return install_debian_packages([DEBIAN_PACKAGES[name]], project)


def install_debian_packages(packages: Sequence[str], project: Project) -> str | None:
    """Install what tests need besides Python's packages; gives the reason if it fails."""
    if not shutil.which("apt-get"):
        return None
    names = " ".join(packages)
    if os.geteuid() != 0:
        return f"not allowed to install Debian's: sudo apt-get install {names}"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        run_step("Updating Debian's list of packages", ["apt-get", "update"], environment=environment)
        install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
        run_step(f"Installing Debian's {names}", install, environment=environment)
    except CommandFailed as failure:
        return explain(f"apt-get install {names}", failure, project.work / "apt.log").message
    return None


def _installed(name: str) -> Iterator[str]:
    for command in COMMANDS[name]:
        if path := shutil.which(command):
            yield path
    for application in APPLICATIONS[name]:
        if Path(path := os.path.expandvars(application)).is_file():
            yield path


def _browser(name: str, path: str) -> Browser:
    if path == PLAYWRIGHT:
        return Browser(name, {}, {})
    if name == "firefox":
        return Browser(name, {"channel": "moz-firefox", "executable_path": path}, STOCK_FIREFOX_CONTEXT)
    return Browser(name, {"executable_path": path}, {})


def _starts(name: str, path: str) -> bool:
    """Whether Playwright can open a page in it; tried in a process that leaves nothing behind."""
    trial = subprocess.run([sys.executable, "-m", "gradus.sitegen.browsers", name, path], capture_output=True)
    return trial.returncode == 0


def _try(name: str, path: str) -> None:
    from playwright.sync_api import sync_playwright

    browser = _browser(name, path)
    with sync_playwright() as playwright:
        launched = getattr(playwright, name).launch(**browser.launch_options)
        launched.new_context(**browser.context_options).new_page().goto("about:blank")
        launched.close()


def _is_there(name: str, path: str) -> bool:
    return _starts(name, path) if path == PLAYWRIGHT else Path(path).exists()


def _choices_file(project: Project) -> Path:
    return project.work / "browsers.json"


def _read_choices(project: Project) -> dict[str, str]:
    try:
        choices: dict[str, str] = json.loads(_choices_file(project).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return choices


if __name__ == "__main__":
    _try(*sys.argv[1:])
