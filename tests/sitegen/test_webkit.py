"""WebKit for the tests: found, installed, or said to be missing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gradus.sitegen import webkit
from gradus.sitegen.project import Project
from gradus.sitegen.webkit import find_obstacle, prepare_webkit


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Debian's packages that have been installed, on a Linux that has neither."""
    packages: list[str] = []

    def install(names: Sequence[str], project: Project) -> None:
        packages.extend(names)

    monkeypatch.setattr(webkit, "install_debian_packages", install)
    monkeypatch.setattr(webkit.shutil, "which", lambda name: None)
    monkeypatch.setattr(webkit.sys, "platform", "linux")
    return packages


def test_what_is_missing_is_installed(installed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webkit.shutil, "which", lambda name: "/usr/bin/Xvfb" if name == "Xvfb" else None)
    prepare_webkit(Project())
    assert installed == ["webkit2gtk-driver"]


def test_what_is_there_is_left_alone(installed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webkit.shutil, "which", lambda name: f"/usr/bin/{name}")
    prepare_webkit(Project())
    assert installed == []
    assert find_obstacle() is None


def test_the_obstacle_says_what_to_do(installed: list[str]) -> None:
    assert find_obstacle() == "no WebKitGTK: sudo apt-get install webkit2gtk-driver xvfb"


def test_elsewhere_nothing_is_installed(installed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webkit.sys, "platform", "darwin")
    prepare_webkit(Project())
    assert installed == []
    assert find_obstacle() == "WebKitGTK is for Linux"
