"""Explains functions that call themselves without end."""

from __future__ import annotations

import ast
from collections import Counter
from types import CodeType

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import describe, is_number, kind_of
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import code, join_code

_MANY = 100
_SAME = (int, float, str, bool)


def explain_recursion(scene: Scene) -> Finding | None:
    """Which function goes round, and how its argument changes from call to call."""
    last = scene.entries[-_MANY:]
    counts = Counter(entry.tb_frame.f_code for entry, _ in last)
    codes = [item for item, number in counts.items() if number > _MANY // 10]
    names = sorted({item.co_name for item in codes if not item.co_name.startswith("<")})
    if not names or sum(counts[item] for item in codes) < _MANY * 0.9:
        return None
    whole = sum(entry.tb_frame.f_code in codes for entry, _ in scene.entries)
    if len(names) > 1:
        return Finding(
            f"{join_code(names)} called each other {whole:,} times without coming to an end.",
            ("One of them needs a case in which it returns without calling the other.",),
        )
    calls = [i for i, (entry, _) in enumerate(scene.entries) if entry.tb_frame.f_code in codes]
    first, final = scene.spot_at(calls[0]), scene.spot_at(calls[-1])
    title = f"{code(names[0])} called itself {whole:,} times without coming to an end."
    return Finding(title, tuple(_suggest(first, final, codes[0], names[0])))


def _suggest(first: Spot, final: Spot, function: CodeType, name: str) -> list[str]:
    hints = []
    for parameter in function.co_varnames[: function.co_argcount]:
        before = first.frame.f_locals.get(parameter, UNKNOWN)
        after = final.frame.f_locals.get(parameter, UNKNOWN)
        if kind_of(before) not in _SAME or kind_of(after) is not kind_of(before):
            continue
        if before == after:
            hints.append(
                f"{code(parameter)} stays {code(describe(after))}: each call must come nearer to an end."
            )
        elif is_number(before):
            hints.append(
                f"{code(parameter)} went from {describe(before)} to {describe(after)}: "
                "check that this meets the case that stops."
            )
    if not _has_choice(final, name):
        hints.insert(0, f"{code(name)} needs a case in which it returns without calling itself.")
    return hints or [f"Check the case in which {code(name)} should return without calling itself."]


def _has_choice(spot: Spot, name: str) -> bool:
    """Whether the function can take different ways at all."""
    for node in ast.walk(spot.tree):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            choices = (ast.If, ast.IfExp, ast.While, ast.For, ast.BoolOp, ast.Match, ast.Try)
            return any(isinstance(inner, choices) for inner in ast.walk(node))
    return True
