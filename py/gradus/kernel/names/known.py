"""What was found about a page's cells when it was built, so that no reader waits until it is found again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from hashlib import sha256
from typing import Any, TypeVar

from gradus.kernel.names.model import Call, Change, Code, Names, Result, Value

Modules = Mapping[str, str]
"""Names from above that mean something imported: `{"np": "numpy"}`."""
Made = TypeVar("Made")

_plain: dict[str, Any] = {}
"""What `learn` was told, by key; it is put together only when it is asked for."""


def learn(text: str) -> None:
    """Take in what `write_known` has written. Raises ValueError for another text."""
    _plain.update(json.loads(text))


def find_known(source: str, modules: Modules) -> Names | None:
    """What is known of this text below these imports; None if nothing is."""
    plain = _plain.get(_make_key(source, modules)) if _plain else None
    return None if plain is None else _read(Names, plain)


def write_known(analyses: Sequence[tuple[str, Modules, Names]]) -> str:
    """JSON for `learn`, from each text, the imports above it, and what was found.

    The same findings give the same JSON.
    """
    known = {_make_key(source, modules): _write(names) for source, modules, names in analyses}
    return json.dumps(known, separators=(",", ":"))


def _make_key(source: str, modules: Modules) -> str:
    text = "\0".join([source, *(f"{name} {path}" for name, path in sorted(modules.items()))])
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _write(thing: Any) -> Any:
    """Objects become dicts of what isn't their default, sets sorted lists."""
    match thing:
        case None | bool() | str():
            return thing
        case frozenset():
            return sorted((_write(each) for each in thing), key=json.dumps)
        case tuple():
            return [_write(each) for each in thing]
        case Mapping():
            return {name: _write(each) for name, each in thing.items()}
    written = {field.name: _write(getattr(thing, field.name)) for field in fields(thing)}
    empty = {field.name: _write(field.default) for field in fields(thing) if field.default is not MISSING}
    return {name: value for name, value in written.items() if name not in empty or value != empty[name]}


def _read(kind: type[Made], plain: Mapping[str, Any]) -> Made:
    readers = _READERS[kind]
    return kind(**{name: readers[name](value) if name in readers else value for name, value in plain.items()})


def _set_of(kind: type[Made]) -> Callable[[Sequence[Mapping[str, Any]]], frozenset[Made]]:
    return lambda plain: frozenset(_read(kind, each) for each in plain)


def _read_pairs(plain: Sequence[Sequence[str]]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(pair) for pair in plain)


_READERS: dict[type, dict[str, Callable[[Any], Any]]] = {
    Change: {},
    Call: {"arguments": frozenset},
    Result: {"arguments": frozenset},
    Value: {
        "aliases": frozenset,
        "holds": frozenset,
        "parts": frozenset,
        "codes": _set_of(Code),
        "results": _set_of(Result),
    },
    Code: {
        "reads": frozenset,
        "writes": frozenset,
        "changes": _set_of(Change),
        "calls": _set_of(Call),
        "keeps": _read_pairs,
        "result": lambda plain: _read(Value, plain),
    },
    Names: {
        "needs": lambda plain: {name: frozenset(present) for name, present in plain.items()},
        "defines": lambda plain: {
            name: tuple(_read(Value, value) for value in values) for name, values in plain.items()
        },
        "always_defines": frozenset,
        "changes": _set_of(Change),
        "calls": _set_of(Call),
        "keeps": _read_pairs,
        "stars": tuple,
    },
}
"""How each field is made from its JSON; those that aren't here are what JSON gives."""
