"""From an exception to its explanation: a table of exception types and the explainers to ask, in turn."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, cast

from gradus.kernel.console import log_failure
from gradus.kernel.explain.arguments import explain_argument, explain_sum
from gradus.kernel.explain.array_items import explain_array_index
from gradus.kernel.explain.assigning import explain_assignment
from gradus.kernel.explain.attributes import explain_attribute
from gradus.kernel.explain.broadcasting import explain_broadcasting
from gradus.kernel.explain.callables import explain_not_callable
from gradus.kernel.explain.calls import explain_arguments
from gradus.kernel.explain.conversions import explain_conversion, explain_domain, explain_search
from gradus.kernel.explain.explanation import MAX_HINTS, Explanation, Finding, Place
from gradus.kernel.explain.formats import explain_format
from gradus.kernel.explain.imports import explain_import
from gradus.kernel.explain.items import explain_index, explain_key
from gradus.kernel.explain.joining import explain_joining, explain_reshape
from gradus.kernel.explain.keywords import explain_keyword
from gradus.kernel.explain.linear_algebra import explain_linear_algebra
from gradus.kernel.explain.loops import explain_not_iterable
from gradus.kernel.explain.made_arrays import explain_made_array
from gradus.kernel.explain.names import explain_name, explain_unbound
from gradus.kernel.explain.numbers import explain_memory, explain_zero_division
from gradus.kernel.explain.operands import explain_array_operands, explain_operands
from gradus.kernel.explain.overflow import explain_overflow
from gradus.kernel.explain.plotting import explain_plot
from gradus.kernel.explain.products import explain_product
from gradus.kernel.explain.ragged import explain_ragged
from gradus.kernel.explain.recursion import explain_recursion
from gradus.kernel.explain.scene import Scene, Surroundings, make_scene
from gradus.kernel.explain.subscripts import explain_subscript
from gradus.kernel.explain.syntax import explain_syntax
from gradus.kernel.explain.truth import explain_truth
from gradus.kernel.explain.unpacking import explain_unpacking
from gradus.kernel.explain.values import collect_values

Explainer = Callable[[Scene], Finding | None]

EXPLAINERS: dict[type[BaseException], tuple[Explainer, ...]] = {
    NameError: (explain_name,),
    UnboundLocalError: (explain_unbound,),
    AttributeError: (explain_attribute, explain_keyword),
    ImportError: (explain_import,),
    KeyError: (explain_key,),
    IndexError: (explain_index, explain_array_index),
    ZeroDivisionError: (explain_zero_division,),
    OverflowError: (explain_overflow,),
    RecursionError: (explain_recursion,),
    MemoryError: (explain_memory,),
    TypeError: (
        explain_arguments,
        explain_keyword,
        explain_not_callable,
        explain_subscript,
        explain_operands,
        explain_array_operands,
        explain_not_iterable,
        explain_argument,
        explain_joining,
        explain_made_array,
        explain_sum,
        explain_format,
    ),
    ValueError: (
        explain_product,
        explain_broadcasting,
        explain_assignment,
        explain_joining,
        explain_reshape,
        explain_ragged,
        explain_memory,
        explain_linear_algebra,
        explain_plot,
        explain_truth,
        explain_unpacking,
        explain_conversion,
        explain_domain,
        explain_search,
        explain_format,
    ),
}
"""Which explainers to ask, in this order: the first that knows something is right. An exception is looked up
by its class, and then by the bases of that."""


def explain(
    error: BaseException,
    source: str,
    cell: str,
    namespace: Mapping[str, Any],
    surroundings: Surroundings | None = None,
) -> Explanation | None:
    """What went wrong in plain words, or None where nothing certain can be said.

    `source` is the text that was run as `cell`, in `namespace`; the exception must still have its traceback.
    Runs no code of the reader's, but for gradients that are plain arithmetic. Never raises, changes nothing.
    """
    try:
        return find_explanation(error, source, cell, namespace, surroundings or Surroundings())
    except Exception:
        # An explanation is an extra. The reader has the traceback.
        log_failure()
        return None


def find_explanation(
    error: BaseException,
    source: str,
    cell: str,
    namespace: Mapping[str, Any],
    surroundings: Surroundings,
) -> Explanation | None:
    """As `explain`, but a mistake in an explainer shows."""
    if issubclass(type(error), SyntaxError):
        return explain_syntax(cast(SyntaxError, error), source, cell, namespace, surroundings)
    scene = make_scene(error, source, cell, namespace, surroundings)
    return None if scene is None or _is_raised_by_reader(scene) else _explain_scene(scene)


def _explain_scene(scene: Scene) -> Explanation | None:
    for kind in type(scene.error).__mro__:
        for explainer in EXPLAINERS.get(kind, ()):
            finding = explainer(scene)
            if finding is not None:
                return _complete(finding, scene)
    return None


def _is_raised_by_reader(scene: Scene) -> bool:
    """Whether the reader's own `raise` or `assert` is at work: the message is theirs, and says it all."""
    node = scene.spot.node
    if node is None:
        return isinstance(scene.spot.statement, ast.Raise | ast.Assert)
    return isinstance(node, ast.Raise | ast.Assert)


def _complete(finding: Finding, scene: Scene) -> Explanation:
    spot = scene.spot
    current = scene.surroundings.is_current(spot.source)
    return Explanation(
        finding.title,
        finding.hints[:MAX_HINTS],
        collect_values(spot),
        finding.drawing,
        Place(spot.source.cell, spot.line) if current else None,
    )
