"""Lesson 3, sections 2 to 4: its derivatives and gradients against calculus done by hand."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from lessons.running import CellRun, read_lesson

LESSON = read_lesson("ch03/03_gradients.py")


def test_signatures(functions: dict[str, Any]) -> None:
    assert str(inspect.signature(functions["derivative_numerical"])) == "(f, x, h=1e-05)"
    assert str(inspect.signature(functions["partial_numerical"])) == "(f, idx, point, h=1e-05)"
    assert str(inspect.signature(functions["gradient_numerical"])) == "(f, point, h=1e-05)"


# 2. Derivatives


def test_derivative_of_the_square_is_printed(cells: dict[str, CellRun]) -> None:
    assert cells["derivative"].text == "f'(3) = 6.000000\n"


@pytest.mark.parametrize(
    ("f", "slope"),
    [
        (lambda x: x**2, lambda x: 2 * x),
        (lambda x: x**3 - x, lambda x: 3 * x**2 - 1),
        (math.sin, math.cos),
        (math.exp, math.exp),
        (math.log, lambda x: 1 / x),
        (lambda x: 7, lambda x: 0),
    ],
    ids=["square", "cubic", "sin", "exp", "log", "constant"],
)
@pytest.mark.parametrize("x", [0.5, 1, 3])
def test_derivative_against_calculus(
    functions: dict[str, Any], f: Callable[[float], float], slope: Callable[[float], float], x: float
) -> None:
    assert functions["derivative_numerical"](f, x) == pytest.approx(slope(x), rel=1e-8, abs=1e-8)


def test_central_difference_has_an_error_of_second_order(functions: dict[str, Any]) -> None:
    coarse, fine = (abs(functions["derivative_numerical"](math.exp, 1, h) - math.e) for h in (1e-1, 1e-2))
    assert coarse / fine == pytest.approx(100, rel=0.01)
    assert coarse == pytest.approx(math.e * 0.1**2 / 6, rel=0.01)


def test_errors_follow_the_text(cells: dict[str, CellRun]) -> None:
    """Slopes 1 and 2 in the figure, best steps near 1e-8 and 1e-5, and hundreds of times between them."""
    names = cells["step-size"].names
    steps, one_sided, central = names["steps"], names["one_sided"], names["central"]
    assert steps[0] == 1
    assert steps[-1] == pytest.approx(1e-15)
    for k in range(4, 16):
        assert one_sided[k] == pytest.approx(math.e * steps[k] / 2, rel=0.05)
        assert central[k] == pytest.approx(math.e * steps[k] ** 2 / 6, rel=0.05)
    assert 1e-10 < steps[one_sided.index(min(one_sided))] < 1e-6
    assert 1e-7 < steps[central.index(min(central))] < 1e-4
    assert min(central) < min(one_sided) / 100
    assert central[40] > 1e3 * min(central), "rounding has taken over"


# 3. Partial derivatives


def trough(point: list[float]) -> float:
    x, y = point
    return x**2 + 2 * x * y + y**2


def test_partials_of_the_trough_are_printed(cells: dict[str, CellRun]) -> None:
    assert cells["partial"].text == "df/dx = 6.0000\ndf/dy = 6.0000\n"


@pytest.mark.parametrize("point", [[1, 2], [-1.5, 0.25], (3, -4)])
def test_partials_against_calculus(functions: dict[str, Any], point: list[float]) -> None:
    partial = functions["partial_numerical"]
    x, y = point
    before = list(point)
    assert partial(trough, 0, point) == pytest.approx(2 * x + 2 * y, abs=1e-8)
    assert partial(lambda p: p[0] * math.sin(p[1]), 1, point) == pytest.approx(x * math.cos(y), abs=1e-8)
    assert list(point) == before, "the caller's point stays as it was"


def test_squared_error_by_hand_and_by_computer(cells: dict[str, CellRun]) -> None:
    names = cells["squared-error"].names
    error = 2 * 3 + 1 - 4
    assert names["by_hand"] == [2 * error * 3, 2 * error]
    assert names["by_computer"] == pytest.approx(names["by_hand"], abs=1e-8)


# 4. The gradient


def test_gradient_of_the_trough(cells: dict[str, CellRun], functions: dict[str, Any]) -> None:
    assert cells["gradient"].text == "[6, 6]\n"
    assert functions["gradient_numerical"](trough, [1, 2]) == pytest.approx([6, 6], abs=1e-9)


def test_gradient_in_four_dimensions(functions: dict[str, Any]) -> None:
    slopes = np.array([1.0, -2.0, 0.5, 3.0])
    gradient = functions["gradient_numerical"](lambda p: float(np.dot(slopes, p)) ** 2, [1, 1, 2, 0])
    assert gradient == pytest.approx(list(2 * slopes @ [1, 1, 2, 0] * slopes), abs=1e-8)


def test_steepest_direction_is_the_gradients(cells: dict[str, CellRun]) -> None:
    run = cells["steepest"]
    assert "measured: steepest at 45°\ngradient: 45.0°, length 8.485\n" in run.text
    expected = [6 * (math.cos(math.radians(a)) + math.sin(math.radians(a))) for a in range(0, 360, 45)]
    assert run.names["slopes"] == pytest.approx(expected, abs=1e-8)
