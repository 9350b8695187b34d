"""What every test may use: the built site served under a sub-path, and pages watched for mistakes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import BrowserContext, Route

from browser.watch import Watch
from gradus.sitegen.browsers import find_browser
from gradus.sitegen.cache import only_one
from gradus.sitegen.serve import serving

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Site:
    """A built site while it is served: `url` ends with a slash, `folder` is what is being served."""

    url: str
    folder: Path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--site", type=Path, help="test this built folder instead of building dist/")


def pytest_configure(config: pytest.Config) -> None:
    # How long an example takes depends on what else the machine does.
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")
    # Screenshots and traces, where they are asked for; the plugin would put them wherever pytest is started.
    if config.option.output == "test-results":
        config.option.output = str(ROOT / ".build" / "test-results")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests run last: fast failures come first, and Playwright's event loop is in nobody's way.

    What is marked with `only_browser` isn't even begun in another one. Mostly it takes long and is the same
    in all of them, because the page's own logic or Python does it.
    """
    elsewhere = [item for item in items if is_elsewhere(item)]
    items[:] = [item for item in items if item not in elsewhere]
    config.hook.pytest_deselected(items=elsewhere)
    items.sort(key=lambda item: (in_browser(item), item.path.name == "test_webkit.py"))


def is_elsewhere(item: pytest.Item) -> bool:
    """Whether this is the test in a browser that it isn't meant for."""
    named = {browser for marker in item.iter_markers("only_browser") for browser in marker.args}
    present = getattr(item, "callspec", None)
    return bool(named) and present is not None and present.params.get("browser_name") not in named


def in_browser(item: pytest.Item) -> bool:
    return "browser_name" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def site(pytestconfig: pytest.Config) -> Iterator[Site]:
    """The whole course, built if anything changed, under a sub-path as on GitHub Pages."""
    folder = pytestconfig.getoption("--site")
    if folder is None:
        # Processes that share the tests take turns: the first one builds, the others find it done.
        with only_one(ROOT / ".build" / "tests.lock", "waiting for the site to be built"):
            subprocess.run([sys.executable, "-m", "gradus.sitegen", "site"], cwd=ROOT, check=True)
        folder = ROOT / "dist"
    with serving(folder, prefix="/course/") as url:
        yield Site(url, folder)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], browser_name: str) -> dict[str, Any]:
    """An installed browser where there is one, else Playwright's own."""
    return {**browser_type_launch_args, **find_browser(browser_name).launch_options}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], browser_name: str) -> dict[str, Any]:
    return {**browser_context_args, **find_browser(browser_name).context_options}


def drop_scripts(route: Route) -> None:
    """Lets everything through, but takes the scripts, those in files and those in the text, out of pages."""
    if route.request.resource_type != "document":
        route.continue_()
        return
    response = route.fetch()
    body = re.sub(r"<script\b.*?</script>", "", response.text(), flags=re.DOTALL)
    route.fulfill(response=response, body=body)


@pytest.fixture
def new_context(
    new_context: Any, browser_type_launch_args: dict[str, Any], request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts; the test fails if a page of theirs logs an error, throws or leaves home."""
    marker = request.node.get_closest_marker("expects_problems")
    watch = Watch(expected=marker.args if marker else ())

    def make(**options: Any) -> BrowserContext:
        # Playwright can't switch scripts off in a stock Firefox; there, pages come without them.
        drops = "channel" in browser_type_launch_args and not options.pop("java_script_enabled", True)
        context: BrowserContext = new_context(**options)
        if drops:
            context.route("**/*", drop_scripts)
        watch.attach(context)
        return context

    yield make
    watch.check()
