"""Explains values that a function of Python's can't work with: `int("3.5")`, `math.sqrt(-1)`, `max([])`."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import describe, is_number, kind_of
from gradus.kernel.explain.explanation import Finding
from gradus.kernel.explain.lookup import SIZED
from gradus.kernel.explain.nearest import find_nearest
from gradus.kernel.explain.scene import Scene, Spot
from gradus.kernel.explain.sentences import ask, code

# Function → what its argument must be, and a test that is true of a number it refuses.
_DOMAINS: dict[str, tuple[str, Callable[[float], bool]]] = {
    "sqrt": ("0 or more", lambda x: x < 0),
    "log": ("above 0", lambda x: x <= 0),
    "log2": ("above 0", lambda x: x <= 0),
    "log10": ("above 0", lambda x: x <= 0),
    "log1p": ("above -1", lambda x: x <= -1),
    "acos": ("between -1 and 1", lambda x: abs(x) > 1),
    "asin": ("between -1 and 1", lambda x: abs(x) > 1),
    "atanh": ("between -1 and 1", lambda x: abs(x) >= 1),
    "acosh": ("1 or more", lambda x: x < 1),
}
_PLAIN = (str, int, float, bool)


def explain_conversion(scene: Scene) -> Finding | None:
    """Text that isn't a number, and NaN as a whole number."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords:
        return None
    if not spot.lookup.is_builtin(node.func, "int", "float"):
        return None
    function, argument = spot.quote(node.func), node.args[0]
    value, text = spot.find(argument), spot.quote(argument)
    if function == "int" and kind_of(value) is float and math.isnan(value):
        hint = "See where it became NaN: print it on the way."
        return Finding(f"{code(text)} is NaN, not a number, so it can't become a whole number.", (hint,))
    if kind_of(value) is not str or _reads_as(function, value):
        return None
    written = "" if isinstance(argument, ast.Constant) else f", which is {describe(value)},"
    if not value.strip():
        hint = (
            f"Check with {code(f'if {text}.strip():')} first."
            if written
            else "Put a number between the quotes."
        )
        return Finding(
            f"{code(text)} is an empty text{'' if not value else ' of spaces'}, and holds no number.", (hint,)
        )
    if function == "int" and _reads_as("float", value) and math.isfinite(float(value)):
        return Finding(
            f"`int` takes text like `'3'`, and {code(text)}{written} has more than whole digits.",
            (f"{code(f'float({text})')} keeps the fraction.", f"{code(f'int(float({text}))')} cuts it off."),
        )
    if value.count(",") == 1 and _reads_as("float", value.replace(",", ".")):
        corrected = f"float({text}.replace(',', '.'))"
        return Finding(
            f"{code(text)}{written} has a comma where Python writes a point.", (f"Try {code(corrected)}.",)
        )
    return Finding(
        f"{code(text)}{written} isn't a number.", ("Only digits may be left, with a sign or a point.",)
    )


def explain_domain(scene: Scene) -> Finding | None:
    """`math.sqrt` of a negative number, `math.log` of 0."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or not isinstance(node, ast.Call) or not node.args or node.keywords:
        return None
    function, value = spot.find(node.func), spot.find(node.args[0])
    name = next((name for name in _DOMAINS if function is vars(math)[name]), None)
    if name is None or (len(node.args) > 1 and value is UNKNOWN):
        return None
    wanted, refuses = _DOMAINS[name]
    text, quoted = spot.quote(node.args[0]), spot.quote(node.func)
    if value is not UNKNOWN and not (is_number(value) and kind_of(value) is not complex and refuses(value)):
        return None
    known = "isn't" if value is UNKNOWN else f"is {describe(value)}"
    title = f"{code(quoted)} needs a number {wanted}, and {code(text)} {known}."
    if isinstance(node.args[0], ast.Constant | ast.UnaryOp) and is_number(value):
        title = f"{code(quoted)} needs a number {wanted}."
    if name == "sqrt":
        return Finding(
            title,
            (
                "A square root of a negative number is complex: `cmath.sqrt` gives it.",
                "Else see how it became negative.",
            ),
        )
    if name.startswith("log") and value == 0:
        return Finding(title, ("Where it can be 0, add something tiny first, such as `1e-12`.",))
    return Finding(title, ("See how it came to be outside of that.",))


def explain_search(scene: Scene) -> Finding | None:
    """`x.index(7)` and `x.remove(7)` of a list without it; `max` of nothing."""
    spot, node = scene.spot, scene.spot.node
    if not scene.is_direct or not isinstance(node, ast.Call):
        return None
    if spot.lookup.is_builtin(node.func, "max", "min") and len(node.args) == 1:
        return _explain_empty(spot, node)
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in ("index", "remove"):
        return None
    items = spot.find(node.func.value)
    wanted = spot.find(node.args[0]) if len(node.args) == 1 else UNKNOWN
    if kind_of(items) is not list or kind_of(wanted) not in _PLAIN:
        return None
    if any(kind_of(item) not in _PLAIN or item == wanted for item in items):
        return None
    owner = spot.quote(node.func.value)
    found = find_nearest(wanted, items, limit=2) if type(wanted) is str else []
    hints = [ask([repr(name) for name in found])] if found else []
    hints.append(f"Check with {code(f'if {spot.quote(node.args[0])} in {owner}:')} first.")
    return Finding(f"{code(describe(wanted))} isn't in the list {code(owner)}.", tuple(hints))


def _explain_empty(spot: Spot, node: ast.Call) -> Finding | None:
    value: Any = spot.find(node.args[0])
    if (
        kind_of(value) not in SIZED
        or len(value)
        or any(keyword.arg == "default" for keyword in node.keywords)
    ):
        return None
    text, name = spot.quote(node.args[0]), spot.quote(node.func)
    largest = "largest" if name == "max" else "smallest"
    return Finding(
        f"{code(text)} is empty, so it has no {largest} item.",
        (f"{code(f'{name}({text}, default=0)')} gives 0 for an empty one.",),
    )


def _reads_as(function: str, text: str) -> bool:
    try:
        (int if function == "int" else float)(text)
    except ValueError:
        return False
    return True
