"""What every kernel test may use: somebody else's library, and asserts in `checks` that say what they saw."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kernel.embeds import Embed

pytest.register_assert_rewrite("kernel.checks")

SHAKY = '''"""A library that warns, fails and calls back."""

import warnings


def warn():
    warnings.warn("from the library")


def fail(message="from the library"):
    _really_fail(message)


def _really_fail(message):
    raise ValueError(message)


def call(function, *arguments):
    return _really_call(function, arguments)


def _really_call(function, arguments):
    return function(*arguments)
'''


@pytest.fixture(autouse=True)
def no_open_figures() -> None:
    """pyplot's figures belong to the process: what other tests left open is no business of a cell's."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is not None:
        helpers.Gcf.destroy_all()


@pytest.fixture(autouse=True)
def same_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions have folders of their own; whoever comes after a test finds the one from before."""
    monkeypatch.chdir(Path.cwd())


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Embed]:
    """The first of the pages that share a Python, with a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path.parent))
    embed = Embed()
    yield embed
    embed.wire.close()


@pytest.fixture
def two(one: Embed) -> Iterator[Embed]:
    """The second."""
    embed = Embed(beside=one)
    yield embed
    embed.wire.close()


@pytest.fixture
def shaky(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lets cells import `shaky`."""
    package = tmp_path / "shaky"
    package.mkdir()
    (package / "__init__.py").write_text("from shaky.parts import call, fail, warn\n")
    (package / "parts.py").write_text(SHAKY)
    (tmp_path / "broken.py").write_text("x = 1\nif x:\n")
    (tmp_path / "explodes.py").write_text("def f():\n    1 / 0\n\nf()\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in ("shaky", "shaky.parts", "broken", "explodes"):
        sys.modules.pop(name, None)
