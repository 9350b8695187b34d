"""Lesson 3, sections 5 and 6: its walks against their closed form, its chain rule against polynomials."""

from __future__ import annotations

import cmath
import inspect
import re
from typing import Any

import pytest

from lessons.running import CellRun, read_lesson

LESSON = read_lesson("ch03/03_gradients.py")


def test_signatures(functions: dict[str, Any]) -> None:
    descent = inspect.signature(functions["gradient_descent_simple"])
    assert str(descent) == "(f, grad_f, w0, learning_rate=0.1, epochs=100)"
    assert str(inspect.signature(functions["mse_loss_gradients"])) == "(w, b, x, y)"


# 5. Gradient descent

RATES = {
    "Too small": (0.01, 3.452),
    "As in the text": (0.1, 7.957e-09),
    "One jump": (0.5, 0),
    "Bouncing": (1.0, 25),
    "Diverging": (1.1, 1.438e09),
}


def test_descent_is_printed(cells: dict[str, CellRun]) -> None:
    assert cells["descent"].text == "w = (0.000054, 0.000071)\nloss = 7.957e-09\n"


@pytest.mark.parametrize(("rate", "loss"), RATES.values(), ids=RATES)
def test_descent_against_its_closed_form(functions: dict[str, Any], rate: float, loss: float) -> None:
    """On x² + y² each of the 49 steps multiplies the place by 1 - 2·rate."""
    start = [3, 4]
    w, history = functions["gradient_descent_simple"](
        lambda p: p[0] ** 2 + p[1] ** 2, lambda p: [2 * p[0], 2 * p[1]], start, rate, epochs=50
    )
    factor = (1 - 2 * rate) ** 49
    assert w == pytest.approx([3 * factor, 4 * factor], rel=1e-12)
    assert history == pytest.approx([25 * (1 - 2 * rate) ** (2 * k) for k in range(50)], rel=1e-12)
    assert history[-1] == pytest.approx(loss, rel=2e-4)
    assert start == [3, 4], "the caller's start stays as it was"


def test_descent_by_default_takes_99_steps_of_a_tenth(functions: dict[str, Any]) -> None:
    w, history = functions["gradient_descent_simple"](lambda p: p[0] ** 2, lambda p: [2 * p[0]], [1])
    assert len(history) == 100
    assert w == pytest.approx([0.8**99])


def test_descent_of_one_epoch_stays_at_the_start(functions: dict[str, Any]) -> None:
    start = [3, 4]
    w, history = functions["gradient_descent_simple"](sum, lambda p: [1, 1], start, epochs=1)
    assert (w, history) == ([3, 4], [7])
    assert w is not start


def test_presets_of_the_descent_are_the_tables() -> None:
    presets = next(cell for cell in LESSON.code_cells if cell.id == "descent").presets
    assert {preset.label: preset.changes for preset in presets} == {
        label: (("learning_rate", str(rate)),) for label, (rate, _) in RATES.items()
    }


def test_table_in_the_text_is_the_curriculums() -> None:
    prose = "\n".join(cell.source for cell in LESSON.cells)
    rows = re.findall(r"^\| ([\d.]+) \| ([\u2212\d.]+) \|.*\| (\S+) \|$", prose, re.MULTILINE)
    stated = {float(rate): (float(factor.replace("\u2212", "-")), float(loss)) for rate, factor, loss in rows}
    assert stated == {rate: (pytest.approx(1 - 2 * rate), loss) for rate, loss in RATES.values()}


# 6. The chain rule


def test_loss_gradients_are_printed(cells: dict[str, CellRun], functions: dict[str, Any]) -> None:
    assert functions["mse_loss_gradients"](1, 0, 2, 5) == (-12, -6)
    assert cells["chain-rule"].text == "dL/dw = -12, dL/db = -6\n"


@pytest.mark.parametrize(("w", "b", "x", "y"), [(0.5, -1, 3, 2), (-2, 0.25, 1.5, -7), (4, 4, 0, 1)])
def test_loss_gradients_against_calculus(
    functions: dict[str, Any], w: float, b: float, x: float, y: float
) -> None:
    """The slopes of the polynomial w²x² + 2wbx + b² - 2wxy - 2by + y², term by term."""
    by_w = 2 * w * x**2 + 2 * b * x - 2 * x * y
    by_b = 2 * w * x + 2 * b - 2 * y
    assert functions["mse_loss_gradients"](w, b, x, y) == pytest.approx((by_w, by_b))


def test_backpropagation_against_a_complex_step(cells: dict[str, CellRun]) -> None:
    """The slope is Im f(x + ih)/h, which has no rounding floor."""
    value = 0.8 + 1e-30j
    for _ in range(3):
        value = cmath.tanh(0.5 * value)
    names = cells["layers"].names
    assert names["outputs"][-1] == pytest.approx(value.real, rel=1e-12)
    assert names["slope"] == pytest.approx(value.imag / 1e-30, rel=1e-12)
