"""Works out the largest learning rate with which a descent would have come to rest: 2/λ, λ the curvature.

A quadratic loss that diverges soon grows by the same factor at each step, (ηλ - 1)², with η the rate: that
gives λ. The number counts only if λ comes out the same in a second way, from the data or from the gradient.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gradus.kernel.explain.curvature import curvatures_of_data, curvatures_of_gradients
from gradus.kernel.explain.describe_values import find_numpy, is_array
from gradus.kernel.explain.shapes import shape_of_value

_ALIKE = 1e-3
"""By how much two numbers may differ, in proportion, to count as the same."""
_LAST = 4
_LARGEST = 1e300
_MIN_ROWS = 3


@dataclass(frozen=True)
class Limit:
    """Rates must stay below `rate`. `data` names the inputs that it comes from, if it does."""

    rate: float
    data: str | None
    scaled_rate: float | None
    """The limit if those inputs were centred and scaled first; None where they are no array."""


def find_largest_rate(
    losses: Sequence[float], rate: float, inputs: Mapping[str, Any], is_pure: Callable[[object], bool]
) -> Limit | None:
    """The limit, if it is certain. `is_pure` tells functions that may be called."""
    curvature = _find_curvature(losses, rate)
    if curvature is None:
        return None
    for value in curvatures_of_gradients(inputs, is_pure):
        if math.isclose(value, curvature, rel_tol=_ALIKE):
            return Limit(2 / value, None, None)
    for name, value, factor, with_bias in curvatures_of_data(_find_data(inputs)):
        if math.isclose(value, curvature, rel_tol=_ALIKE):
            return Limit(2 / value, name, _scale(inputs[name], factor, with_bias))
    return None


def say_limit(limit: float, digits: int = 4) -> str:
    """A limit in a few digits, rounded so that it isn't exceeded."""
    text = f"{limit:.{digits}g}"
    if float(text) > limit * (1 + 1e-9):
        places = digits - 1 - math.floor(math.log10(limit))
        text = f"{math.floor(limit * 10**places) / 10**places:.{digits}g}"
    return text


def _find_curvature(losses: Sequence[float], rate: float) -> float | None:
    """λ from the factor by which the last losses grow, if that is always the same."""
    end = next((i for i, loss in enumerate(losses) if not 0 < loss < _LARGEST), len(losses))
    if rate <= 0 or end < _LAST + 1:
        return None
    last = losses[end - _LAST - 1 : end]
    factors = [after / before for before, after in pairwise(last)]
    if min(factors) <= 1 or max(factors) > min(factors) * (1 + _ALIKE):
        return None
    return (1 + math.sqrt(factors[-1])) / rate


def _find_data(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that have a partner of as many rows: a regression's X has its y."""
    shapes = {name: shape_of_value(value) for name, value in inputs.items()}
    lengths = [shape[0] for shape in shapes.values() if shape]
    return {
        name: inputs[name]
        for name, shape in shapes.items()
        if shape and shape[0] >= _MIN_ROWS and lengths.count(shape[0]) > 1
    }


def _scale(inputs: Any, factor: float, with_bias: bool) -> float | None:
    numpy = find_numpy()
    if not is_array(inputs) or not with_bias:
        return None
    spread = inputs.std(axis=0)
    if not numpy.all(spread > 0):
        return None
    scaled = (inputs - inputs.mean(axis=0)) / spread
    found = curvatures_of_data({"": scaled})
    curvatures = [value for _, value, other, bias in found if math.isclose(other, factor) and bias]
    return 2 / curvatures[0] if curvatures else None
