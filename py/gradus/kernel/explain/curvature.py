"""The steepest curvature of a loss: of a regression from its inputs, of any quadratic from its gradient."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gradus.kernel.explain.describe_values import find_numpy, is_array, is_number, kind_of
from gradus.kernel.explain.shapes import shape_of_value

Matrix = list[list[float]]
_MAX_ENTRIES = 1_000_000
_MAX_FEATURES = 20
_MAX_SWEEPS = 30
_MAX_POINT = 20
_FACTORS = ((2.0, True), (1.0, True), (2.0, False), (1.0, False))
"""How squared errors are scaled: times 2 when differentiated or halved before, averaged or not."""


def curvatures_of_data(inputs: Mapping[str, Any]) -> Iterator[tuple[str, float, float, bool]]:
    """For each table of inputs: its name, λ, the factor before XᵀX, and whether there is a bias.

    With a bias the matrix of second derivatives is factor · [[Σxxᵀ, Σx], [Σx, n]]; the factor is 2/n for a
    mean squared error.
    """
    for name, value in inputs.items():
        rows = _read_rows(value)
        if rows is None:
            continue
        for with_bias in (True, False):
            steepest = find_largest_eigenvalue(_multiply_by_itself(rows, with_bias))
            for factor, is_mean in _FACTORS:
                scale = factor / len(rows) if is_mean else factor
                yield name, scale * steepest, scale, with_bias


def curvatures_of_gradients(inputs: Mapping[str, Any], is_pure: Callable[[object], bool]) -> Iterator[float]:
    """λ for each gradient function among the inputs, at each point among them, if it is constant."""
    functions = [
        value for name, value in inputs.items() if "grad" in _name_of(name, value) and is_pure(value)
    ]
    points = [value for value in inputs.values() if _is_point(value)]
    for function in functions:
        for point in points:
            try:
                here = _differentiate(function, point, 1.0)
                there = _differentiate(function, point, 2.0)
            except Exception:
                # It isn't a gradient at such a point.
                continue
            if here and _are_alike(here, there):
                yield find_largest_eigenvalue(here)


def find_largest_eigenvalue(matrix: Matrix) -> float:
    """The largest eigenvalue of a symmetric matrix, by Jacobi's rotations: no NumPy needed, and exact."""
    a = [list(row) for row in matrix]
    size = len(a)
    total = sum(entry * entry for row in a for entry in row)
    for _ in range(_MAX_SWEEPS):
        pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
        if sum(a[i][j] ** 2 for i, j in pairs) <= 1e-24 * total:
            break
        for i, j in pairs:
            _rotate(a, i, j)
    return max(a[i][i] for i in range(size))


def _rotate(a: Matrix, i: int, j: int) -> None:
    """Turn the axes i and j so that the entry between them becomes 0."""
    if a[i][j] == 0:
        return
    angle = 0.5 * math.atan2(2 * a[i][j], a[j][j] - a[i][i])
    c, s = math.cos(angle), math.sin(angle)
    for row in a:
        row[i], row[j] = c * row[i] - s * row[j], s * row[i] + c * row[j]
    a[i], a[j] = (
        [c * u - s * v for u, v in zip(a[i], a[j], strict=True)],
        [s * u + c * v for u, v in zip(a[i], a[j], strict=True)],
    )


def _read_rows(value: Any) -> Any:
    """Inputs as a table, one row per sample: an array, or a list of lists of floats."""
    shape = shape_of_value(value)
    if shape is None or not 1 <= len(shape) <= 2 or shape[0] < 2 or 0 in shape:
        return None
    if shape[0] * (shape[1:] or (1,))[0] > _MAX_ENTRIES or (shape[1:] or (1,))[0] > _MAX_FEATURES:
        return None
    if is_array(value):
        return value.reshape(shape[0], -1).astype(float) if value.dtype.kind in "iuf" else None
    return [[float(item) for item in row] if len(shape) == 2 else [float(row)] for row in value]


def _multiply_by_itself(rows: Any, with_bias: bool) -> Matrix:
    """XᵀX, with a column of ones at the end of X if there is a bias."""
    if is_array(rows):
        numpy = find_numpy()
        if with_bias:
            rows = numpy.column_stack([rows, numpy.ones(len(rows))])
        product: Matrix = (rows.T @ rows).tolist()
        return product
    table = [[*row, 1.0] if with_bias else row for row in rows]
    columns = list(zip(*table, strict=True))
    return [[sum(a * b for a, b in zip(u, v, strict=True)) for v in columns] for u in columns]


def _is_point(value: Any) -> bool:
    shape = shape_of_value(value)
    return shape is not None and (shape == () or (len(shape) == 1 and 0 < shape[0] <= _MAX_POINT))


def _differentiate(gradient: Callable[[Any], Any], point: Any, stretch: float) -> Matrix:
    """The second derivatives at a point (or one twice as far out), by central differences."""
    wrap: Callable[[list[float]], Any]
    if is_number(point):
        centre, wrap = [stretch * float(point)], _take_first
    else:
        centre = [stretch * float(entry) for entry in point]
        wrap = find_numpy().array if is_array(point) else kind_of(point)
    matrix = []
    for axis, entry in enumerate(centre):
        step = 0.01 * (1 + abs(entry))
        ends = [[*centre[:axis], entry + sign * step, *centre[axis + 1 :]] for sign in (1, -1)]
        ahead, behind = (_read_gradient(gradient(wrap(end))) for end in ends)
        matrix.append([(a - b) / (2 * step) for a, b in zip(ahead, behind, strict=True)])
    if any(len(row) != len(matrix) for row in matrix):
        raise ValueError("a gradient has as many entries as its point")
    return matrix


def _take_first(entries: list[float]) -> float:
    return entries[0]


def _read_gradient(value: Any) -> list[float]:
    if is_number(value):
        return [float(value)]
    if is_array(value) or kind_of(value) in (list, tuple):
        return [float(entry) for entry in value]
    raise TypeError("a gradient is made of numbers")


def _are_alike(one: Matrix, other: Matrix) -> bool:
    size = max(abs(entry) for row in one for entry in row)
    pairs = [pair for u, v in zip(one, other, strict=True) for pair in zip(u, v, strict=True)]
    symmetric = all(
        abs(one[i][j] - one[j][i]) <= 1e-6 * size for i in range(len(one)) for j in range(len(one))
    )
    return symmetric and all(abs(a - b) <= 1e-6 * size for a, b in pairs)


def _name_of(name: str, value: Any) -> str:
    return f"{name} {getattr(getattr(value, '__code__', None), 'co_name', '')}".lower()
