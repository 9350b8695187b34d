"""The cache lies where each system keeps such things, and what is written there is whole."""

from __future__ import annotations

import selectors
import subprocess
import sys
from pathlib import Path

import pytest

from gradus.sitegen.cache import cache_folder, whole_file, write_whole


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GRADUS_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("system", "variables", "folder"),
    [
        ("linux", {}, ".cache/gradus"),
        ("linux", {"XDG_CACHE_HOME": "{home}/xdg"}, "xdg/gradus"),
        ("darwin", {}, "Library/Caches/gradus"),
        ("win32", {"LOCALAPPDATA": "{home}/Local"}, "Local/gradus"),
        ("win32", {}, "AppData/Local/gradus"),
        ("linux", {"GRADUS_CACHE": "{home}/own", "XDG_CACHE_HOME": "{home}/xdg"}, "own"),
    ],
)
def test_the_place_of_the_cache(
    home: Path, monkeypatch: pytest.MonkeyPatch, system: str, variables: dict[str, str], folder: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(home=home))
    assert cache_folder() == home / folder
    assert (home / folder).is_dir()


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "wheel.whl"
    write_whole(path, b"first")
    with pytest.raises(KeyboardInterrupt), whole_file(path) as partial:
        partial.write_bytes(b"sec")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"first"
    write_whole(path, b"second")
    assert [file.name for file in path.parent.iterdir()] == ["wheel.whl"]
    assert path.read_bytes() == b"second"


HOLDER = """
import sys
from pathlib import Path
from gradus.sitegen.cache import only_one
with only_one(Path(sys.argv[1]), "waiting"):
    print("held", flush=True)
    sys.stdin.read()
"""


def _hold(lock: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(lock)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_lock_is_held_by_one_process_at_a_time_and_ends_with_it(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with _hold(lock) as first, _hold(lock) as second:
        holders = {first, second}
        # Whoever has to wait says so; the other one holds the lock.
        waiting = first if _waits(first, second) else second
        (holding,) = holders - {waiting}
        assert holding.stdout
        assert holding.stdout.readline() == "held\n"
        holding.kill()
        assert waiting.stdout
        assert waiting.stdout.readline() == "held\n"
        waiting.communicate("")


def _waits(first: subprocess.Popen[str], second: subprocess.Popen[str]) -> bool:
    """Whether it is the first of two processes that waits; blocks until one of them has said so."""
    with selectors.DefaultSelector() as selector:
        for process in (first, second):
            assert process.stderr
            selector.register(process.stderr, selectors.EVENT_READ, process)
        key, _ = selector.select()[0]
        assert key.data.stderr.readline() == "waiting\n"
        return key.data is first
