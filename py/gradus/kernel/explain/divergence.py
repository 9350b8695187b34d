"""Notices, after a run that went through, a descent whose loss grows or stops being a number."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from typing import Any

from gradus.kernel.explain.describe_values import describe, find_numpy, is_array, is_number
from gradus.kernel.explain.explanation import MAX_HINTS, Explanation, Place, Value
from gradus.kernel.explain.histories import Growth, find_growth, read_losses
from gradus.kernel.explain.largest_rate import Limit, find_largest_rate, say_limit
from gradus.kernel.explain.purity import make_purity_test
from gradus.kernel.explain.scene import Scene, Surroundings
from gradus.kernel.explain.sentences import code, join_code
from gradus.kernel.explain.trainings import Training, find_trainings
from gradus.kernel.sources import CellSource, normalize_newlines


def notice_divergence(
    source: str, cell: str, namespace: Mapping[str, Any], surroundings: Surroundings | None = None
) -> Explanation | None:
    """What became of the losses, or None if nothing certain can be said. Ask after a run without error.

    `source` is the text that was run as `cell`, in `namespace`. Calls nothing of the reader's but gradients
    that are plain arithmetic. Never raises, and changes nothing.
    """
    try:
        return find_divergence(source, cell, namespace, surroundings or Surroundings())
    except Exception:
        # A notice is an extra.
        return None


def find_divergence(
    source: str, cell: str, namespace: Mapping[str, Any], surroundings: Surroundings
) -> Explanation | None:
    """As `notice_divergence`, but a mistake in it shows."""
    text = CellSource(cell, "", normalize_newlines(source))
    # Only what it knows of texts is used: there is no error here.
    scene = Scene(Warning(), (), text, namespace, surroundings)
    trainings = list(find_trainings(scene.parse(text), namespace, scene.find_definition))
    for training in trainings:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = _explain_losses(training, cell, scene) or _explain_results(training, cell)
        if found is not None:
            return found
    return None


def _explain_losses(training: Training, cell: str, scene: Scene) -> Explanation | None:
    for name, value in training.losses:
        losses = read_losses(value)
        growth = find_growth(losses) if losses is not None else None
        if losses is not None and growth is not None:
            limit = None
            if training.rate is not None:
                is_pure = make_purity_test(scene.find_definition)
                limit = find_largest_rate(losses, training.rate, training.inputs, is_pure)
            return _make(training, cell, _say_growth(name, growth), [Value(name, describe(value))], limit)
    return None


def _explain_results(training: Training, cell: str) -> Explanation | None:
    """Parameters that are no numbers any more, where no losses were kept."""
    broken = [(name, value) for name, value in training.results if _is_broken(value)]
    if not broken or any(read_losses(value) is not None for _, value in training.losses):
        return None
    names = join_code([name for name, _ in broken[:3]])
    title = f"The descent went out of bounds: {names} {'is' if len(broken) == 1 else 'are'} no longer finite."
    return _make(training, cell, title, [Value(name, describe(value)) for name, value in broken[:3]], None)


def _make(training: Training, cell: str, title: str, values: list[Value], limit: Limit | None) -> Explanation:
    name = training.rate_name
    hints = []
    if limit is not None:
        said = say_limit(limit.rate)
        data = training.texts.get(limit.data, limit.data) if limit.data else ""
        value: Any = training.inputs.get(limit.data) if limit.data else None
        origin = f" for this {code(data)}" if data else ""
        hints.append(
            f"{code(name)} must stay below {said}{origin}: that is 2/λ, with λ the steepest curvature."
        )
        hints.append(f"Half of that is a safe choice: {code(f'{name} = {say_limit(limit.rate / 2, 2)}')}.")
        if limit.scaled_rate is not None and limit.scaled_rate > 3 * limit.rate:
            axis = "axis=0" if is_array(value) and value.ndim > 1 else ""
            scaled = f"({data} - {data}.mean({axis})) / {data}.std({axis})"
            hints.append(f"With {code(scaled)} as inputs, rates below {say_limit(limit.scaled_rate)} work.")
    elif training.rate is not None:
        hints.append(f"The steps are too long: try {code(f'{name} = {training.rate / 10:.2g}')}, a tenth.")
    else:
        hints.append(f"The steps are too long: try a smaller {code(name)}.")
    if training.rate is not None:
        values.append(Value(name, describe(training.rate)))
    return Explanation(
        title, tuple(hints[:MAX_HINTS]), tuple(values), None, Place(cell, training.line), "result"
    )


def _say_growth(name: str, growth: Growth) -> str:
    if growth.broken is None:
        return (
            f"The losses in {code(name)} grow from step {growth.begin} on: "
            f"{growth.first:.4g} at first, {growth.last:.4g} at the end."
        )
    what = "NaN, not a number," if growth.is_nan else "infinite"
    before = f", after growing from step {growth.begin} on" if growth.begin < growth.broken else ""
    return f"The losses in {code(name)} are {what} from step {growth.broken} on{before}."


def _is_broken(value: Any) -> bool:
    if is_array(value):
        return value.dtype.kind == "f" and not find_numpy().isfinite(value).all()
    return is_number(value) and type(value) is not complex and not math.isfinite(float(value))
