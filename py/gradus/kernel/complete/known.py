"""What can be known of an expression by looking: its value, its class, or its definition in the text."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from gradus.kernel.complete.members import find_import, find_unbound, is_method, own_assignments
from gradus.kernel.complete.returns import Result, find_result
from gradus.kernel.complete.text_names import Binding, find_binding, read_names
from gradus.kernel.explain.classes import UNKNOWN, find_attribute, find_member
from gradus.kernel.explain.describe_values import find_numpy, is_array, kind_of
from gradus.kernel.explain.lookup import Lookup

_MAX_DEPTH = 12
_Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_LITERALS: dict[type[ast.AST], type] = {
    ast.JoinedStr: str,
    ast.List: list,
    ast.ListComp: list,
    ast.Tuple: tuple,
    ast.Dict: dict,
    ast.DictComp: dict,
    ast.Set: set,
    ast.SetComp: set,
    ast.Compare: bool,
}


@dataclass(frozen=True, eq=False)
class Known:
    """What is known: as much of it as could be found. Never compared: that would ask the reader's objects."""

    value: Any = UNKNOWN
    kind: type | None = None
    """Its class, where the value itself isn't there."""
    node: ast.AST | None = None
    """The `def` or `class` that it is, in the text."""
    instance_of: ast.ClassDef | None = None
    items: tuple[type, ...] = ()
    """The classes of what it gives when unpacked."""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all is known."""
        parts = (self.kind, self.node, self.instance_of)
        return self.value is UNKNOWN and not self.items and all(part is None for part in parts)


NOTHING = Known()


class Names:
    """What the names in a cell stand for, seen from the caret's line (0: from its end)."""

    def __init__(
        self, namespace: Mapping[str, Any], text: str = "", line: int = 0, above: Sequence[str] = ()
    ) -> None:
        self.namespace = namespace
        self.line = line
        self.own = read_names(text, line)
        self.above = tuple(binding for each in above for binding in read_names(each))

    def read(self, expression: str) -> Known:
        """What is known of an expression, given as text."""
        try:
            return self.find(ast.parse(expression.strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return NOTHING

    def find(self, node: ast.AST | None, depth: int = 0) -> Known:
        """What is known of an expression."""
        if node is None or depth > _MAX_DEPTH:
            return NOTHING
        if isinstance(node, ast.Name):
            return self._find_name(node.id, depth)
        if isinstance(node, ast.Attribute):
            return self.find_member(self.find(node.value, depth + 1), node.attr, depth)
        if isinstance(node, ast.Call):
            return self._find_call(node, depth)
        if isinstance(node, ast.Constant):
            return Known(value=node.value)
        if type(node) in _LITERALS:
            return Known(kind=_LITERALS[type(node)])
        if isinstance(node, ast.BinOp):
            return self._find_operation(node, depth)
        if isinstance(node, ast.UnaryOp):
            return Known(kind=bool) if isinstance(node.op, ast.Not) else self.find(node.operand, depth + 1)
        if isinstance(node, ast.Subscript):
            return self._find_item(node, depth)
        return NOTHING

    def find_member(self, owner: Known, name: str, depth: int = 0) -> Known:
        """What is known of an attribute."""
        if owner.value is not UNKNOWN:
            value = find_attribute(owner.value, name)
            if value is UNKNOWN:
                value = find_unbound(owner.value, name)
            if value is not UNKNOWN:
                return Known(value=value)
        body = owner.instance_of or owner.node
        if isinstance(body, ast.ClassDef):
            return self._find_in_class(body, name, depth)
        kind = kind_in(owner)
        if kind is None:
            return NOTHING
        result = find_result(kind, name, is_attribute=True)
        if result is not None:
            return _as_known(result)
        member = find_member(kind, name)
        return NOTHING if member is UNKNOWN or not is_method(member) else Known(value=member)

    def _find_name(self, name: str, depth: int) -> Known:
        binding = find_binding(self.own, name, self.line)
        live = self.namespace.get(name, UNKNOWN)
        from_text = self._find_bound(binding, depth) if binding else NOTHING
        if live is not UNKNOWN:
            if from_text.is_nothing or _agree(live, from_text):
                return Known(value=live, node=from_text.node)
            return from_text
        if binding is not None:
            return from_text
        other = find_binding(self.above, name, 0)
        if other is not None:
            return self._find_bound(other, depth)
        return Known(value=vars(builtins).get(name, UNKNOWN))

    def _find_bound(self, binding: Binding, depth: int) -> Known:
        node = binding.node
        if isinstance(node, (*_Function, ast.ClassDef)):
            return Known(node=node)
        if isinstance(node, ast.alias):
            return Known(value=find_import(node, binding.module))
        if binding.owner is not None:
            return Known(instance_of=binding.owner)
        if binding.annotation is not None:
            annotated = self._as_instance(self.find(binding.annotation, depth + 1))
            if not annotated.is_nothing:
                return annotated
        if binding.item is None:
            return self.find(node, depth + 1)
        items = self.find(node, depth + 1).items
        return Known(kind=items[binding.item]) if binding.item < len(items) else NOTHING

    def _find_call(self, node: ast.Call, depth: int) -> Known:
        function = self.find(node.func, depth + 1)
        if function.node is not None or function.value is not UNKNOWN:
            made = self._as_instance(function)
            if not made.is_nothing:
                return made
        if isinstance(function.node, _Function):
            return self._as_instance(self.find(function.node.returns, depth + 1))
        given = bool(node.args) or any(keyword.arg in ("nrows", "ncols") for keyword in node.keywords)
        if isinstance(node.func, ast.Attribute):
            owner = self.find(node.func.value, depth + 1)
            module = owner.value if type(owner.value) is ModuleType else None
            result = find_result(module or kind_in(owner), node.func.attr, given=given)
        else:
            result = find_result(builtins, node.func.id) if isinstance(node.func, ast.Name) else None
        return NOTHING if result is None else _as_known(result)

    def _as_instance(self, known: Known) -> Known:
        if isinstance(known.node, ast.ClassDef):
            return Known(instance_of=known.node)
        if known.value is not UNKNOWN and issubclass(type(known.value), type):
            return Known(kind=known.value)
        return NOTHING

    def _find_operation(self, node: ast.BinOp, depth: int) -> Known:
        kinds = [kind_in(self.find(side, depth + 1)) for side in (node.left, node.right)]
        numpy = find_numpy()
        if numpy is not None and any(kind is numpy.ndarray for kind in kinds):
            return Known(kind=numpy.ndarray)
        # By identity: a metaclass of the reader's may define `==`.
        for kind in (int, float, str, list, tuple):
            if kinds[0] is kind and kinds[1] is kind:
                return Known(kind=kind)
        return NOTHING

    def _find_item(self, node: ast.Subscript, depth: int) -> Known:
        value = Lookup({}, self.namespace).find(node)
        if value is not UNKNOWN:
            return Known(value=value)
        kind = kind_in(self.find(node.value, depth + 1))
        return Known(kind=str) if kind is str else NOTHING

    def _find_in_class(self, body: ast.ClassDef, name: str, depth: int) -> Known:
        for statement in body.body:
            if isinstance(statement, (*_Function, ast.ClassDef)) and statement.name == name:
                return Known(node=statement)
        for target, value in own_assignments(body):
            if target == name:
                return self.find(value, depth + 1)
        for base in body.bases:
            found = self.find_member(self._as_instance(self.find(base, depth + 1)), name, depth + 1)
            if not found.is_nothing:
                return found
        return NOTHING


def kind_in(known: Known) -> type | None:
    """The class of what is known, if it can be asked without a metaclass's consent."""
    if known.value is not UNKNOWN:
        kind = kind_of(known.value)
        return type(known.value) if kind is object else kind
    return known.kind


def _agree(live: Any, from_text: Known) -> bool:
    """Whether a name's live value may well be what the text makes of it."""
    if from_text.node is not None:
        return issubclass(type(live), type) == isinstance(from_text.node, ast.ClassDef)
    if from_text.instance_of is not None:
        return type.__dict__["__name__"].__get__(type(live)) == from_text.instance_of.name  # type: ignore[no-any-return]
    return type(live) is kind_in(from_text) or is_array(live)


def _as_known(result: Result) -> Known:
    return Known(items=result) if isinstance(result, tuple) else Known(kind=result)
