"""While a lesson is being written, pages reload after each build; what is published knows nothing of that."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from gradus.sitegen.develop import DevelopmentHandler, list_changes
from gradus.sitegen.project import Project
from gradus.sitegen.serve import open_server
from gradus.sitegen.staging import staging


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>First</title>")
    return folder


@pytest.fixture
def connection(dist: Path) -> Iterator[http.client.HTTPConnection]:
    with open_server(dist, handler=DevelopmentHandler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
        yield connection
        connection.close()
        server.shutdown()
        thread.join()


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[int, str, str]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.headers["Content-Type"], answer.read().decode()


def test_a_served_page_reloads_and_the_file_does_not(
    connection: http.client.HTTPConnection, dist: Path
) -> None:
    status, mime, page = _get(connection, "/")
    assert (status, mime) == (200, "text/html; charset=utf-8")
    assert page.endswith('<script type="module" src="/__reload.js"></script>')
    assert _get(connection, "/__reload.js")[:2] == (200, "text/javascript")
    assert "__reload" not in (dist / "index.html").read_text()


def test_each_build_has_another_name(connection: http.client.HTTPConnection, dist: Path) -> None:
    first = _get(connection, "/__build")[2]
    assert _get(connection, "/__build")[2] == first
    with staging(dist) as new:
        (new / "index.html").write_text("<!doctype html><title>Second</title>")
    assert _get(connection, "/__build")[2] != first
    assert "Second" in _get(connection, "/index.html")[2]


def test_what_is_not_there_is_still_not_found(connection: http.client.HTTPConnection) -> None:
    assert _get(connection, "/none.html")[0] == 404


def test_changes_are_seen(tmp_path: Path) -> None:
    project = replace(Project(), root=tmp_path, lessons=tmp_path / "py" / "lessons")
    lesson = project.lessons / "ch01" / "01_lesson.py"
    lesson.parent.mkdir(parents=True)
    lesson.write_text("1")
    before = list_changes(project)
    assert list_changes(project) == before
    (project.lessons / "__pycache__").mkdir()
    (project.lessons / "__pycache__" / "lesson.pyc").write_text("compiled")
    (project.lessons / "ch01" / ".01_lesson.py.swp").write_text("an editor's own")
    assert list_changes(project) == before
    os.utime(lesson, (1, 1))
    changed = list_changes(project)
    assert changed != before
    (project.lessons / "ch01" / "02_new.py").write_text("2")
    assert list_changes(project) != changed
