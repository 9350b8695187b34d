"""build.py sets up what is missing, once, notices what is half-made, and explains mistakes in one line."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.progress import CommandFailed

ROOT = Path(__file__).parents[2]
Commands = list[list[str]]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """build.py in a checkout of its own, with nothing set up."""
    checkout = tmp_path / "checkout"
    (checkout / "py").mkdir(parents=True)
    for name in ("build.py", "package.json", "package-lock.json", "py/pyproject.toml", "py/constraints.txt"):
        shutil.copyfile(ROOT / name, checkout / name)
    monkeypatch.setattr(sys, "path", sys.path[:])
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    spec = importlib.util.spec_from_file_location("build_under_test", checkout / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def commands(build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """What build.py would have run; the folders that matter are made as the real programs make them."""
    ran: Commands = []

    def run(title: str, command: list[str], cwd: Path | None = None) -> str:
        ran.append([Path(command[0]).name, *command[1:]])
        if "venv" in command:
            _make_fresh(build.VENV)
            python = build.VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
            python.parent.mkdir()
            python.touch()
        if "ci" in command:
            _make_fresh(build.NODE_MODULES)
        return ""

    monkeypatch.setattr(build, "run_step", run)
    return ran


def _make_fresh(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def _steps(commands: Commands) -> list[str]:
    """The commands in short, and forgets them."""
    short = [
        next(word for word in command if word in ("venv", "install", "ci"))
        + "".join(word[word.index("[") :] for word in command if word.endswith("]"))
        for command in commands
    ]
    commands.clear()
    return short


def test_python_is_set_up_once(build: ModuleType, commands: Commands) -> None:
    build.set_up_python(())
    assert _steps(commands) == ["venv", "install"]
    build.set_up_python(())
    assert _steps(commands) == []


def test_what_only_tests_need_comes_with_the_first_test(build: ModuleType, commands: Commands) -> None:
    build.set_up_python(())
    _steps(commands)
    build.set_up_python(("test", "check"))
    assert _steps(commands) == ["install[test,check]"]
    build.set_up_python(("test",))
    assert _steps(commands) == []


def test_changed_pins_are_installed(build: ModuleType, commands: Commands) -> None:
    build.set_up_python(("test",))
    _steps(commands)
    with (build.ROOT / "py" / "constraints.txt").open("a") as pins:
        pins.write("another==1.0\n")
    build.set_up_python(("test",))
    assert _steps(commands) == ["install[test]"]


@pytest.mark.parametrize("broken", ["interrupted install", "no python", "moved", "bad stamp"])
def test_a_half_made_venv_is_made_anew(build: ModuleType, commands: Commands, broken: str) -> None:
    python = build.set_up_python(())
    _steps(commands)
    stamp = build.VENV / build.STAMP
    match broken:
        case "interrupted install":
            stamp.unlink()
        case "no python":
            python.unlink()
        case "moved":
            stamp.write_text(stamp.read_text().replace("checkout", "another"))
        case "bad stamp":
            stamp.write_text("{")
    build.set_up_python(())
    assert _steps(commands) == ["venv", "install"]


def _failing(output: str) -> Callable[..., str]:
    def fail(title: str, command: list[str], cwd: Path | None = None) -> str:
        raise CommandFailed(command, output)

    return fail


def test_an_install_that_fails_leaves_no_stamp(
    build: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.set_up_python(())
    monkeypatch.setattr(build, "run_step", _failing("OSError: [Errno 28] No space left on device"))
    with pytest.raises(BuildProblem, match="the disk is full"):
        build.set_up_python(("test",))
    assert not (build.VENV / build.STAMP).exists()


def test_a_missing_venv_module_is_named_with_its_package(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "run_step", _failing("because ensurepip is not available. On Debian…"))
    with pytest.raises(BuildProblem, match=r"venv module is missing; .* sudo apt install python3\.\d+-venv"):
        build.make_venv()


def test_javascript_packages_are_set_up_once(build: ModuleType, commands: Commands) -> None:
    for version, expected in (("v20.1.0", ["ci"]), ("v20.2.0", []), ("v22.0.0", ["ci"])):
        build.set_up_node(version)
        assert _steps(commands) == expected
    shutil.rmtree(build.NODE_MODULES)
    build.set_up_node("v22.0.0")
    assert _steps(commands) == ["ci"]


def test_npm_without_a_network_is_one_line(build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        build, "run_step", _failing("npm error code ENOTFOUND\nnpm error network request failed")
    )
    with pytest.raises(BuildProblem, match=r"npm ci: no network.*npm\.log") as problem:
        build.set_up_node("v20.0.0")
    assert "\n" not in str(problem.value)
    assert not (build.NODE_MODULES / build.STAMP).exists()


def _program(folder: Path, name: str, says: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="writes shell scripts")
def test_node_must_be_there_and_new_enough(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(
        BuildProblem, match=r"Node\.js 20 or newer is missing; get it from https://nodejs\.org/"
    ):
        build.find_node()
    _program(programs, "node", "v18.19.0")
    with pytest.raises(BuildProblem, match=r"is Node\.js 18\.19\.0, too old; 20 or newer: get it from"):
        build.find_node()
    _program(programs, "node", "v20.3.1")
    assert build.find_node() == "v20.3.1"
    with pytest.raises(BuildProblem, match=r"npm is missing, though Node\.js is there"):
        build.set_up_node("v20.3.1")


def test_help_needs_nothing(build: ModuleType) -> None:
    run = subprocess.run(
        [sys.executable, "-I", str(ROOT / "build.py"), "--help"],
        capture_output=True,
        text=True,
        env={},
        check=True,
    )
    assert "python3 build.py site" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], "invalid choice: 'biuld'"),
        (["--port", "many"], "many is no port"),
        (["site", "--prot", "1"], "unrecognized arguments: --prot"),
    ],
)
def test_a_wrong_argument_is_one_line(arguments: list[str], said: str) -> None:
    run = subprocess.run([sys.executable, str(ROOT / "build.py"), *arguments], capture_output=True, text=True)
    assert run.returncode == 2
    assert said in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


def test_an_old_python_is_told_what_to_do() -> None:
    source = (ROOT / "build.py").read_text(encoding="utf-8")
    # An old Python must be able to read the file to find the message in it.
    ast.parse(source, feature_version=(3, 7))
    old = f"import sys; sys.version_info = (3, 9, 2); exec(compile({source!r}, 'build.py', 'exec'))"
    run = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.startswith("build.py: this is Python 3.9, and 3.11 or newer is needed; get one from")
    assert len(run.stderr.strip().splitlines()) == 1


def test_every_pinned_requirement_agrees_with_the_constraints() -> None:
    project = tomllib.loads((ROOT / "py" / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {*project["dependencies"], *chain(*project["optional-dependencies"].values())}
    pinned = set((ROOT / "py" / "constraints.txt").read_text("utf-8").splitlines())
    assert {requirement.lower() for requirement in wanted} <= pinned


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    addresses = {package["resolved"] for package in lock["packages"].values() if "resolved" in package}
    assert all(address.startswith("https://registry.npmjs.org/") for address in addresses)
    assert all("integrity" in package for path, package in lock["packages"].items() if path)
