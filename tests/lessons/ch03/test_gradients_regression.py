"""Lesson 3, sections 7 and 8: its fits against least squares and the closed form of the descent."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from lessons.running import CellRun, read_lesson

LESSON = read_lesson("ch03/03_gradients.py")


@pytest.fixture
def data() -> tuple[np.ndarray, np.ndarray]:
    """The capstone's points, made here as the curriculum says."""
    np.random.seed(42)
    X = np.linspace(0, 10, 50)
    return X, 2 * X + 1 + 0.5 * np.random.randn(50)


@pytest.mark.parametrize("name", ["linear_regression_gd", "linear_regression_multi"])
def test_signatures(functions: dict[str, Any], name: str) -> None:
    assert str(inspect.signature(functions[name])) == "(X, y, learning_rate=0.01, epochs=1000)"


# 7. Linear regression


def descend_exactly(X: np.ndarray, y: np.ndarray, rate: float, epochs: int) -> np.ndarray:
    """Weights and intercept after so many steps from 0: t* + (I - rate·H)^epochs (0 - t*)."""
    A = np.column_stack([X, np.ones(len(y))])
    best = np.linalg.lstsq(A, y, rcond=None)[0]
    step = np.eye(A.shape[1]) - rate * 2 * A.T @ A / len(y)
    return best - np.linalg.matrix_power(step, epochs) @ best


def test_fit_is_printed(cells: dict[str, CellRun]) -> None:
    assert cells["regression"].text == "y = 1.980x + 0.975\nlast MSE: 0.207151\n"


@pytest.mark.parametrize(("rate", "epochs"), [(0.01, 500), (0.01, 1), (0.02, 60), (0.001, 300), (0.05, 9)])
def test_fit_against_its_closed_form(
    functions: dict[str, Any], data: tuple[np.ndarray, np.ndarray], rate: float, epochs: int
) -> None:
    X, y = data
    w, b, history = functions["linear_regression_gd"](X, y, rate, epochs)
    assert (w, b) == pytest.approx(descend_exactly(X, y, rate, epochs), rel=1e-9)
    losses = []
    for epoch in range(epochs):
        w_before, b_before = descend_exactly(X, y, rate, epoch)
        losses.append(np.mean((w_before * X + b_before - y) ** 2))
    assert history == pytest.approx(losses, rel=1e-9)


def test_long_fit_is_least_squares(functions: dict[str, Any], data: tuple[np.ndarray, np.ndarray]) -> None:
    X, y = data
    best, residual, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(50)]), y, rcond=None)
    w, b, history = functions["linear_regression_gd"](X, y, epochs=8000)
    assert (w, b) == pytest.approx(best, rel=1e-9)
    assert history[-1] == pytest.approx(residual[0] / 50, rel=1e-12)


def test_noise_alone_stands_between_the_true_line_and_zero(
    data: tuple[np.ndarray, np.ndarray], cells: dict[str, CellRun]
) -> None:
    """The text compares the fit's 0.207 with the 0.226 of the line behind the data."""
    X, y = data
    truth = np.mean((2 * X + 1 - y) ** 2)
    assert truth == pytest.approx(0.226, abs=5e-4)
    assert cells["regression"].names["history"][-1] < truth
    np.testing.assert_array_equal(cells["regression"].names["y"], y)


def test_capstone_has_its_presets() -> None:
    cell = next(cell for cell in LESSON.code_cells if cell.id == "regression")
    first = [preset.changes[0] for preset in cell.presets]
    assert first == [
        ("learning_rate", "0.001"),
        ("learning_rate", "0.02"),
        ("learning_rate", "0.05"),
        ("noise", "4"),
        ("epochs", "20"),
        ("grad_b", "0"),
    ]


def test_rate_limit_separates_fits_that_settle_from_fits_that_grow(
    functions: dict[str, Any], cells: dict[str, CellRun], data: tuple[np.ndarray, np.ndarray]
) -> None:
    limit = cells["rate-limit"].names["limit"]
    assert limit == pytest.approx(0.02905, abs=1e-5)
    for factor, settles in [(0.99, True), (1.01, False)]:
        *_, history = functions["linear_regression_gd"](*data, factor * limit, 1500)
        assert bool(history[-1] < 0.21) is settles


# 8. Several features


def test_two_features_are_printed(cells: dict[str, CellRun]) -> None:
    assert cells["two-features"].text == "b = 1.028\nw = [2.057, 2.948]\n"


def test_two_features_against_least_squares(functions: dict[str, Any]) -> None:
    np.random.seed(42)
    X = np.random.randn(100, 2)
    y = 1 + 2 * X[:, 0] + 3 * X[:, 1] + 0.3 * np.random.randn(100)
    w, b = functions["linear_regression_multi"](X, y, epochs=2000)
    best = np.linalg.lstsq(np.column_stack([X, np.ones(100)]), y, rcond=None)[0]
    assert [*w, b] == pytest.approx(best, rel=1e-9)
    assert (round(b, 3), *np.round(w, 3)) == (1.028, 2.057, 2.948)


@pytest.mark.parametrize("features", [1, 3, 6])
def test_many_features_against_the_closed_form(functions: dict[str, Any], features: int) -> None:
    source = np.random.default_rng(features)
    X, y = source.normal(size=(40, features)), source.normal(size=40)
    w, b = functions["linear_regression_multi"](X, y, 0.05, 30)
    assert [*w, b] == pytest.approx(descend_exactly(X, y, 0.05, 30), rel=1e-9)


def test_one_dimension_counts_as_one_feature(
    functions: dict[str, Any], data: tuple[np.ndarray, np.ndarray], cells: dict[str, CellRun]
) -> None:
    X, y = data
    w, b = functions["linear_regression_multi"](X, y, epochs=500)
    assert w.shape == (1,)
    assert [*w, b] == pytest.approx(descend_exactly(X, y, 0.01, 500), rel=1e-9)
    assert cells["multi"].text == "y = 1.980x + 0.975\n"
