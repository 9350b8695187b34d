"""Explains keyword arguments that a function of a library doesn't know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from types import FunctionType
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN, attribute_names
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nearest import find_nearest
from gradus.kernel.explain.scene import Scene
from gradus.kernel.explain.sentences import ask, code
from gradus.kernel.explain.signatures import find_callee, find_signature

_MESSAGES = (
    re.compile(r"unexpected keyword argument '(\w+)'"),
    re.compile(r"^'(\w+)' is an invalid keyword argument"),
)
_SUGGESTION = re.compile(r"Did you mean '(\w+)'\?")


def explain_keyword(scene: Scene) -> Finding | None:
    """`plt.plot(x, y, colour="red")`, `print(1, sepp="")`: the nearest name that would do."""
    spot, node = scene.spot, scene.spot.node
    wrong = next(
        (found[1] for found in (pattern.search(scene.message) for pattern in _MESSAGES) if found), None
    )
    if wrong is None or not isinstance(node, ast.Call):
        return None
    if wrong not in [keyword.arg for keyword in node.keywords]:
        return None
    function = find_callee(spot, node)
    if type(function) is FunctionType and function.__globals__ is scene.namespace:
        # The reader's own function passes it on: the mistake may lie there.
        return None
    suggested = _SUGGESTION.search(scene.message)
    found = [suggested[1]] if suggested else find_nearest(wrong, _find_names(scene, function), limit=2)
    if not found:
        return None
    return Finding(f"{code(spot.quote(node.func))} has no parameter {code(wrong)}.", (ask(found),))


def _find_names(scene: Scene, function: Any) -> Iterable[str]:
    """The names that would have been right, as far as they can be known."""
    signature = find_signature(function) if function is not UNKNOWN else None
    if signature is not None:
        yield from signature.names
    text = getattr(function, "__text_signature__", None) if _is_builtin(function) else None
    if type(text) is str:
        yield from re.findall(r"(\w+)(?:=|,|\))", text)
    yield from _find_names_in_traceback(scene)


def _find_names_in_traceback(scene: Scene) -> Iterable[str]:
    """The parameters of the library functions on the way, and what matplotlib's objects can be set to."""
    entry = scene.entries[-1][0].tb_next
    while entry is not None:
        frame = entry.tb_frame
        code_object = frame.f_code
        yield from code_object.co_varnames[: code_object.co_argcount + code_object.co_kwonlyargcount]
        if entry.tb_next is None and str(frame.f_globals.get("__name__")).startswith("matplotlib."):
            names = attribute_names(frame.f_locals.get("self"))
            yield from (name.removeprefix("set_") for name in names if name.startswith("set_"))
        entry = entry.tb_next


def _is_builtin(function: Any) -> bool:
    return type(function) is type(len)
