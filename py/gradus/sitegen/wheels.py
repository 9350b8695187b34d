"""Finds the wheels that lessons need, and theirs, in Pyodide's lock file, and sees that each is at hand."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradus.sitegen.cache import only_one
from gradus.sitegen.download import hash_file
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.progress import megabytes, say
from gradus.sitegen.wheel_sources import WheelSource


@dataclass(frozen=True)
class Wheel:
    """A wheel as the lock file names it; `name` is the package's key there."""

    name: str
    file_name: str
    sha256: str


@dataclass(frozen=True)
class LockFile:
    """Pyodide's `pyodide-lock.json`: `packages` by name, as they stand in the file."""

    version: str
    """Of the npm package `pyodide`, and so of the release whose wheels it names."""
    info: dict[str, str]
    packages: dict[str, dict[str, Any]]

    def resolve(self, names: Iterable[str]) -> tuple[Wheel, ...]:
        """The wheels of these packages and of all they need. Raises BuildProblem for an unknown one."""
        found: dict[str, Wheel] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            package = self.packages.get(name)
            if package is None:
                near = difflib.get_close_matches(name, self.packages, n=1)
                hint = f'; did you mean "{near[0]}"?' if near else ""
                raise BuildProblem(f'Pyodide {self.version} has no package "{name}"{hint}')
            found[name] = Wheel(name, package["file_name"], package["sha256"])
            waiting.extend(package["depends"])
        return tuple(found[name] for name in sorted(found))

    def text_for(self, wheels: Iterable[Wheel]) -> str:
        """A lock file in the same format that knows these wheels only."""
        packages = {wheel.name: self.packages[wheel.name] for wheel in wheels}
        return json.dumps({"info": self.info, "packages": packages}, separators=(",", ":"), sort_keys=True)


def read_lock_file(pyodide: Path) -> LockFile:
    """Read the lock file out of npm's `pyodide` folder."""
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    version = json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"]
    return LockFile(version, lock["info"], lock["packages"])


def gather_wheels(wheels: Sequence[Wheel], cache: Path, sources: Sequence[WheelSource]) -> dict[str, Path]:
    """See that each wheel is in the cache, right to the last bit; gives its path by the package's name.

    What isn't there is asked of the sources in turn; what one of them brings is kept even if the next fails.
    Raises BuildProblem naming the wheels that no source has, with what each source said.
    """
    cache.mkdir(parents=True, exist_ok=True)
    at_hand = [wheel for wheel in wheels if _is_right(wheel, cache)]
    if at_hand:
        say(f"Wheels: {_listing(at_hand)} from the cache")
    if len(at_hand) < len(wheels):
        with only_one(cache / ".lock", "another build is fetching wheels; waiting for it"):
            _fetch_missing([wheel for wheel in wheels if wheel not in at_hand], cache, sources)
    return {wheel.name: cache / wheel.file_name for wheel in wheels}


def _fetch_missing(wheels: Sequence[Wheel], cache: Path, sources: Sequence[WheelSource]) -> None:
    missing = [wheel for wheel in wheels if not _is_right(wheel, cache)]
    for wheel in missing:
        if (cache / wheel.file_name).exists():
            say(f"{cache / wheel.file_name} refused: its hash is wrong; fetching it again")
    reasons = []
    for source in sources:
        if not missing:
            return
        reason = source.fetch({wheel.file_name: wheel.sha256 for wheel in missing}, cache)
        came = [wheel for wheel in missing if _is_right(wheel, cache)]
        if came:
            size = sum((cache / wheel.file_name).stat().st_size for wheel in came)
            say(f"Wheels: {_listing(came)} ({megabytes(size)}) from {source.name}")
        missing = [wheel for wheel in missing if wheel not in came]
        if missing:
            reasons.append(f"{source.name}: {reason or 'has no such file'}")
    if missing:
        raise BuildProblem(
            f"no wheel for {_listing(missing)}: {'; '.join(reasons)}. Connect and run again, or put "
            f"the files that Pyodide's lock file names into {cache}"
        )


def _is_right(wheel: Wheel, cache: Path) -> bool:
    path = cache / wheel.file_name
    return path.is_file() and hash_file(path) == wheel.sha256


def _listing(wheels: Sequence[Wheel]) -> str:
    return ", ".join(wheel.name for wheel in wheels)
