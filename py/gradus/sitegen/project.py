"""Where everything lies in a checkout."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Project:
    """The folders that a build reads and writes."""

    root: Path = ROOT
    lessons: Path = ROOT / "py" / "lessons"
    """One folder for each chapter."""
    site: Path = ROOT / "dist"
    """What is published."""
    fast_starts: bool = field(default_factory=lambda: "GRADUS_PLAIN_START" not in os.environ)
    """Whether to record what lets pages start Python fast: a minute or two, where it isn't kept yet."""

    @property
    def work(self) -> Path:
        """For what lies between sources and site, and can be thrown away."""
        return self.root / ".build"

    @property
    def package(self) -> Path:
        """The Python package gradus."""
        return self.root / "py" / "gradus"

    @property
    def web(self) -> Path:
        """Templates, styles and scripts."""
        return self.root / "web"

    @property
    def node_modules(self) -> Path:
        """What npm has installed."""
        return self.root / "node_modules"

    @property
    def pyodide(self) -> Path:
        """npm's package pyodide."""
        return self.node_modules / "pyodide"
