"""The server does what a plain static host does, under any prefix."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.serve import open_server, serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "ch03").mkdir(parents=True)
    (site / "runtime").mkdir()
    (site / "index.html").write_text("first page")
    (site / "404.html").write_text("not here")
    (site / "ch03" / "index.html").write_text("chapter")
    for name in ("pyodide.mjs", "pyodide.asm.wasm", "six.whl", "pyodide-lock.json"):
        (site / "runtime" / name).write_bytes(b"content")
    (tmp_path / "secret.txt").write_text("outside the site")
    return site


@pytest.fixture
def connection(folder: Path) -> Iterator[http.client.HTTPConnection]:
    with serving(folder, prefix="/course/") as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc)
        yield connection
        connection.close()


def _get(
    connection: http.client.HTTPConnection, path: str, method: str = "GET"
) -> tuple[int, dict[str, str], str]:
    connection.request(method, path)
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()


@pytest.mark.parametrize(
    ("path", "mime"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
        ("ch03/?a=b", "text/html; charset=utf-8"),
        ("runtime/pyodide.mjs", "text/javascript; charset=utf-8"),
        ("runtime/pyodide.asm.wasm", "application/wasm"),
        ("runtime/pyodide-lock.json", "application/json"),
        ("runtime/six.whl", "application/octet-stream"),
    ],
)
def test_types(connection: http.client.HTTPConnection, path: str, mime: str) -> None:
    status, headers, _ = _get(connection, f"/course/{path}")
    assert (status, headers["content-type"]) == (200, mime)


def test_pages_are_asked_for_anew_and_hashed_files_kept(connection: http.client.HTTPConnection) -> None:
    assert _get(connection, "/course/")[1]["cache-control"] == "no-cache"
    assert "immutable" in _get(connection, "/course/runtime/six.whl")[1]["cache-control"]
    assert _get(connection, "/course/runtime/none.whl")[1]["cache-control"] == "no-cache"


def test_one_connection_serves_many_requests(connection: http.client.HTTPConnection) -> None:
    _get(connection, "/course/")
    used = connection.sock
    assert _get(connection, "/course/missing")[0] == 404
    assert _get(connection, "/course/", "HEAD")[2] == ""
    assert _get(connection, "/course/ch03/")[2] == "chapter"
    assert connection.sock is used


def test_a_folder_without_its_slash_is_redirected_under_the_prefix(
    connection: http.client.HTTPConnection,
) -> None:
    status, headers, _ = _get(connection, "/course/ch03?cell=descent")
    assert (status, headers["location"]) == (301, "/course/ch03/?cell=descent")


@pytest.mark.parametrize(
    "path",
    [
        *("/course/none", "/course/runtime/", "/", "/coursework", "/index.html"),
        *("/course/../secret.txt", "/course/%2e%2e/secret.txt", "/course//../secret.txt"),
    ],
)
def test_what_is_not_in_the_site_is_not_found(connection: http.client.HTTPConnection, path: str) -> None:
    status, headers, body = _get(connection, path)
    assert (status, headers["content-type"], body) == (404, "text/html; charset=utf-8", "not here")


def test_a_taken_port_is_said_with_what_to_do(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BuildProblem, match=rf"port {port} is taken; choose another: .* --port \d+"):
            open_server(folder, port)
