"""The tests' browsers: installed ones first, then Playwright's own, then Debian's packages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradus.sitegen import browsers
from gradus.sitegen.browsers import find_browser, prepare_browsers
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.progress import CommandFailed
from gradus.sitegen.project import Project


class Machine:
    """What is installed, what starts, and what installing does; remembers the steps that were run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: list[str] = []
        self.installed: dict[str, list[str]] = {"chromium": [], "firefox": []}
        self.starting: set[tuple[str, str]] = set()
        self.offers: dict[str, str] = {}
        """What a step makes startable: a word of its command → a path."""

    def add(self, name: str, program: str) -> str:
        path = self.folder / program
        path.touch()
        self.installed[name].append(str(path))
        self.starting.add((name, str(path)))
        return str(path)

    def run_step(self, title: str, command: list[Any], **_: Any) -> str:
        words = [str(word) for word in command]
        self.steps.append(title)
        name = "firefox" if "firefox" in words[-1] else "chromium"
        offer = next((offer for word, offer in self.offers.items() if word in words), None)
        if offer == "playwright":
            self.starting.add((name, "playwright"))
        elif offer:
            self.add(name, offer)
        elif "update" not in words:
            raise CommandFailed(words, "getaddrinfo ENOTFOUND\n")
        return ""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return replace(Project(), root=tmp_path)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path)
    monkeypatch.setattr(browsers, "run_step", machine.run_step)
    monkeypatch.setattr(browsers, "_installed", lambda name: iter(machine.installed[name]))
    monkeypatch.setattr(browsers, "_starts", lambda name, path: (name, path) in machine.starting)
    monkeypatch.setattr(browsers.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 0, raising=False)
    return machine


def _chosen(project: Project) -> dict[str, str]:
    return json.loads((project.work / "browsers.json").read_text())


def test_installed_browsers_are_taken(project: Project, machine: Machine) -> None:
    chromium, firefox = machine.add("chromium", "chromium"), machine.add("firefox", "firefox-esr")
    prepare_browsers(project)
    assert machine.steps == []
    assert find_browser("chromium", project).launch_options == {"executable_path": chromium}
    assert find_browser("firefox", project).launch_options == {
        "channel": "moz-firefox",
        "executable_path": firefox,
    }
    assert find_browser("firefox", project).context_options["color_scheme"] == "null"


def test_one_that_does_not_start_is_passed_over(project: Project, machine: Machine) -> None:
    machine.installed["chromium"].append("/broken/chromium")
    whole = machine.add("chromium", "google-chrome")
    machine.add("firefox", "firefox")
    prepare_browsers(project)
    assert _chosen(project)["chromium"] == whole


def test_then_comes_playwrights_own(project: Project, machine: Machine) -> None:
    machine.add("firefox", "firefox")
    machine.offers["playwright"] = "playwright"
    prepare_browsers(project)
    assert machine.steps == ["Fetching Playwright's Chromium"]
    assert find_browser("chromium", project).launch_options == {}


def test_then_come_debians_packages(project: Project, machine: Machine) -> None:
    machine.offers["apt-get"] = "chromium"
    machine.add("firefox", "firefox")
    prepare_browsers(project)
    assert machine.steps[0] == "Fetching Playwright's Chromium"
    assert machine.steps[-1] == "Installing Debian's chromium"
    assert _chosen(project)["chromium"] == str(project.root / "chromium")


def test_the_choice_is_kept_while_it_is_there(project: Project, machine: Machine) -> None:
    first = machine.add("chromium", "first")
    machine.add("firefox", "firefox")
    prepare_browsers(project)
    machine.installed["chromium"].insert(0, machine.installed["firefox"][0])
    prepare_browsers(project)
    assert _chosen(project)["chromium"] == first
    Path(first).unlink()
    machine.installed["chromium"] = []
    second = machine.add("chromium", "second")
    prepare_browsers(project)
    assert _chosen(project)["chromium"] == second


def test_without_any_it_says_what_was_tried(
    project: Project, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(BuildProblem) as problem:
        prepare_browsers(project)
    said = str(problem.value)
    assert "\n" not in said
    assert said.startswith("no Chromium for the browser tests (playwright install: no network")
    assert "sudo apt-get install chromium" in said
