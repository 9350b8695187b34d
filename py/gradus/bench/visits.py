"""Visits a page in a browser with an empty profile, comes back, and takes the times."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gradus.bench.measures import Values, choose_visits
from gradus.bench.server import Archive, Meter, serving_slowly
from gradus.bench.stage import Programs, Stage
from gradus.bench.throttle import Network
from gradus.sitegen.browsers import Browser

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Playwright

REDRAWS = 7
"""Redraws in a visit; the first ones, while the engine still compiles, count like all others."""
OPEN_FOR = 5000
"""Milliseconds for which a page is open before Run is pressed on it."""
REST = 4000
"""Milliseconds for which a browser is left alone after its start: readers mostly have theirs open already."""
STAY = 10_000
"""Milliseconds that a reader stays on a page, at least, before they come back to it another time."""
PATIENCE = 300_000
"""Milliseconds after which a page that doesn't answer is given up."""


class Visitor:
    """Knows how to measure; `wanted` are the measures' names."""

    def __init__(self, playwright: Playwright, browser: Browser, wanted: tuple[str, ...]) -> None:
        self._playwright = playwright
        self._browser = browser
        self._wanted = wanted

    def measure(self, stage: Stage, archive: Archive, network: Network, programs: Programs) -> Values:
        """One run: the values of the wanted measures that the page has."""
        values: Values = {}
        with serving_slowly(stage.folder, archive, network) as (site, meter), self._profile() as context:
            url = site + stage.address
            for visit in choose_visits(self._wanted):
                with self._page(context, stage) as page:
                    match visit:
                        case "first":
                            values |= self._visit_first(page, url, meter, programs)
                            if "second" in choose_visits(self._wanted):
                                page.wait_for_timeout(STAY)
                        case "second":
                            values |= self._visit_again(page, url, meter, programs)
                        case "open":
                            page.goto(url, wait_until="commit")
                            values["open"] = _ask(page, "open", programs.next(), OPEN_FOR)
        return {name: value for name, value in values.items() if name in self._wanted}

    def _visit_first(self, page: Page, url: str, meter: Meter, programs: Programs) -> Values:
        meter.take()
        page.goto(url, wait_until="commit")
        values: Values = _ask(page, "visit", programs.next())
        values["bytes"] = meter.take()
        if "redraw" in self._wanted:
            times = sorted(_ask(page, "redraw", [programs.next() for _ in range(REDRAWS)]))
            values["redraw"] = times[REDRAWS // 2]
        for way in ("restart", "stop"):
            if way in self._wanted:
                seconds = _ask(page, "recover", programs.next(), way)
                if seconds is not None:
                    values[way] = seconds
        return values

    def _visit_again(self, page: Page, url: str, meter: Meter, programs: Programs) -> Values:
        meter.take()
        page.goto(url, wait_until="commit")
        seconds = _ask(page, "visit", programs.next())["cold"]
        return {"second": seconds, "bytes-second": meter.take()}

    @contextmanager
    def _profile(self) -> Iterator[BrowserContext]:
        """A browser that has never been used; on disk, for what lies in memory only may be kept less."""
        kind = getattr(self._playwright, self._browser.name)
        arguments = ["--no-sandbox"] if self._browser.name == "chromium" else []
        with tempfile.TemporaryDirectory(prefix="gradus-bench-", ignore_cleanup_errors=True) as folder:
            options = {**self._browser.launch_options, **self._browser.context_options}
            context: BrowserContext = kind.launch_persistent_context(folder, args=arguments, **options)
            context.set_default_timeout(PATIENCE)
            try:
                context.pages[0].wait_for_timeout(REST)
                yield context
            finally:
                context.close()

    @contextmanager
    def _page(self, context: BrowserContext, stage: Stage) -> Iterator[Page]:
        page = context.new_page()
        for script in stage.scripts:
            page.add_init_script(script)
        try:
            yield page
        finally:
            page.close()


def _ask(page: Page, name: str, *arguments: Any) -> Any:
    """Call one of the page's own measurements and wait for its answer."""
    return page.evaluate(
        "([name, given, patience]) => window.measure.within(patience, name, given)",
        [name, list(arguments), PATIENCE],
    )
