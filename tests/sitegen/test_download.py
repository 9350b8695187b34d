"""A download is there whole and right, or not at all."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradus.sitegen.download import Unreachable, download
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.serve import serving

CONTENT = b"wheel" * 50_000
RIGHT = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "server"
    folder.mkdir()
    (folder / "a.whl").write_bytes(CONTENT)
    with serving(folder) as url:
        yield url


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    folder.mkdir()
    return folder


def test_a_right_file_is_kept(address: str, kept: Path) -> None:
    counted: list[int] = []
    download(f"{address}a.whl", kept / "a.whl", sha256=RIGHT, timeout=5, report=counted.append)
    assert (kept / "a.whl").read_bytes() == CONTENT
    assert counted == sorted(counted)
    assert counted[-1] == len(CONTENT)


def test_a_wrong_hash_is_refused_by_name(address: str, kept: Path) -> None:
    with pytest.raises(BuildProblem, match=r"a\.whl refused: http.*/a\.whl gives one with SHA-256"):
        download(f"{address}a.whl", kept / "a.whl", sha256="0" * 64, timeout=5)
    assert list(kept.iterdir()) == []


def test_a_missing_file_is_unreachable(address: str, kept: Path) -> None:
    with pytest.raises(Unreachable, match="File not found"):
        download(f"{address}b.whl", kept / "b.whl", sha256=RIGHT, timeout=5)
    assert list(kept.iterdir()) == []


def test_a_closed_port_is_unreachable(kept: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/a.whl"
        with pytest.raises(Unreachable, match="refused"):
            download(url, kept / "a.whl", sha256=RIGHT, timeout=5)


@pytest.mark.parametrize("promised", [len(CONTENT), len(CONTENT) + 1])
def test_an_answer_that_breaks_off_leaves_nothing(kept: Path, promised: int) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % promised + CONTENT[:-1]
    said = f"broke off after {len(CONTENT) - 1} of {promised} bytes"
    with _answering(answer) as url, pytest.raises(Unreachable, match=said):
        download(url, kept / "a.whl", sha256=RIGHT, timeout=5)
    assert list(kept.iterdir()) == []


def test_a_server_that_says_nothing_is_given_up(kept: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/a.whl"
        with pytest.raises(Unreachable, match="timed out"):
            download(url, kept / "a.whl", sha256=RIGHT, timeout=0.1)


class _answering:
    """A server that gives one answer, byte for byte, and hangs up."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/a.whl"

    def __exit__(self, *_: object) -> None:
        self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        connection, _ = self._socket.accept()
        with connection:
            connection.recv(10_000)
            connection.sendall(self._answer)
