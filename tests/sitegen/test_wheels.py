"""Wheels: what a lesson needs is resolved, found in the cache or at the next source, and checked."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.progress import CommandFailed
from gradus.sitegen.serve import serving
from gradus.sitegen.wheel_sources import PackageIndex, ReleaseFolder
from gradus.sitegen.wheels import LockFile, Wheel, gather_wheels, read_lock_file

CONTENTS = {"numpy": b"arrays" * 1000, "matplotlib": b"figures" * 1000, "six": b"old" * 1000}
NEEDS = {"numpy": [], "matplotlib": ["numpy", "six"], "six": []}


def _wheel(name: str) -> Wheel:
    return Wheel(name, f"{name}-1.0-py3-none-any.whl", hashlib.sha256(CONTENTS[name]).hexdigest())


WHEELS = tuple(_wheel(name) for name in sorted(CONTENTS))
LOCK = LockFile(
    "314.0.4",
    {"python": "3.14.0"},
    {
        name: {
            "name": name,
            "file_name": _wheel(name).file_name,
            "sha256": _wheel(name).sha256,
            "depends": NEEDS[name],
        }
        for name in CONTENTS
    },
)


class Shelf:
    """A source that has some wheels, as they are or damaged, and remembers what it was asked for."""

    def __init__(self, name: str, contents: Mapping[str, bytes]) -> None:
        self.name = name
        self.asked: list[str] = []
        self._contents = {_wheel(name).file_name: content for name, content in contents.items()}

    def fetch(self, wanted: Mapping[str, str], folder: Path) -> str | None:
        self.asked += wanted
        for file_name in wanted:
            if file_name in self._contents:
                (folder / file_name).write_bytes(self._contents[file_name])
        return None if set(wanted) <= set(self._contents) else "is empty"


def test_a_package_brings_what_it_needs() -> None:
    assert [wheel.name for wheel in LOCK.resolve(["matplotlib"])] == ["matplotlib", "numpy", "six"]
    assert [wheel.name for wheel in LOCK.resolve(["six", "six"])] == ["six"]
    assert LOCK.resolve([]) == ()


def test_an_unknown_package_is_named_with_the_nearest_right_name() -> None:
    with pytest.raises(BuildProblem, match=r'no package "nunpy"; did you mean "numpy"\?'):
        LOCK.resolve(["nunpy"])


def test_a_smaller_lock_file_has_the_same_format() -> None:
    text = json.loads(LOCK.text_for(LOCK.resolve(["six"])))
    assert text == {"info": LOCK.info, "packages": {"six": LOCK.packages["six"]}}


def test_the_lock_file_of_the_pinned_release_is_read() -> None:
    root = Path(__file__).parents[2]
    lock = read_lock_file(root / "node_modules" / "pyodide")
    pinned = json.loads((root / "package.json").read_text("utf-8"))["dependencies"]["pyodide"]
    assert lock.version == pinned
    assert {"numpy", "contourpy"} < {wheel.name for wheel in lock.resolve(["matplotlib"])}


def test_the_cache_is_asked_first_then_each_source_for_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / _wheel("numpy").file_name).write_bytes(CONTENTS["numpy"])
    near = Shelf("near", {"six": CONTENTS["six"]})
    far = Shelf("far", CONTENTS)
    paths = gather_wheels(WHEELS, tmp_path, [near, far])
    assert {name: path.read_bytes() for name, path in paths.items()} == CONTENTS
    assert near.asked == [_wheel("matplotlib").file_name, _wheel("six").file_name]
    assert far.asked == [_wheel("matplotlib").file_name]
    said = capsys.readouterr().err
    assert "numpy from the cache" in said
    assert "six (0.0 MB) from near" in said
    assert "matplotlib (0.0 MB) from far" in said


def test_nothing_is_asked_when_all_is_in_the_cache(tmp_path: Path) -> None:
    gather_wheels(WHEELS, tmp_path, [Shelf("once", CONTENTS)])
    again = Shelf("again", CONTENTS)
    gather_wheels(WHEELS, tmp_path, [again])
    assert again.asked == []


def test_a_damaged_wheel_in_the_cache_is_refused_by_name_and_fetched_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / _wheel("six").file_name
    damaged.write_bytes(b"not what was locked")
    gather_wheels(WHEELS, tmp_path, [Shelf("near", CONTENTS)])
    assert damaged.read_bytes() == CONTENTS["six"]
    assert f"{damaged} refused" in capsys.readouterr().err


def test_a_wheel_that_nobody_has_stops_the_build_with_what_each_said(tmp_path: Path) -> None:
    sources = [Shelf("near", {}), Shelf("far", {"six": b"damaged"})]
    with pytest.raises(
        BuildProblem, match=r"no wheel for matplotlib, numpy, six: near: is empty; far: is empty"
    ):
        gather_wheels(WHEELS, tmp_path, sources)


def test_a_release_folder_gives_wheels(tmp_path: Path) -> None:
    server, cache = tmp_path / "server", tmp_path / "cache"
    server.mkdir()
    for wheel in WHEELS:
        (server / wheel.file_name).write_bytes(CONTENTS[wheel.name])
    with serving(server, prefix="/full/") as url:
        gather_wheels(WHEELS, cache, [ReleaseFolder("1.0", base=url)])
    assert {wheel.name: (cache / wheel.file_name).read_bytes() for wheel in WHEELS} == CONTENTS


def test_a_release_folder_with_a_wrong_wheel_is_refused(tmp_path: Path) -> None:
    server, cache = tmp_path / "server", tmp_path / "cache"
    server.mkdir()
    (server / _wheel("six").file_name).write_bytes(b"something else")
    next_one = Shelf("next", CONTENTS)
    with (
        serving(server) as url,
        pytest.raises(BuildProblem, match=r"six-1\.0-py3-none-any\.whl refused: http"),
    ):
        gather_wheels([_wheel("six")], cache, [ReleaseFolder("1.0", base=url), next_one])
    assert not (cache / _wheel("six").file_name).exists()
    assert next_one.asked == []


def test_without_a_network_the_next_source_is_asked(tmp_path: Path) -> None:
    gone = ReleaseFolder("1.0", base="http://127.0.0.1:1/")
    gather_wheels(WHEELS, tmp_path, [gone, Shelf("next", CONTENTS)])
    assert (tmp_path / _wheel("six").file_name).read_bytes() == CONTENTS["six"]


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Stands in for pip: brings a wheel with copies of `CONTENTS`, and remembers how it was called."""
    calls: list[list[str]] = []

    def run(title: str, command: list[Any]) -> str:
        calls.append([str(word) for word in command])
        folder = Path(calls[-1][calls[-1].index("--dest") + 1])
        with zipfile.ZipFile(folder / "open_webui-0.12.4-py3-none-any.whl", "w") as archive:
            archive.writestr("open_webui/main.py", "")
            for wheel in WHEELS:
                archive.writestr(f"open_webui/frontend/pyodide/{wheel.file_name}", CONTENTS[wheel.name])
        return ""

    monkeypatch.setattr("gradus.sitegen.wheel_sources.run_step", run)
    return calls


def test_the_package_index_gives_the_copies_and_drops_the_rest(tmp_path: Path, pip: list[list[str]]) -> None:
    gather_wheels(WHEELS[:2], tmp_path, [PackageIndex()])
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == [wheel.file_name for wheel in WHEELS[:2]]
    assert not list(tmp_path.glob(".pypi-*"))
    (command,) = pip
    assert command[:4] == [sys.executable, "-m", "pip", "download"]
    assert {"open-webui==0.12.4", "--no-deps", "--only-binary=:all:"} < set(command)


def test_a_copy_with_the_wrong_hash_is_refused(tmp_path: Path, pip: list[list[str]]) -> None:
    wanted = Wheel("six", _wheel("six").file_name, "0" * 64)
    with pytest.raises(
        BuildProblem, match=r"six-1\.0-py3-none-any\.whl refused: PyPI \(open-webui 0\.12\.4\)"
    ):
        gather_wheels([wanted], tmp_path, [PackageIndex()])
    assert not (tmp_path / wanted.file_name).exists()


def test_a_copy_that_is_not_there_is_said(tmp_path: Path, pip: list[list[str]]) -> None:
    absent = Wheel("scipy", "scipy-1.0-py3-none-any.whl", "0" * 64)
    with pytest.raises(BuildProblem, match=r"no wheel for scipy: .*has no scipy-1\.0-py3-none-any\.whl"):
        gather_wheels([absent], tmp_path, [PackageIndex()])


def test_pip_without_a_network_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(title: str, command: list[Any]) -> str:
        raise CommandFailed(
            ["pip"], "WARNING: Retrying\nNewConnectionError: Temporary failure in name resolution\n"
        )

    monkeypatch.setattr("gradus.sitegen.wheel_sources.run_step", fail)
    with pytest.raises(BuildProblem, match=r"no wheel for .*: no network") as problem:
        gather_wheels(WHEELS, tmp_path, [PackageIndex()])
    assert "\n" not in str(problem.value)


def _gather(cache: Path, log: Path) -> None:
    class Noted(Shelf):
        def fetch(self, wanted: Mapping[str, str], folder: Path) -> str | None:
            with log.open("a") as file:
                file.write(f"{sorted(wanted)}\n")
            return super().fetch(wanted, folder)

    gather_wheels(WHEELS, cache, [Noted("shared", CONTENTS)])


def test_two_builds_at_once_fetch_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    builds = [context.Process(target=_gather, args=(tmp_path / "cache", tmp_path / "log")) for _ in range(2)]
    for build in builds:
        build.start()
    for build in builds:
        build.join()
    assert [build.exitcode for build in builds] == [0, 0]
    assert (tmp_path / "log").read_text() == f"{sorted(wheel.file_name for wheel in WHEELS)}\n"
