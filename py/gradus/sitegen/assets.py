"""Puts everything that pages fetch into the site, under names that change with the content."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from gradus.sitegen.wheels import LockFile

if TYPE_CHECKING:
    from gradus.sitegen.start.kit import StartKit

INTERPRETER = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


@dataclass(frozen=True)
class Runtime:
    """Python for the browser: the interpreter, its lock file and the wheels, in one folder of the site."""

    address: str
    """From the site's root, with a slash at its end: `runtime/314.0.4-1f2e3d4c/`."""
    folder: Path
    lock: LockFile
    sizes: Mapping[str, int]
    """Bytes of each file, by its name in the folder."""

    def files_for(self, packages: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """(address from the site's root, bytes) of all that a page with these packages fetches."""
        wheels = [wheel.file_name for wheel in self.lock.resolve(packages)]
        names = [*INTERPRETER, "pyodide-lock.json", *wheels]
        return tuple((self.address + name, self.sizes[name]) for name in names)


@dataclass(frozen=True)
class Assets:
    """What pages link to."""

    addresses: Mapping[str, str]
    """From the root, by name: `page.css`, `page.js`, `worker.js`, `kernel.zip`, `text-font` and images."""
    head_start: str
    """The script that stands in pages with cells."""
    runtime: Runtime
    starts: Mapping[tuple[str, ...], StartKit] = field(default_factory=dict)
    """What starts Python fast, by the packages that it has; none where pages start it plainly."""


def write_runtime(site: Path, pyodide: Path, lock: LockFile, wheels: Mapping[str, Path]) -> Runtime:
    """Copy the interpreter out of npm's `pyodide` folder and the wheels (package → file) into the site."""
    contents = {name: (pyodide / name).read_bytes() for name in INTERPRETER}
    for name in ("pyodide.mjs", "pyodide.asm.mjs"):
        # Its source map stays behind, so the line that asks for it goes.
        contents[name] = re.sub(rb"\n//# sourceMappingURL=\S+\s*$", b"\n", contents[name])
    contents["pyodide-lock.json"] = lock.text_for(lock.resolve(wheels)).encode()
    contents |= {path.name: path.read_bytes() for path in wheels.values()}
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(f"{name} {hashlib.sha256(contents[name]).hexdigest()}\n".encode())
    address = f"runtime/{lock.version}-{digest.hexdigest()[:8]}/"
    folder = site / address
    folder.mkdir(parents=True)
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return Runtime(address, folder, lock, {name: len(data) for name, data in contents.items()})


def write_hashed(site: Path, folder: str, name: str, data: bytes) -> str:
    """Write a file with its content's hash in its name; gives its address from the site's root."""
    stem, dot, ending = name.rpartition(".")
    address = f"{folder}/{stem}-{short_hash(data)}{dot}{ending}"
    path = site / address
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return address


def pack_kernel(package: Path) -> bytes:
    """A zip archive of `gradus/__init__.py` and `gradus/kernel/`; the same bytes for the same files."""
    sources = [package / "__init__.py", *(package / "kernel").rglob("*")]
    names = {
        (Path("gradus") / path.relative_to(package)).as_posix(): path
        for path in sources
        if path.is_file() and path.suffix in (".py", ".mplstyle", ".json")
    }
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for name in sorted(names):
            # A fixed date, and no rights from this machine.
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            # Line ends are the one thing that a checkout on Windows may change.
            zipped.writestr(entry, names[name].read_bytes().replace(b"\r\n", b"\n"))
    return archive.getvalue()


def write_images(site: Path, images: Path, templates: Path) -> dict[str, str]:
    """Copy those of the site's own pictures that a template names; gives their addresses by name."""
    text = "".join(path.read_text(encoding="utf-8") for path in templates.glob("*.html"))
    files = sorted(path for path in images.iterdir() if f"asset('{path.name}')" in text)
    return {path.name: write_hashed(site, "assets", path.name, path.read_bytes()) for path in files}


def short_hash(data: bytes) -> str:
    """Eight hexadecimal digits that change with the content."""
    return hashlib.sha256(data).hexdigest()[:8]
