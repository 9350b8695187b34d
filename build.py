#!/usr/bin/env python3
"""Builds the course: sets up what is missing here, then hands over to gradus.sitegen."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (whoever starts it with an older one is told so)
    sys.exit(
        f"build.py: this is Python {sys.version_info[0]}.{sys.version_info[1]}, and 3.11 or newer is needed; "
        "get one from https://www.python.org/downloads/"
    )

import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
# The package itself, straight from the checkout; what is used of it here needs the standard library only.
sys.path.insert(0, str(ROOT / "py"))
sys.dont_write_bytecode = True

from gradus.sitegen.cache import only_one, write_whole
from gradus.sitegen.commands import parse_arguments
from gradus.sitegen.failures import explain, run_reporting
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.progress import CommandFailed, run_step

VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"
LOGS = ROOT / ".build"
STAMP = "gradus-stamp.json"
"""In .venv and in node_modules: what they were made from. While they are being made there is none."""
EXTRAS = {"test": ("test",), "bench": ("test",), "check": ("test", "check"), "pin": ("test", "check")}
"""What a command needs beside the packages for building. mypy wants to see what the kernel imports lazily."""
GET_NODE = "get it from https://nodejs.org/ (Debian: apt install nodejs npm; macOS: brew install node)"


def main(arguments: Sequence[str]) -> int:
    """Set up what the command needs and run it; gives the exit status."""
    options = parse_arguments(arguments)
    with only_one(LOGS / "setup.lock", "another build.py is setting up this checkout; waiting for it"):
        node = find_node()
        python = set_up_python(EXTRAS.get(options.command, ()))
        set_up_node(node)
    command = [str(python), "-m", "gradus.sitegen", *arguments]
    if os.name == "posix":
        os.execv(python, command)
    return subprocess.call(command)


def set_up_python(extras: Sequence[str]) -> Path:
    """Make .venv and install what is pinned, unless that was done before; gives the Python in it."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # A moved checkout and another Python both need a new one, for paths and compiled packages belong to them.
    made_by = [str(VENV), f"{sys.version_info[0]}.{sys.version_info[1]}", platform.machine()]
    wanted = hash_files(ROOT / "py" / "pyproject.toml", ROOT / "py" / "constraints.txt")
    stamp = read_stamp(VENV)
    if not python.exists() or stamp.get("made_by") != made_by:
        make_venv()
        stamp = {"made_by": made_by, "installed": {}}
    installed = {extra: hashed for extra, hashed in stamp["installed"].items() if hashed == wanted}
    missing = [extra for extra in ("", *extras) if extra not in installed]
    if missing:
        (VENV / STAMP).unlink(missing_ok=True)
        install(python, [extra for extra in missing if extra])
        stamp["installed"] = installed | dict.fromkeys(missing, wanted)
        write_stamp(VENV, stamp)
    return python


def make_venv() -> None:
    """Make .venv anew, without pip's packages of an earlier or half-made one."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    try:
        if missing:
            raise CommandFailed([sys.executable], f"No module named {missing[0]}")
        run_step("Making .venv", command)
    except CommandFailed as failure:
        if re.search(r"ensurepip is not available|No module named", failure.output):
            package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
            hint = f"on Debian and Ubuntu: sudo apt install {package}"
            raise BuildProblem(f"Python's venv module is missing; {hint}") from None
        raise explain("making .venv", failure, LOGS / "venv.log") from None


def install(python: Path, extras: Sequence[str]) -> None:
    """Install gradus from the checkout, and the pinned packages it needs, into .venv."""
    package = str(ROOT / "py") + (f"[{','.join(extras)}]" if extras else "")
    command = [
        *(str(python), "-m", "pip", "install", "--editable", package),
        *("--constraint", str(ROOT / "py" / "constraints.txt")),
        *("--no-input", "--disable-pip-version-check", "--retries", "2", "--progress-bar", "off"),
    ]
    try:
        run_step("Installing Python packages", command)
    except CommandFailed as failure:
        raise explain("pip install", failure, LOGS / "pip.log") from None


def find_node() -> str:
    """Node's version, if it is new enough for package.json."""
    node = shutil.which("node")
    least = int(re.sub(r"\D", "", json.loads((ROOT / "package.json").read_text("utf-8"))["engines"]["node"]))
    if node is None:
        raise BuildProblem(f"Node.js {least} or newer is missing; {GET_NODE}")
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    major = re.match(r"v(\d+)\.", version)
    if not major or int(major[1]) < least:
        raise BuildProblem(
            f"{node}: is Node.js {version.removeprefix('v')}, too old; {least} or newer: {GET_NODE}"
        )
    return version


def set_up_node(version: str) -> None:
    """Install what package-lock.json pins into node_modules, unless that was done before."""
    made_by = [platform.system(), platform.machine(), version.split(".")[0]]
    stamp = {"made_by": made_by, "lock": hash_files(ROOT / "package.json", ROOT / "package-lock.json")}
    if read_stamp(NODE_MODULES) == stamp:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise BuildProblem(f"npm is missing, though Node.js is there; {GET_NODE}")
    (NODE_MODULES / STAMP).unlink(missing_ok=True)
    try:
        run_step("Installing JavaScript packages", [npm, "ci", "--no-audit", "--no-fund"], cwd=ROOT)
    except CommandFailed as failure:
        raise explain("npm ci", failure, LOGS / "npm.log") from None
    write_stamp(NODE_MODULES, stamp)


def read_stamp(folder: Path) -> dict[str, Any]:
    """What `folder` was made from; empty if that isn't known."""
    try:
        stamp: dict[str, Any] = json.loads((folder / STAMP).read_text("utf-8"))
        return stamp
    except (OSError, ValueError):
        return {}


def write_stamp(folder: Path, stamp: dict[str, Any]) -> None:
    """Say that `folder` is whole."""
    write_whole(folder / STAMP, json.dumps(stamp).encode())


def hash_files(*paths: Path) -> str:
    """One hash for the content of several files."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


if __name__ == "__main__":
    sys.exit(run_reporting(lambda: main(sys.argv[1:]), LOGS / "error.log"))
