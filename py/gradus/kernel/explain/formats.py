"""Explains format codes like `:.2f` on things that aren't one number."""

from __future__ import annotations

import ast
from typing import Any

from gradus.kernel.explain.describe_values import is_array, is_number, kind_of, say_kind
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.nothing import explain_nothing, is_nothing
from gradus.kernel.explain.scene import Scene
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.visible import ancestors_of


def explain_format(scene: Scene) -> Finding | None:
    """`f"{losses:.2f}"` of a list, of None, of text."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or node is None:
        return None
    # Before Python 3.12 the whole f-string is at work, since then the one field.
    whole = [node, *ancestors_of(node, spot.parents)]
    text = next((outer for outer in whole if isinstance(outer, ast.JoinedStr)), None)
    if text is None or not isinstance(node, ast.JoinedStr | ast.FormattedValue):
        return None
    fields = [node] if isinstance(node, ast.FormattedValue) else text.values
    for field in fields:
        spec = _find_spec(field)
        if isinstance(field, ast.FormattedValue) and spec and field.conversion == -1:
            finding = _explain_field(scene, field, spec)
            if finding is not None:
                return finding
    return None


def _find_spec(field: ast.AST) -> str:
    """The format code of a field, if it is written out."""
    spec = field.format_spec if isinstance(field, ast.FormattedValue) else None
    parts = spec.values if isinstance(spec, ast.JoinedStr) else []
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return "".join(texts) if len(texts) == len(parts) else ""


def _explain_field(scene: Scene, field: ast.FormattedValue, spec: str) -> Finding | None:
    spot = scene.spot
    value, text = spot.find(field.value), ast.unparse(field.value)
    mark = f"`:{spec}`"
    if spec[-1] not in "dfeEgGn%" or is_number(value):
        return None
    if is_nothing(scene, field.value):
        return explain_nothing(scene, field.value, f"and {mark} writes a number")
    title = f"{mark} writes one number, and {code(text)} is {say_kind(value)}."
    if is_array(value) and value.ndim:
        places = spec[1:-1] if spec[0] == "." and spec[1:-1].isdecimal() and spec[-1] == "f" else ""
        rounded = f"{text}.round({places})"
        hint = f"To round every entry: {code('{' + rounded + '}')}." if places else _one_item(text, spec)
        return Finding(title, (hint,))
    if kind_of(value) in (list, tuple):
        return (
            Finding(title, (_one_item(text, spec), _each_item(text, spec))) if _holds_numbers(value) else None
        )
    if kind_of(value) is str:
        return Finding(title, _suggest_for_text(text, value))
    return None


def _one_item(text: str, spec: str) -> str:
    return f"For one of its items: {code('{' + f'{text}[0]:{spec}' + '}')}."


def _each_item(text: str, spec: str) -> str:
    field = "f'{item:" + spec + "}'"
    return f"For all of them: {code(f'[{field} for item in {text}]')}."


def _holds_numbers(value: Any) -> bool:
    return len(value) > 0 and all(is_number(item) for item in value)


def _suggest_for_text(text: str, value: str) -> tuple[str, ...]:
    try:
        float(value)
    except ValueError:
        return (f"Leave the format out: {code('{' + text + '}')}.",)
    return (f"{code(f'float({text})')} makes it a number.",)
