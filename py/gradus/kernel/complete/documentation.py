"""Docstrings as they stand in objects and in the text, and the part of one that speaks of a parameter."""

from __future__ import annotations

import ast
import inspect
import re
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from gradus.kernel.complete.known import Known
from gradus.kernel.explain.classes import UNKNOWN, find_member
from gradus.kernel.explain.describe_values import find_numpy, is_function, kind_of

MOST_TEXT = 20_000
MOST_SUMMARY = 400
"""Characters."""
_mro: Any = type.__dict__["__mro__"]
_dict: Any = type.__dict__["__dict__"]
_Documented = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def find_documentation(known: Known) -> str:
    """The docstring, indented as it should be; empty if there is none."""
    if isinstance(known.node, _Documented):
        return ast.get_docstring(known.node) or ""
    if known.instance_of is not None:
        return ast.get_docstring(known.instance_of) or ""
    raw = _find_raw(known.value) if known.value is not UNKNOWN else _find_of_class(known.kind)
    return inspect.cleandoc(raw)[:MOST_TEXT] if type(raw) is str else ""


def summarize(documentation: str, name: str) -> str:
    """The first paragraph, without one before it that only repeats the signature."""
    for paragraph in re.split(r"\n\s*\n", documentation):
        if re.match(rf"[\w.]*\b{re.escape(name)}\(", paragraph.strip()):
            continue
        # Without the line under a heading.
        text = " ".join(word for word in paragraph.split() if not re.fullmatch(r"[=~-]{2,}", word))
        return text if len(text) <= MOST_SUMMARY else text[: MOST_SUMMARY - 1] + "…"
    return ""


def find_parameter_text(documentation: str, name: str) -> str:
    """What a docstring in NumPy's style says of a parameter; empty if nothing."""
    lines = documentation.split("\n")
    for index, line in enumerate(lines):
        heading = re.match(r"\*{0,2}([\w, *]+?)\s*:", line)
        if heading and name in re.split(r"[,\s*]+", heading[1]):
            found = [line]
            for following in lines[index + 1 :]:
                if following.strip() and not following.startswith((" ", "\t")):
                    break
                found.append(following)
            return "\n".join(found).rstrip()
    return ""


def _find_raw(value: Any) -> Any:
    kind = kind_of(value)
    if kind is MethodType:
        return _find_raw(value.__func__)
    if kind in (FunctionType, BuiltinFunctionType, ModuleType) or is_function(value):
        return value.__doc__
    numpy = find_numpy()
    if numpy is not None and kind is type(numpy.mean):
        return value.__doc__
    if kind in (staticmethod, classmethod):
        return _find_raw(value.__func__)
    if issubclass(type(value), type):
        return _find_of_class(value)
    # A method or property as it stands in its class, if it is one of Python's own kinds.
    if find_member(kind, "__get__") is not UNKNOWN and kind.__module__ == "builtins":
        return getattr(value, "__doc__", None)
    return _find_of_class(type(value))


def _find_of_class(kind: type | None) -> Any:
    """The class's own, or that of its base: not `object`'s, which says nothing."""
    for base in _mro.__get__(kind) if kind is not None else ():
        text = _dict.__get__(base).get("__doc__")
        if type(text) is str and base is not object:
            return text
    return None
