"""Builds into a folder beside the real one and swaps the two, so that a reader never meets half a site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradus.sitegen.cache import only_one


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Gives an empty folder that becomes `target` if nothing goes wrong; otherwise `target` stays as it was.

    What an earlier build left behind when it was killed is put right first. Builds of one target take turns.
    """
    new = target.with_name(f".{target.name}.new")
    old = target.with_name(f".{target.name}.old")
    target.parent.mkdir(parents=True, exist_ok=True)
    with only_one(
        target.with_name(f".{target.name}.lock"), f"another build of {target} is running; waiting for it"
    ):
        _restore(target, old)
        _remove(new)
        new.mkdir()
        try:
            yield new
            _swap(new, target, old)
        finally:
            _restore(target, old)
            _remove(new)


def _swap(new: Path, target: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    new.rename(target)


def _restore(target: Path, old: Path) -> None:
    """After a swap that broke off between its two steps the old site comes back; else it goes."""
    if old.exists():
        if target.exists():
            _remove(old)
        else:
            old.rename(target)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
