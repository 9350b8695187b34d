"""Whatever ends a build, the last good site stays or the new one is whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gradus.sitegen import staging as staging_module
from gradus.sitegen.staging import staging


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "index.html").write_text("old")
    return folder


def _page(dist: Path) -> str:
    return (dist / "index.html").read_text()


def _leftovers(dist: Path) -> list[str]:
    return sorted(path.name for path in dist.parent.iterdir() if path != dist and path.name != ".dist.lock")


def test_a_whole_build_takes_the_old_ones_place(dist: Path) -> None:
    (dist / "gone.html").write_text("a page that the new site hasn't")
    with staging(dist) as new:
        assert list(new.iterdir()) == []
        (new / "index.html").write_text("new")
        assert _page(dist) == "old"
    assert _page(dist) == "new"
    assert not (dist / "gone.html").exists()
    assert _leftovers(dist) == []


def test_a_first_build_makes_the_folder(tmp_path: Path) -> None:
    with staging(tmp_path / "out" / "dist") as new:
        (new / "index.html").write_text("new")
    assert _page(tmp_path / "out" / "dist") == "new"


@pytest.mark.parametrize("ending", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_build_that_fails_leaves_the_old_site(dist: Path, ending: type[BaseException]) -> None:
    with pytest.raises(ending), staging(dist) as new:
        (new / "index.html").write_text("half")
        raise ending
    assert _page(dist) == "old"
    assert _leftovers(dist) == []


def test_a_swap_that_breaks_off_brings_the_old_site_back(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def swap_half(new: Path, target: Path, old: Path) -> None:
        target.rename(old)
        raise KeyboardInterrupt

    monkeypatch.setattr(staging_module, "_swap", swap_half)
    with pytest.raises(KeyboardInterrupt), staging(dist) as new:
        (new / "index.html").write_text("new")
    assert _page(dist) == "old"
    assert _leftovers(dist) == []


KILLED = """
import sys
from pathlib import Path
from gradus.sitegen.staging import staging
with staging(Path(sys.argv[1])) as new:
    (new / "index.html").write_text("half")
    print("building", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
def test_a_killed_build_leaves_the_old_site_and_the_next_one_cleans_up(dist: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(dist)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as build:
        assert build.stdout
        assert build.stdout.readline() == b"building\n"
        build.send_signal(signal.SIGKILL)
    assert _page(dist) == "old"
    assert _leftovers(dist) == [".dist.new"]
    with staging(dist) as new:
        (new / "index.html").write_text("new")
    assert _page(dist) == "new"
    assert _leftovers(dist) == []


def test_a_build_killed_between_the_two_renames_is_put_right(dist: Path) -> None:
    dist.rename(dist.parent / ".dist.old")
    with pytest.raises(RuntimeError), staging(dist):
        assert _page(dist) == "old"
        raise RuntimeError
    assert _page(dist) == "old"
