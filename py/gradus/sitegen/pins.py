"""Writes down the exact version of every Python package, so that all builds have the same ones."""

from __future__ import annotations

import re
from importlib.metadata import distributions
from pathlib import Path

from gradus.sitegen.cache import write_whole
from gradus.sitegen.progress import say

HEADER = "# The exact version of every package in .venv. Written by: python3 build.py pin\n"
# What comes with the virtual environment, and ourselves.
LEFT_OUT = {"gradus", "pip", "setuptools", "wheel"}


def write_pins(path: Path) -> None:
    """Write the versions that are installed beside this Python as constraints for pip."""
    versions = {_normalise(found.metadata["Name"]): found.version for found in distributions()}
    lines = [f"{name}=={version}\n" for name, version in sorted(versions.items()) if name not in LEFT_OUT]
    write_whole(path, (HEADER + "".join(lines)).encode())
    say(f"{path}: {len(lines)} packages")


def _normalise(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
