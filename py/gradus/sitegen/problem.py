"""The one exception for mistakes that an author or a machine can make: an address and what to do."""

from __future__ import annotations

from pathlib import Path


class BuildProblem(Exception):
    """A mistake to be shown as one line, `address: what is wrong; what to do`, never as a stack trace."""

    def __init__(self, message: str, path: Path | str | None = None, line: int | None = None) -> None:
        self.message = message
        self.path = path
        self.line = line
        super().__init__(str(self))

    def __str__(self) -> str:
        address = "" if self.path is None else f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        return address + self.message
