"""Notices, after a run that went through, a descent whose loss grows or stops being a number."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Mapping
from typing import Any

from gradus.kernel.console import log_failure
from gradus.kernel.explain.describe_values import describe, find_numpy, is_array, is_number
from gradus.kernel.explain.explanation import MAX_HINTS, Explanation, Place, Value
from gradus.kernel.explain.histories import Growth, find_growth, read_losses
from gradus.kernel.explain.largest_rate import Limit, find_largest_rate, say_limit
from gradus.kernel.explain.purity import make_purity_test
from gradus.kernel.explain.scene import Scene, Surroundings
from gradus.kernel.explain.sentences import code, join_code
from gradus.kernel.explain.trainings import Training, find_trainings
from gradus.kernel.sources import CellSource, normalize_newlines

_LOSS = re.compile(r"loss|cost|mse|error|^history$|\.history$", re.IGNORECASE)
"""What is called so holds losses; another list may hold something else that a descent went through."""


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
        log_failure()
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
            values = [Value(name, describe(value))]
            title = _say_growth(name, growth)
            if growth.broken == 0 and not _blame_data(training):
                # It never was a number: that has nothing to do with the descent.
                return None
            if growth.begin is None:
                return _make(training, cell, title, values, _suggest_looking(training, growth))
            limit = None
            if training.rate is not None:
                is_pure = make_purity_test(scene.find_definition)
                limit = find_largest_rate(losses, training.rate, training.inputs, is_pure)
            return _make(training, cell, title, values, _suggest_rate(training, limit))
    return None


def _explain_results(training: Training, cell: str) -> Explanation | None:
    """Parameters that are no numbers any more, where no losses were kept."""
    broken = [(name, value) for name, value in training.results if _is_broken(value)]
    if not broken or any(read_losses(value) is not None for _, value in training.losses):
        return None
    names = join_code([name for name, _ in broken[:3]])
    title = f"The descent went out of bounds: {names} {'is' if len(broken) == 1 else 'are'} no longer finite."
    values = [Value(name, describe(value)) for name, value in broken[:3]]
    return _make(training, cell, title, values, _blame_data(training) or _suggest_rate(training, None))


def _make(training: Training, cell: str, title: str, values: list[Value], hints: list[str]) -> Explanation:
    if training.rate is not None and training.rate_name.isidentifier():
        values.append(Value(training.rate_name, describe(training.rate)))
    place = Place(cell, training.line)
    return Explanation(title, tuple(hints[:MAX_HINTS]), tuple(values), None, place, "result")


def _suggest_rate(training: Training, limit: Limit | None) -> list[str]:
    is_name = training.rate_name.isidentifier()
    name = code(training.rate_name) if is_name else "the learning rate"
    if limit is None:
        if training.rate is None:
            return [f"The steps are too long: try a smaller {name}."]
        return [f"The steps are too long: try {_set_rate(training, f'{training.rate / 10:.2g}')}, a tenth."]
    data = training.texts.get(limit.data, limit.data) if limit.data else ""
    origin = f" for this {code(data)}" if data else ""
    subject = name if is_name else "The learning rate"
    hints = [
        f"{subject} must stay below {say_limit(limit.rate)}{origin}: that is 2/λ, λ the steepest curvature.",
        f"Half of that is a safe choice: {_set_rate(training, say_limit(limit.rate / 2, 2))}.",
    ]
    if limit.scaled_rate is not None and limit.scaled_rate > 3 * limit.rate:
        inputs: Any = training.inputs.get(limit.data or "")
        axis = "axis=0" if inputs.ndim > 1 else ""
        scaled = f"({data} - {data}.mean({axis})) / {data}.std({axis})"
        hints.append(f"With {code(scaled)} as inputs, rates below {say_limit(limit.scaled_rate)} work.")
    return hints


def _set_rate(training: Training, rate: str) -> str:
    return code(f"{training.rate_name} = {rate}" if training.rate_name.isidentifier() else rate)


def _suggest_looking(training: Training, growth: Growth) -> list[str]:
    """For losses that broke without having grown, which needn't be the rate's fault."""
    step = (growth.broken or 1) - 1
    return _blame_data(training) or [
        f"Print what the loss is made of at step {step}: it may be a division by 0 or a logarithm of 0."
    ]


def _blame_data(training: Training) -> list[str]:
    broken = [name for name, value in training.inputs.items() if is_array(value) and _is_broken(value)]
    broken = [name for name in broken if name not in dict(training.results)]
    names = [training.texts.get(name, name) for name in broken]
    return (
        [f"{join_code(names)} already holds NaN or infinite entries: leave those out first."] if names else []
    )


def _say_growth(name: str, growth: Growth) -> str:
    what = "losses" if _LOSS.search(name) else "values"
    if growth.broken is None:
        return (
            f"The {what} in {code(name)} grow from step {growth.begin} on: "
            f"{growth.first:.4g} at first, {growth.last:.4g} at the end."
        )
    become = "NaN, not a number," if growth.is_nan else "infinite"
    before = f", after growing from step {growth.begin} on" if growth.begin is not None else ""
    return f"The {what} in {code(name)} are {become} from step {growth.broken} on{before}."


def _is_broken(value: Any) -> bool:
    if is_array(value):
        return value.dtype.kind == "f" and not find_numpy().isfinite(value).all()
    return is_number(value) and type(value) is not complex and not math.isfinite(float(value))
