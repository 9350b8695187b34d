"""The slow server answers as GitHub Pages does: compressed or not, with types, and counted."""

from __future__ import annotations

import gzip
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gradus.bench.server import Archive, Meter, serving_slowly
from gradus.bench.throttle import NETWORKS

FILES = {"index.html": b"<p>page</p>" * 50, "a.wasm": b"\0asm" * 50, "a.whl": b"wheel" * 50}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Meter]]:
    folder = tmp_path_factory.mktemp("site")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    with serving_slowly(folder, Archive(Path(folder)), NETWORKS["localhost"]) as found:
        yield found


def fetch(url: str, accept: str = "gzip, br") -> Any:
    return urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": accept}))


@pytest.mark.parametrize("address, name", [("", "index.html"), ("a.wasm", "a.wasm")])
def test_what_the_host_compresses_is_sent_so_and_counted_so(
    served: tuple[str, Meter], address: str, name: str
) -> None:
    url, meter = served
    meter.take()
    with fetch(url + address) as answer:
        body = answer.read()
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == "max-age=600"
    assert gzip.decompress(body) == FILES[name]
    assert meter.take() == len(body) < len(FILES[name])


@pytest.mark.parametrize("address, accept", [("a.whl", "gzip"), ("a.wasm", "identity")])
def test_everything_else_is_sent_as_it_is(served: tuple[str, Meter], address: str, accept: str) -> None:
    url, meter = served
    meter.take()
    with fetch(url + address, accept) as answer:
        assert answer.read() == FILES[address]
        assert "Content-Encoding" not in answer.headers
    assert meter.take() == len(FILES[address])
