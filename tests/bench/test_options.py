"""What `build.py bench` can be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradus.bench.measures import NAMES
from gradus.bench.options import parse_bench
from gradus.bench.throttle import NETWORKS


def test_without_arguments_everything_is_measured() -> None:
    options = parse_bench([])
    assert options.runs == 3 and options.json is None and options.site is None
    assert options.only == NAMES
    assert options.browsers == ("chromium", "firefox") and options.networks == tuple(NETWORKS)


def test_arguments_narrow_it_down() -> None:
    options = parse_bench(
        [
            "--runs",
            "5",
            "--browser",
            "firefox",
            "--network",
            "50",
            "10",
            "--only",
            "cold",
            "redraw",
            "--json",
            "a",
        ]
    )
    assert (options.runs, options.browsers, options.networks) == (5, ("firefox",), ("50", "10"))
    assert options.only == ("cold", "redraw") and options.json == Path("a").resolve()


@pytest.mark.parametrize("arguments", [["--runs", "0"], ["--only", "warm"], ["--browser", "lynx"], ["x"]])
def test_a_mistake_ends_with_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse_bench(arguments)
    assert left.value.code == 2
    assert arguments[-1] in capsys.readouterr().err
