"""Tells functions that may be called to find something out: plain arithmetic, without side effects."""

from __future__ import annotations

import ast
import builtins
import math
from collections.abc import Callable
from types import FunctionType, ModuleType

from gradus.kernel.explain.describe_values import find_numpy, is_array, is_number, kind_of
from gradus.kernel.explain.scopes import Function, names_given, parameters_of

FindDefinition = Callable[[object], Function | None]
_MAX_DEPTH, _MAX_ITEMS = 3, 1_000
_BUILTINS = ("sum", "len", "zip", "enumerate", "abs", "min", "max", "float", "list", "tuple")
_NUMPY = ("array", "asarray", "sum", "mean", "dot", "exp", "log", "sqrt", "sin", "cos", "abs", "zeros_like")
_PLAIN = (
    ast.keyword,
    ast.BinOp,
    ast.Return,
    ast.Assign,
    ast.Tuple,
    ast.List,
    ast.Constant,
    ast.UnaryOp,
    ast.Compare,
    ast.IfExp,
    ast.ListComp,
    ast.GeneratorExp,
    ast.comprehension,
    ast.operator,
    ast.unaryop,
    ast.cmpop,
    ast.expr_context,
)


def make_purity_test(find_definition: FindDefinition) -> Callable[[object], bool]:
    """A test for functions of the reader's, given how to find their texts."""

    def is_pure(function: object, depth: int = 0) -> bool:
        definition = find_definition(function)
        if type(function) is not FunctionType or not isinstance(definition, ast.FunctionDef):
            return False
        if definition.decorator_list or function.__closure__ or depth > _MAX_DEPTH:
            return False
        if function.__kwdefaults__ or not all(map(_is_plain_value, function.__defaults__ or ())):
            return False
        body = [node for statement in definition.body for node in ast.walk(statement)]
        own = {*parameters_of(definition), *(name for node in body for name in names_given(node))}

        def is_allowed(node: ast.AST) -> bool:
            if isinstance(node, ast.Name):
                return (
                    node.id in own or node.id in called or _is_plain_value(function.__globals__.get(node.id))
                )
            if isinstance(node, ast.Call):
                return id(node.func) in harmless and not any(k.arg is None for k in node.keywords)
            if isinstance(node, ast.Attribute):
                return id(node) in harmless or node.attr == "T"
            if isinstance(node, ast.Subscript):
                return isinstance(node.ctx, ast.Load)
            if isinstance(node, ast.Expr):
                return isinstance(node.value, ast.Constant)
            return isinstance(node, _PLAIN)

        def is_harmless(callee: ast.expr) -> bool:
            if isinstance(callee, ast.Name) and callee.id not in own:
                value = function.__globals__.get(callee.id, vars(builtins).get(callee.id))
                return _is_builtin(callee.id, value) or (value is not function and is_pure(value, depth + 1))
            return isinstance(callee, ast.Attribute) and _is_of_module(callee, function)

        callees = [node.func for node in body if isinstance(node, ast.Call)]
        harmless = {id(callee) for callee in callees if is_harmless(callee)}
        called = {
            name.id
            for c in callees
            if id(c) in harmless
            for name in ast.walk(c)
            if isinstance(name, ast.Name)
        }
        return all(is_allowed(node) for node in body)

    return is_pure


def _is_builtin(name: str, value: object) -> bool:
    return name in _BUILTINS and value is vars(builtins)[name]


def _is_of_module(callee: ast.Attribute, function: FunctionType) -> bool:
    """`math.exp`, `np.sum`."""
    if not isinstance(callee.value, ast.Name):
        return False
    owner = function.__globals__.get(callee.value.id)
    if owner is math:
        return callee.attr in vars(math) and callee.attr not in ("factorial", "comb", "perm", "pow", "prod")
    return type(owner) is ModuleType and owner is find_numpy() and callee.attr in _NUMPY


def _is_plain_value(value: object) -> bool:
    """A global that can be read without surprise, and isn't too long to go through."""
    if is_number(value):
        return True
    if is_array(value):
        return bool(value.size <= _MAX_ITEMS)  # type: ignore[attr-defined]
    return kind_of(value) in (list, tuple) and len(value) <= _MAX_ITEMS and all(map(is_number, value))  # type: ignore[arg-type, call-overload]
