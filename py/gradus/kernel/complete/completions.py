"""The names that may stand at the caret, with what each is."""

from __future__ import annotations

import ast
import builtins
import keyword
import sys
from collections.abc import Iterator, Mapping
from types import FunctionType, MethodType, ModuleType
from typing import Any

from gradus.kernel.complete.drawing_keywords import list_drawing_keywords
from gradus.kernel.complete.known import Known, Names, kind_in
from gradus.kernel.complete.members import own_assignments
from gradus.kernel.complete.modules import list_modules
from gradus.kernel.complete.parameters import find_parameters
from gradus.kernel.complete.place import Place, find_place
from gradus.kernel.complete.text_names import is_visible
from gradus.kernel.explain.classes import UNKNOWN, attribute_names, find_member, own_attributes
from gradus.kernel.explain.describe_values import is_function, kind_of
from gradus.kernel.variables import describe_shape, describe_type

MOST_ITEMS = 2_000
_Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_mro: Any = type.__dict__["__mro__"]
_dict: Any = type.__dict__["__dict__"]

Item = dict[str, Any]
"""`label`, `kind` (as CodeMirror names kinds of completions), `detail`, and `rank`: higher ones first."""


def complete(question: Mapping[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    """`{"before", "after", "above"}` → `{"prefix", "items"}`: what may replace the prefix before the caret.

    `before` and `after` are the cell's text on both sides of the caret, `above` the texts of cells that
    haven't run yet. Names with an underscore are given once the prefix has one.
    """
    before: str = question["before"]
    place = find_place(before)
    names = Names(
        namespace, before + question["after"], before.count("\n") + 1, tuple(question.get("above", ()))
    )
    items = {item["label"]: item for item in reversed(list(_list_items(place, names)))}
    shown = [item for item in items.values() if _is_wanted(item["label"], place.prefix)]
    return {"prefix": place.prefix, "items": shown[::-1][:MOST_ITEMS]}


def _is_wanted(name: str, prefix: str) -> bool:
    if name.startswith("__"):
        return prefix.startswith("__")
    return not name.startswith("_") or prefix.startswith("_")


def _list_items(place: Place, names: Names) -> Iterator[Item]:
    match place.role:
        case "name":
            yield from _list_keywords(place, names)
            yield from _list_names(names)
        case "attribute":
            yield from list_attributes(names.read(place.owner), names)
        case "module":
            yield from (_make(name, "namespace") for name in list_modules(place.owner))
        case "member":
            yield from list_attributes(Known(value=sys.modules.get(place.owner, UNKNOWN)), names)
            yield from (_make(name, "namespace") for name in list_modules(place.owner))


def list_attributes(known: Known, names: Names) -> Iterator[Item]:
    """What may follow the dot."""
    if known.value is not UNKNOWN:
        own = vars(known.value) if type(known.value) is ModuleType else own_attributes(known.value)
        is_class = issubclass(type(known.value), type)
        members = _members_of(known.value if is_class else type(known.value))
        for name in list(attribute_names(known.value)):
            if type(name) is str:
                member = own.get(name, members.get(name, UNKNOWN))
                yield _make(name, _say_member(member, name in own))
    elif known.kind is not None:
        yield from (
            _make(name, _say_member(member, False)) for name, member in _members_of(known.kind).items()
        )
    body = known.instance_of or known.node
    if isinstance(body, ast.ClassDef):
        yield from _list_class_text(body, names)


def _list_class_text(body: ast.ClassDef, names: Names, depth: int = 0) -> Iterator[Item]:
    yield from (_make(name, "property") for name, _ in own_assignments(body))
    yield from (_make(each.name, "method") for each in body.body if isinstance(each, _Function))
    for base in body.bases[:5] if depth < 5 else ():
        known = names.find(base)
        if isinstance(known.node, ast.ClassDef):
            yield from _list_class_text(known.node, names, depth + 1)
        elif known.value is not UNKNOWN and issubclass(type(known.value), type):
            yield from list_attributes(Known(kind=known.value), names)


def _list_keywords(place: Place, names: Names) -> Iterator[Item]:
    """The arguments that can be given by name here."""
    call = place.call
    if call is None or not call.begins_argument:
        return
    known = names.read(call.callee)
    for parameter in find_parameters(known) or ():
        if parameter.by_name and parameter.name not in call.given:
            _, _, default = parameter.text.partition("=")
            yield _make(f"{parameter.name}=", "property", default, rank=3)
    function = known.value.__func__ if type(known.value) is MethodType else known.value
    if type(function) is FunctionType:
        for name in list_drawing_keywords(function, call.callee.rpartition(".")[2].strip()):
            if name not in call.given:
                yield _make(f"{name}=", "property", rank=2)


def _list_names(names: Names) -> Iterator[Item]:
    for binding in names.own:
        if binding.name and is_visible(binding, names.line):
            yield _describe_name(binding.name, names, rank=2)
    for name in names.namespace:
        if type(name) is str and name.isidentifier():
            yield _describe_name(name, names, rank=1)
    for binding in names.above:
        if binding.name and binding.scope is None:
            yield _describe_name(binding.name, names, rank=1)
    for name, value in vars(builtins).items():
        yield _make(name, _say_member(value, True), rank=-1 if name[0].isupper() else 0)
    yield from (_make(name, "keyword") for name in (*keyword.kwlist, "match", "case"))


def _describe_name(name: str, names: Names, rank: int) -> Item:
    value = names.namespace.get(name, UNKNOWN)
    if value is UNKNOWN:
        known = names.read(name)
        if isinstance(known.node, (*_Function, ast.ClassDef)):
            return _make(name, "class" if isinstance(known.node, ast.ClassDef) else "function", rank=rank)
        kind = kind_in(known)
        is_module = type(known.value) is ModuleType
        detail = type.__dict__["__name__"].__get__(kind) if kind is not None and not is_module else ""
        return _make(name, _say_member(known.value, True), detail, rank)
    kind_word = _say_member(value, True)
    detail = ""
    if kind_word == "variable":
        shape = describe_shape(value)
        detail = f"{describe_type(value)} {shape}".strip()
    return _make(name, kind_word, detail, rank)


def _say_member(member: object, is_own: bool) -> str:
    """In CodeMirror's words; `is_own` is what a module or object has for itself, not from its class."""
    kind = kind_of(member)
    if kind is ModuleType:
        return "namespace"
    if issubclass(type(member), type):
        return "class"
    if (
        is_function(member)
        or find_member(type(member), "__call__") is not UNKNOWN
        or kind in (classmethod, staticmethod)
    ):
        return "function" if is_own else "method"
    return "variable" if is_own else "property"


def _members_of(kind: type) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for base in reversed(_mro.__get__(kind)):
        members.update((name, member) for name, member in _dict.__get__(base).items() if type(name) is str)
    return members


def _make(label: str, kind: str, detail: str = "", rank: int = 0) -> Item:
    return {"label": label, "kind": kind, "detail": detail, "rank": rank}
