"""The figures' style: colours that can be told from the paper and from each other by every reader."""

from __future__ import annotations

from itertools import combinations, pairwise

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from lessons.running import STYLE

RC = mpl.rc_params_from_file(STYLE, use_default_template=False)
PAPER = np.array(to_rgb(RC["axes.facecolor"]))
CYCLE = RC["axes.prop_cycle"].by_key()["color"]

# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
SIGHT = {
    "all cones": np.eye(3),
    "no red cones": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no green cones": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "no blue cones": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# sRGB to CIE XYZ, D65.
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(colour: str | np.ndarray) -> np.ndarray:
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(colour: str, ground: np.ndarray) -> float:
    """WCAG 2's ratio of relative luminances."""
    darker, lighter = sorted(linear(c) @ XYZ[1] for c in (colour, ground))
    return (lighter + 0.05) / (darker + 0.05)


def lab(light: np.ndarray) -> np.ndarray:
    """CIELAB of linear RGB."""
    xyz = XYZ @ np.clip(light, 0, 1) / XYZ.sum(axis=1)
    x, y, z = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: str, other: str, sight: np.ndarray) -> float:
    return float(np.linalg.norm(lab(sight @ linear(one)) - lab(sight @ linear(other))))


def test_measures_know_what_is_known() -> None:
    assert contrast("black", np.array([1.0, 1.0, 1.0])) == pytest.approx(21)
    assert lab(linear("white")) == pytest.approx([100, 0, 0], abs=0.1)
    assert distance("#d62728", "#2ca02c", np.eye(3)) > 3 * distance(
        "#d62728", "#2ca02c", SIGHT["no green cones"]
    ), "red and green are what many can't tell apart"


@pytest.mark.parametrize("colour", CYCLE)
def test_line_stands_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= 3


@pytest.mark.parametrize("key", ["text.color", "axes.titlecolor", "axes.labelcolor", "xtick.labelcolor"])
def test_text_reads_on_the_paper(key: str) -> None:
    assert contrast(RC[key], PAPER) >= 7


@pytest.mark.parametrize("sight", SIGHT)
def test_colours_differ(sight: str) -> None:
    for one, other in combinations(CYCLE, 2):
        assert distance(one, other, SIGHT[sight]) >= 16, (one, other)
    for one, other in pairwise(CYCLE):
        assert distance(one, other, SIGHT[sight]) >= 38, (one, other)


def test_paper_is_solid_and_type_large_enough_for_a_phone() -> None:
    assert to_rgb(RC["figure.facecolor"]) == to_rgb("#fffdf9") == tuple(PAPER)
    sizes = [RC[f"{part}.labelsize"] for part in ("xtick", "ytick", "axes")]
    assert min(RC["font.size"], RC["legend.fontsize"], RC["axes.titlesize"], *sizes) >= 11
