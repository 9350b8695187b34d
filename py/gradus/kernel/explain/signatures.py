"""What a function written in Python takes, read from its code object: nothing is called or evaluated."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from types import FunctionType, MethodType
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN, find_member
from gradus.kernel.explain.scene import Spot

_VARARGS, _KEYWORDS = 4, 8
"""Flags of a code object with `*args` and `**kwargs`."""


@dataclass(frozen=True)
class Signature:
    """A function's parameters, without the object that a method is called on."""

    name: str
    positional: tuple[str, ...]
    keyword_only: tuple[str, ...]
    required: frozenset[str]
    positional_only: int
    takes_more: bool
    takes_any_keyword: bool

    @property
    def names(self) -> tuple[str, ...]:
        """All parameters that can be given by name."""
        return self.positional[self.positional_only :] + self.keyword_only


def find_signature(function: Any) -> Signature | None:
    """The signature of a function, a method or a class with an `__init__`, written in Python; else None."""
    kind = type(function)
    if kind is FunctionType:
        return _read(function, bound=False)
    if kind is MethodType and type(function.__func__) is FunctionType:
        return _read(function.__func__, bound=True)
    # A metaclass of its own may do with the arguments what it likes, and so may a `__new__`.
    if kind is type and find_member(function, "__new__") is object.__dict__["__new__"]:
        constructor = find_member(function, "__init__")
        return (
            _read(constructor, bound=True, name=function.__name__)
            if type(constructor) is FunctionType
            else None
        )
    return None


@dataclass(frozen=True)
class Given:
    """What a call passes."""

    positional: list[ast.expr]
    keywords: dict[str, ast.expr]


def find_given(call: ast.Call) -> Given | None:
    """The arguments of a call; None if some are hidden behind a `*`."""
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return None
    keywords = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}
    return Given(call.args, keywords) if len(keywords) == len(call.keywords) else None


def find_callee(spot: Spot, node: ast.Call) -> Any:
    """The function that a call calls, or UNKNOWN."""
    return (
        spot.find(node.func) if isinstance(node.func, ast.Name | ast.Attribute | ast.Subscript) else UNKNOWN
    )


def _read(function: FunctionType, bound: bool, name: str = "") -> Signature:
    code = function.__code__
    names = code.co_varnames
    positional = names[: code.co_argcount]
    keyword_only = names[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    defaults = len(function.__defaults__ or ())
    required = set(positional[: len(positional) - defaults]) | (
        set(keyword_only) - set(function.__kwdefaults__ or ())
    )
    skipped = 1 if bound and positional else 0
    return Signature(
        name or code.co_name,
        positional[skipped:],
        keyword_only,
        frozenset(required - set(positional[:skipped])),
        max(0, code.co_posonlyargcount - skipped),
        bool(code.co_flags & _VARARGS),
        bool(code.co_flags & _KEYWORDS),
    )
