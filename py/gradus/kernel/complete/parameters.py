"""What a function takes, as a reader would write it: `a`, `axis=None`, `*`; read without asking it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import (
    BuiltinFunctionType,
    FunctionType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    WrapperDescriptorType,
)
from typing import Any

from gradus.kernel.complete.known import Known
from gradus.kernel.complete.tokens import read_tokens
from gradus.kernel.explain.classes import UNKNOWN, find_member
from gradus.kernel.explain.describe_values import describe, find_numpy, is_number, kind_of

_BUILT_IN = (BuiltinFunctionType, MethodDescriptorType, MethodWrapperType, WrapperDescriptorType)
_Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAX_DEFAULT = 40
_VARARGS, _KEYWORDS = 4, 8
"""Flags of a code object with `*args` and `**kwargs`."""


@dataclass(frozen=True)
class Parameter:
    """One parameter, or one of the marks `/` and `*`."""

    name: str
    """Empty for a mark."""
    text: str
    by_position: bool
    by_name: bool


def find_parameters(known: Known) -> list[Parameter] | None:
    """The parameters of a function or class, without the object that it is called on; None if unknown."""
    if isinstance(known.node, _Function):
        # Within a class a method is called on an object, and this one is seen from there.
        return _drop_self(_read_text(ast.unparse(known.node.args)))
    if isinstance(known.node, ast.ClassDef):
        return _read_class_text(known.node)
    return None if known.value is UNKNOWN else _read_value(known.value)


def find_position(parameters: list[Parameter], index: int, keyword: str | None) -> int | None:
    """Which parameter gets the argument at `index`, or the one of that name; None if none does."""
    if keyword is not None:
        for position, parameter in enumerate(parameters):
            if parameter.name == keyword and parameter.by_name:
                return position
        return next((i for i, each in enumerate(parameters) if each.text.startswith("**")), None)
    count = 0
    for position, parameter in enumerate(parameters):
        if parameter.text.startswith("*") and not parameter.text.startswith("**") and parameter.name:
            return position
        if parameter.by_position:
            if count == index:
                return position
            count += 1
    return None


def _read_value(value: Any) -> list[Parameter] | None:
    kind = kind_of(value)
    if kind is FunctionType:
        return _read_function(value)
    if kind is MethodType:
        inner = value.__func__
        return _drop_first(_read_function(inner)) if type(inner) is FunctionType else None
    if kind in _BUILT_IN:
        return _read_built_in(value)
    # A metaclass of its own may do with the arguments what it likes.
    if kind is type:
        return _read_class(value)
    if _is_of_numpy(kind):
        wrapped = getattr(value, "__wrapped__", None)
        return _read_function(wrapped) if type(wrapped) is FunctionType else _read_first_line(value)
    return None


def _is_of_numpy(kind: type) -> bool:
    """Whether it is the class of NumPy's functions, which can be asked without risk."""
    numpy = find_numpy()
    return numpy is not None and (kind is numpy.ufunc or kind is type(numpy.mean))


def _read_function(function: FunctionType) -> list[Parameter]:
    for _ in range(5):
        wrapped = vars(function).get("__wrapped__")
        if type(wrapped) is not FunctionType:
            break
        function = wrapped
    code = function.__code__
    names = iter(code.co_varnames)
    defaults = function.__defaults__ or ()
    by_name: dict[str, Any] = function.__kwdefaults__ or {}
    found: list[Parameter] = []
    for index in range(code.co_argcount):
        name = next(names)
        place = index - (code.co_argcount - len(defaults))
        text = name if place < 0 else f"{name}={_show_default(defaults[place])}"
        found.append(Parameter(name, text, True, index >= code.co_posonlyargcount))
        if index + 1 == code.co_posonlyargcount:
            found.append(_MARKS["/"])
    keyword_only = [next(names) for _ in range(code.co_kwonlyargcount)]
    if code.co_flags & _VARARGS:
        name = next(names)
        found.append(Parameter(name, f"*{name}", False, False))
    elif keyword_only:
        found.append(_MARKS["*"])
    for name in keyword_only:
        text = f"{name}={_show_default(by_name[name])}" if name in by_name else name
        found.append(Parameter(name, text, False, True))
    if code.co_flags & _KEYWORDS:
        name = next(names)
        found.append(Parameter(name, f"**{name}", False, False))
    return found


def _read_built_in(function: Any) -> list[Parameter] | None:
    try:
        text = str(inspect.signature(function))
    except (ValueError, TypeError):
        return _read_first_line(function)
    found = _read_text(text[1:].rpartition(")")[0])
    return _drop_self(found) if type(function) in (MethodDescriptorType, WrapperDescriptorType) else found


def _read_class(kind: type) -> list[Parameter] | None:
    for name in ("__init__", "__new__"):
        constructor: Any = find_member(kind, name)
        if type(constructor) is staticmethod:
            constructor = constructor.__func__
        if type(constructor) is FunctionType:
            return _drop_first(_read_function(constructor))
    return _read_first_line(kind) or []


def _read_class_text(body: ast.ClassDef) -> list[Parameter] | None:
    for statement in body.body:
        if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
            return _drop_first(_read_text(ast.unparse(statement.args)))
    return None if body.bases or body.decorator_list else []


def _read_first_line(value: Any) -> list[Parameter] | None:
    """C functions often begin their docstring with what they take: `zeros(shape, dtype=float, …)`."""
    documentation = getattr(value, "__doc__", None)
    if type(documentation) is not str:
        return None
    head = documentation.strip().partition("\n\n")[0]
    forms = re.findall(r"^[\w.]+\((.*?)\)\s*(?:->.*)?$", head, re.MULTILINE)
    # `[, step]` is an older way to say that it may be left out; of several forms the longest tells most.
    found = [_read_text(re.sub(r"[\[\]]", "", form)) for form in forms]
    return max(found, key=len) if found else None


def _read_text(text: str) -> list[Parameter]:
    found: list[Parameter] = []
    by_position = True
    for part in _split(text):
        name = re.match(r"\**\s*(\w*)", part)
        bare = name[1] if name else ""
        if part == "/":
            found = [Parameter(each.name, each.text, True, False) for each in found]
            found.append(_MARKS["/"])
        elif part.startswith("*"):
            by_position = False
            found.append(Parameter(bare, part, False, False))
        elif bare:
            found.append(Parameter(bare, part, by_position, True))
    return found


def _split(text: str) -> Iterator[str]:
    """The parts between the commas that stand in no brackets."""
    depth = start = 0
    for token in read_tokens(text):
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if token.text == "," and depth == 0:
            yield text[start : token.end - 1].strip()
            start = token.end
    if text[start:].strip():
        yield text[start:].strip()


def _drop_self(parameters: list[Parameter]) -> list[Parameter]:
    first = parameters[0].name if parameters else ""
    return _drop_first(parameters) if first in ("self", "cls") else parameters


def _drop_first(parameters: list[Parameter]) -> list[Parameter]:
    rest = parameters[1:]
    return rest[1:] if rest and rest[0].text == "/" else rest


def _show_default(value: Any) -> str:
    if kind_of(value) in (str, bool, type(None), tuple) or is_number(value):
        return describe(value, _MAX_DEFAULT)
    return "…"


_MARKS = {mark: Parameter("", mark, False, False) for mark in "/*"}
