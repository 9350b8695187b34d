"""Finds WebKit for the tests: the engine of Safari, which on Linux is WebKitGTK, driven over WebDriver.

Playwright's own WebKit would need a download of its own kind; Debian and Ubuntu have this one in packages.
"""

from __future__ import annotations

import shutil
import sys

from gradus.sitegen.browsers import install_debian_packages
from gradus.sitegen.project import Project

PROGRAMS = {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}
"""What has to be there, and Debian's packages that bring it: the browser's driver, and a display for it."""


def prepare_webkit(project: Project) -> None:
    """Install it where that is possible; the tests say why if it isn't."""
    if sys.platform == "linux" and (missing := _missing_packages()):
        install_debian_packages(missing, project)


def find_obstacle() -> str | None:
    """Why there is no WebKit to test in, and what to do; None if there is one."""
    if sys.platform != "linux":
        return "WebKitGTK is for Linux"
    missing = _missing_packages()
    return f"no WebKitGTK: sudo apt-get install {' '.join(missing)}" if missing else None


def _missing_packages() -> list[str]:
    return [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
