"""Figures become small files that look the same, one for each kind of screen."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from gradus.sitegen.figures import UNSEEN, Figures, compress, pair_figures


def _png(picture: Image.Image) -> bytes:
    encoded = BytesIO()
    picture.save(encoded, "PNG")
    return encoded.getvalue()


def _plot(size: int = 200) -> Image.Image:
    """Smooth curves on paper, as figures have them."""
    picture = Image.new("RGB", (4 * size, 4 * size), "#fffdf9")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((size, size, 3 * size, 3 * size), outline="#0a5a73", width=12)
    draw.line((0, 0, 4 * size, 3 * size), fill="#a3221c", width=9)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def _noise() -> Image.Image:
    """More colours than any palette has."""
    return Image.merge("RGB", [Image.effect_noise((64, 64), 90) for _ in range(3)])


def _open(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGBA")


def test_a_plot_gets_smaller_and_looks_the_same() -> None:
    png = _png(_plot())
    small = compress(png)
    assert len(small) < 0.7 * len(png)
    assert small[:4] == b"RIFF"
    difference = ImageChops.difference(_open(small), _open(png)).convert("RGB")
    assert max(ImageStat.Stat(difference).rms) <= UNSEEN
    # The paper is most of a figure, and must go on being the page's own.
    assert _open(small).getpixel((0, 199)) == (255, 253, 249, 255)


def test_a_picture_of_many_colours_keeps_them_all() -> None:
    png = _png(_noise().filter(ImageFilter.BLUR))
    assert ImageChops.difference(_open(compress(png)), _open(png)).getbbox() is None


def test_transparency_stays() -> None:
    picture = _plot().convert("RGBA")
    # From 1 on: what can't be seen at all may have any colour.
    picture.putalpha(Image.linear_gradient("L").resize(picture.size).point(lambda alpha: max(alpha, 1)))
    png = _png(picture)
    assert ImageChops.difference(_open(compress(png)), _open(png)).getbbox(alpha_only=False) is None


def test_a_figure_is_stored_for_both_screens(tmp_path: Path) -> None:
    sharp, plain = _png(_plot(400)), _png(_plot(200))
    figures = Figures(tmp_path, {sharp: plain})
    stored = figures.store(sharp, ".png")
    assert stored.sharp
    assert _open(figures.files[stored.address]).size == (200, 200)
    assert _open(figures.files[stored.sharp]).size == (400, 400)
    alone = figures.store(plain, ".png")
    assert (alone.address, alone.sharp) == (stored.address, None)


def test_other_pictures_are_stored_as_they_are(tmp_path: Path) -> None:
    figures = Figures(tmp_path)
    stored = figures.store(b"<svg/>", ".svg")
    assert figures.files == {stored.address: b"<svg/>"}
    assert stored.address.startswith("figures/")
    assert stored.address.endswith(".svg")


def test_what_was_compressed_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    png = _png(_plot())
    first = Figures(tmp_path).store(png, ".png")
    monkeypatch.setattr("gradus.sitegen.figures.compress", lambda png: pytest.fail("compressed twice"))
    again = Figures(tmp_path)
    assert again.store(png, ".png") == first
    assert len(again.files) == 1


def _drawn(*pictures: bytes) -> list[dict[str, Any]]:
    shown = [
        {"output_type": "display_data", "data": {"image/png": base64.b64encode(picture).decode()}}
        for picture in pictures
    ]
    return [{"output_type": "stream", "name": "stdout", "text": "before"}, *shown]


def test_figures_of_two_runs_are_paired_in_order() -> None:
    sharp = {"one": _drawn(b"1@2", b"2@2"), "two": _drawn(b"3@2"), "three": _drawn()}
    plain = {"one": _drawn(b"1", b"2"), "two": _drawn(), "three": _drawn()}
    assert pair_figures(sharp, plain) == {b"1@2": b"1", b"2@2": b"2"}
