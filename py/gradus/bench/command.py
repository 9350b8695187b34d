"""Runs the whole measurement: for each browser and network both pages in turn, then a table."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gradus.bench.options import BenchOptions
from gradus.bench.report import Condition, write_json, write_table
from gradus.bench.server import Archive
from gradus.bench.stage import Programs, Stage, stage_plain, stage_site
from gradus.bench.summary import Pair
from gradus.bench.throttle import NETWORKS, Network
from gradus.bench.visits import Visitor
from gradus.sitegen.browsers import find_browser, prepare_browsers
from gradus.sitegen.progress import Step
from gradus.sitegen.project import Project
from gradus.sitegen.site import build_site


@dataclass(frozen=True)
class _Contestant:
    stage: Stage
    archive: Archive


def run_bench(project: Project, options: BenchOptions) -> int:
    """Measure, print a table for each browser and network, and write JSON if asked; gives the exit status."""
    from playwright.sync_api import sync_playwright

    if options.site is None:
        build_site(project)
    prepare_browsers(project)
    with Step("Preparing both pages"):
        stages = stage_site(options.site or project.site), stage_plain(project)
        gradus, plain = (_Contestant(stage, Archive(stage.folder)) for stage in stages)
    results = []
    with sync_playwright() as playwright:
        for browser in options.browsers:
            visitor = Visitor(playwright, find_browser(browser, project), options.only)
            for network in (NETWORKS[name] for name in options.networks):
                condition = Condition(browser.capitalize(), network.name)
                with Step(f"Measuring in {condition.browser}, {condition.network}") as step:
                    pairs = _run_pairs(visitor, gradus, plain, network, options.runs, step)
                results.append((condition, pairs))
                print("\n" + write_table(condition, pairs) + "\n", flush=True)
    if options.json:
        options.json.write_text(json.dumps(write_json(results), indent=2) + "\n", encoding="utf-8")
    return 0


def _run_pairs(
    visitor: Visitor, gradus: _Contestant, plain: _Contestant, network: Network, runs: int, step: Step
) -> list[Pair]:
    """Both pages in turn; which one begins changes, so that neither has the quieter machine."""
    programs = Programs()
    pairs = []
    for run in range(runs):
        values = {}
        for contestant in (gradus, plain) if run % 2 == 0 else (plain, gradus):
            step.update(f"run {run + 1} of {runs}: {contestant.stage.name}")
            stage = contestant.stage
            values[stage.name] = visitor.measure(stage, contestant.archive, network, programs)
        pairs.append(Pair(gradus=values[gradus.stage.name], plain=values[plain.stage.name]))
    step.update(f"{runs} runs")
    return pairs
