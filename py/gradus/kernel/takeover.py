"""Puts a value in another's place for a while: on a module, in a table of the interpreter."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, Final

ABSENT: Final = object()
"""Stands for no value at all."""


@contextmanager
def replace_attribute(owner: object, name: str, value: object) -> Iterator[None]:
    """`owner.name` is `value` meanwhile, and afterwards what it was, or absent if it was."""
    before = getattr(owner, name, ABSENT)
    _put_attribute(owner, name, value)
    try:
        yield
    finally:
        _put_attribute(owner, name, before)


@contextmanager
def replace_item(owner: MutableMapping[str, Any], key: str, value: object) -> Iterator[None]:
    """`owner[key]` is `value` meanwhile, and afterwards what it was, or absent if it was."""
    before = owner.get(key, ABSENT)
    owner[key] = value
    try:
        yield
    finally:
        if before is ABSENT:
            owner.pop(key, None)
        else:
            owner[key] = before


def _put_attribute(owner: object, name: str, value: object) -> None:
    if value is not ABSENT:
        setattr(owner, name, value)
    elif hasattr(owner, name):
        delattr(owner, name)
