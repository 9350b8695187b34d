"""Reads the arguments of `build.py bench`. Needs the standard library only: nothing is installed yet."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gradus.bench.measures import NAMES
from gradus.bench.throttle import NETWORKS

BROWSERS = ("chromium", "firefox")
USAGE = f"""\
usage: python3 build.py bench [options]   measure the built site beside a page of plain Pyodide

--runs N              how many times each page is visited afresh (default 3)
--browser NAME ...    {" ".join(BROWSERS)} (default: both)
--network NAME ...    {" ".join(NETWORKS)}: Mbit/s (default: all)
--only NAME ...       of {" ".join(NAMES)}
--json FILE           write everything there as well
--site FOLDER         measure this built site instead of building dist/"""


@dataclass(frozen=True)
class BenchOptions:
    """What is to be measured, and where."""

    runs: int
    browsers: tuple[str, ...]
    networks: tuple[str, ...]
    only: tuple[str, ...]
    json: Path | None
    site: Path | None


def parse_bench(arguments: Sequence[str]) -> BenchOptions:
    """The options; prints the usage and leaves for --help, explains a mistake and leaves with status 2."""
    parser = argparse.ArgumentParser(prog="build.py bench", add_help=False, allow_abbrev=False)
    parser.format_usage = lambda: ""  # type: ignore[method-assign]
    parser.add_argument("--runs", type=_count, default=3)
    parser.add_argument("--browser", nargs="+", choices=BROWSERS, default=BROWSERS)
    parser.add_argument("--network", nargs="+", choices=tuple(NETWORKS), default=tuple(NETWORKS))
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--site", type=Path)
    parser.add_argument("-h", "--help", action="store_true")
    options = parser.parse_args(arguments)
    if options.help:
        print(USAGE)
        sys.exit(0)
    return BenchOptions(
        runs=options.runs,
        browsers=tuple(options.browser),
        networks=tuple(options.network),
        only=tuple(options.only),
        json=options.json and options.json.resolve(),
        site=options.site and options.site.resolve(),
    )


def _count(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is no number of runs")
