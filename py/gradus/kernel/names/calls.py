"""What a call may do to the objects it is made with."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gradus.kernel.names.model import GIVEN, Code
from gradus.kernel.names.tables import (
    ARGUMENT_CHANGERS,
    CONTAINER_METHODS,
    COPYING_FUNCTIONS,
    FILE_FUNCTIONS,
    FRESH_FUNCTIONS,
    OPAQUE,
    PICKING_FUNCTIONS,
    PURE_METHODS,
    STATE_SETTERS,
)

if TYPE_CHECKING:
    from gradus.kernel.names.visit import NameVisitor


class CallRules:
    """Tells a visitor what a call does."""

    def __init__(self, visitor: NameVisitor) -> None:
        self._visitor = visitor

    def apply(self, node: ast.Call) -> None:
        """Tell of one call, whose parts have been visited."""
        visitor, function = self._visitor, node.func
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        values = [visitor.evaluator.evaluate(part) for part in [function, *arguments]]
        names = frozenset[str]().union(*(value.aliases | value.holds for value in values[1:]))
        self._run_unnamed({code for value in values for code in value.codes}, names)
        path = visitor.find_path(function)
        name = path.rpartition(".")[2] if path else getattr(function, "attr", getattr(function, "id", ""))
        if name in FILE_FUNCTIONS:
            visitor.set_state("files.")
        if name in ARGUMENT_CHANGERS and arguments:
            visitor.change_all(arguments[0])
        if path is not None:
            if name in STATE_SETTERS:
                visitor.set_state(path.partition(".")[0] + ".")
            self._pass_on(names, names)
        elif isinstance(function, ast.Attribute):
            self._apply_method(function, names)
        elif not isinstance(function, ast.Name):
            self._pass_on(visitor.names_in(function) | names, names)
        elif name in OPAQUE and not visitor.is_hidden(name):
            visitor.be_opaque()
        elif name in FRESH_FUNCTIONS | COPYING_FUNCTIONS | PICKING_FUNCTIONS:
            self._pass_on(names, names)
        else:
            self._pass_on(names | {name}, names)

    def _run_unnamed(self, codes: set[Code], names: frozenset[str]) -> None:
        """Functions that are written right into the call are called there, with whatever else it is given."""
        for code in codes:
            self._visitor.run_code(code)
            for container, content in code.keeps:
                for owner in names if container == GIVEN else {container}:
                    for name in names if content == GIVEN else {content}:
                        self._visitor.keep(owner, name)
            if code.alters:
                for name in names:
                    self._visitor.change(name, True)
            self._pass_on(frozenset(call.function for call in code.calls if GIVEN in call.arguments), names)

    def _apply_method(self, function: ast.Attribute, names: frozenset[str]) -> None:
        visitor = self._visitor
        if function.attr in PURE_METHODS:
            return
        visitor.change_all(function.value, deep=function.attr not in CONTAINER_METHODS)
        owners = visitor.names_in(function.value)
        self._pass_on(owners | names, names)
        for owner in owners:
            for name in names:
                visitor.keep(owner, name)

    def _pass_on(self, functions: frozenset[str], names: frozenset[str]) -> None:
        """Each of these may be a function, or have some, that is called with the objects of those names."""
        for function in functions:
            self._visitor.call(function, names)
