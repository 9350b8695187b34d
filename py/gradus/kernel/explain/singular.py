"""Notices, after a run that went through, that a matrix had no inverse.

On most machines NumPy raises an error then. WebAssembly has no floating-point traps, by which NumPy would
know, so that there the result is NaN throughout, without a word.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from gradus.kernel.console import log_failure
from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import describe, find_numpy, find_numpy_part, is_array
from gradus.kernel.explain.explanation import Explanation, Place, Value
from gradus.kernel.explain.lookup import Lookup
from gradus.kernel.explain.sentences import code
from gradus.kernel.explain.shapes import shape_of_value
from gradus.kernel.sources import normalize_newlines

MAX_ROWS = 300
"""Larger matrices aren't inverted again to see whether that works."""
_FUNCTIONS = ("inv", "solve")
_OWN_COURSE = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.AsyncFor),
    *(ast.Try, ast.TryStar),
)
_PRODUCTS = (ast.MatMult, ast.Add, ast.Sub, ast.Mult)


def notice_singular(source: str, cell: str, namespace: Mapping[str, Any]) -> Explanation | None:
    """That `np.linalg.inv` or `solve` gave NaN for a matrix without inverse, or None if nothing is certain.

    Looks at what the cell computes at its top level, with what its names stand for after the run. Runs no
    code of the reader's. Never raises, changes nothing.
    """
    try:
        return find_singular(source, cell, namespace)
    except Exception:
        # A notice is an extra.
        log_failure()
        return None


def find_singular(source: str, cell: str, namespace: Mapping[str, Any]) -> Explanation | None:
    """As `notice_singular`, but a mistake in it shows."""
    if find_numpy_part("linalg") is None or not any(name in source for name in _FUNCTIONS):
        return None
    text = normalize_newlines(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
        lookup = Lookup(namespace, namespace, _find_changing(tree))
        for statement in tree.body:
            for call in _find_calls(statement, lookup):
                if _is_broken(statement, call, lookup):
                    return _explain(statement, call, text, cell, lookup)
    return None


def _find_changing(tree: ast.Module) -> frozenset[str]:
    """Names that are given a value twice, or changed in place: what they stood for isn't known."""
    bound: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            bound.append(node.id)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            bound += 2 * [inner.id for inner in ast.walk(node.value) if isinstance(inner, ast.Name)]
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            bound.append(node.target.id)
    return frozenset(name for name in bound if bound.count(name) > 1)


def _find_calls(statement: ast.stmt, lookup: Lookup) -> Iterator[ast.Call]:
    """The calls of `inv` and `solve` that ran, once, when the statement did."""
    if isinstance(statement, _OWN_COURSE):
        return
    linalg = vars(find_numpy_part("linalg"))
    wanted = [linalg.get(name) for name in _FUNCTIONS]
    for node in _walk_straight(statement):
        if isinstance(node, ast.Call) and node.args and not node.keywords:
            function = lookup.find(node.func)
            # The reader's own function under that name could do anything.
            if any(function is each for each in wanted) and type(function) is type(find_numpy().dot):
                yield node


def _walk_straight(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that were at work if the statement was: no branches, no inner functions."""
    if isinstance(node, ast.Lambda | ast.IfExp | ast.BoolOp | ast.comprehension | ast.If | ast.Match):
        return
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.With):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk_straight(child)


def _is_broken(statement: ast.stmt, call: ast.Call, lookup: Lookup) -> bool:
    """Whether the matrix has no inverse, and what came of that is NaN throughout, as far as it was kept."""
    matrix = _compute(lookup, call.args[0])
    if matrix is None or matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        return False
    if not 0 < len(matrix) <= MAX_ROWS or not _is_finite(matrix):
        return False
    name = _find_target(statement, call)
    if name is not None:
        result = lookup.find_name(name)
        if not is_array(result) or result.dtype.kind not in "fc" or not find_numpy().isnan(result).all():
            return False
    return _has_no_inverse(matrix)


def _find_target(statement: ast.stmt, call: ast.Call) -> str | None:
    if isinstance(statement, ast.Assign) and statement.value is call:
        target = statement.targets[0]
        return target.id if isinstance(target, ast.Name) else None
    return None


def _compute(lookup: Lookup, node: ast.AST) -> Any:
    """The array that an expression of arrays stands for, or None."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        inner = _compute(lookup, node.value)
        return None if inner is None else inner.T
    if isinstance(node, ast.BinOp) and isinstance(node.op, _PRODUCTS):
        left, right = _compute(lookup, node.left), _compute(lookup, node.right)
        if left is None or right is None or left.ndim > 2 or right.ndim > 2 or not _is_quick(left, right):
            return None
        return _combine(node.op, left, right)
    value = lookup.find(node)
    # Only lists of plain numbers: anything else might run code of the reader's.
    if not is_array(value) and value is not UNKNOWN and shape_of_value(value) is not None:
        value = find_numpy().array(value)
    return value if value is not UNKNOWN and is_array(value) and value.dtype.kind in "iufc" else None


def _combine(operator: ast.operator, left: Any, right: Any) -> Any:
    if isinstance(operator, ast.MatMult):
        return left @ right
    if isinstance(operator, ast.Mult):
        return left * right
    return left + right if isinstance(operator, ast.Add) else left - right


def _is_quick(left: Any, right: Any) -> bool:
    return bool(left.size * (right.shape[-1] if right.ndim else 1) <= 10_000_000)


def _is_finite(value: Any) -> bool:
    return bool(find_numpy().isfinite(value).all())


def _has_no_inverse(matrix: Any) -> bool:
    numpy, linalg = find_numpy(), vars(find_numpy_part("linalg"))
    try:
        with numpy.errstate(all="ignore"):
            return bool(numpy.isnan(linalg["inv"](matrix)).all())
    except linalg["LinAlgError"]:
        # What a machine with floating-point traps says.
        return True


def _explain(statement: ast.stmt, call: ast.Call, text: str, cell: str, lookup: Lookup) -> Explanation:
    def quote(node: ast.AST) -> str:
        return " ".join((ast.get_source_segment(text, node) or ast.unparse(node)).split())

    matrix = quote(call.args[0])
    linalg = quote(call.func.value) + "." if isinstance(call.func, ast.Attribute) else "np.linalg."
    rank = f"{code(f'{linalg}matrix_rank({matrix})')} says how many of its rows are independent."
    if len(call.args) > 1:
        best = f"{linalg}lstsq({matrix}, {quote(call.args[1])})[0]"
        instead = f"{code(best)} gives the nearest thing to a solution."
    else:
        instead = f"{code(f'{linalg}pinv({matrix})')} gives the nearest thing to an inverse."
    name = _find_target(statement, call)
    shown = {name: lookup.find_name(name)} if name is not None else {}
    if isinstance(call.args[0], ast.Name):
        shown[matrix] = lookup.find(call.args[0])
    return Explanation(
        f"{code(matrix)} has no inverse, because its rows depend on each other: "
        f"{code(quote(call.func))} gives NaN, not a number, throughout.",
        (rank, instead),
        tuple(Value(each, describe(value)) for each, value in shown.items()),
        None,
        Place(cell, call.lineno),
        "result",
    )
