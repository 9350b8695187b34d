"""Fetches one file over HTTP and keeps it only if it is the one expected."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from gradus.sitegen.cache import whole_file
from gradus.sitegen.problem import BuildProblem

CHUNK = 1 << 16


class Unreachable(Exception):
    """The server could not be reached, or broke off, or has no such file; says why."""


def download(
    url: str,
    destination: Path,
    *,
    sha256: str,
    timeout: float,
    report: Callable[[int], None] = lambda received: None,
) -> None:
    """Fetch `url` to `destination`, which appears only when whole and right.

    `timeout` is the longest silence in seconds; `report` is called with the number of bytes so far.
    Raises Unreachable, and BuildProblem when what came isn't the file with this SHA-256.
    """
    try:
        with urllib.request.urlopen(url, timeout=timeout) as response, whole_file(destination) as partial:
            digest = hashlib.sha256()
            with partial.open("wb") as file:
                received = 0
                while chunk := response.read(CHUNK):
                    file.write(chunk)
                    digest.update(chunk)
                    report(received := received + len(chunk))
            expected = response.headers.get("Content-Length")
            if expected is not None and received < int(expected):
                raise Unreachable(f"broke off after {received} of {expected} bytes")
            require_hash(destination.name, digest.hexdigest(), sha256, source=url)
    except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError) as error:
        raise Unreachable(str(getattr(error, "reason", None) or error)) from None


def require_hash(name: str, found: str, wanted: str, source: str) -> None:
    """Raise BuildProblem, naming the file and where it came from, unless the two SHA-256 agree."""
    if found != wanted:
        raise BuildProblem(
            f"{name} refused: {source} gives one with SHA-256 {found[:12]}…, but "
            f"the lock file wants {wanted[:12]}…; "
            "if a proxy or a mirror stands between, take it out of the way and run again"
        )


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
