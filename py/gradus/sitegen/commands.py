"""The commands of build.py, as they run once everything is set up."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

from gradus.sitegen.cache import only_one
from gradus.sitegen.failures import run_reporting
from gradus.sitegen.project import Project

# Only the standard library up to here: build.py reads the arguments before anything is installed.

USAGE = """\
usage: python3 build.py [--port N]   build the course, serve it on http://localhost:8000, follow changes
       python3 build.py site         build dist/ and stop
       python3 build.py test [...]   run all tests, or those that pytest is told: test tests/kernel -k errors
       python3 build.py bench [...]  measure the built site beside plain Pyodide: bench --help
       python3 build.py check        ruff, mypy, tsc and the formatters
       python3 build.py pin          write py/constraints.txt anew from what .venv holds

Whatever is missing is installed first, into .venv and node_modules. Downloads are kept in the user's cache
folder; GRADUS_CACHE names another."""


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """What is to be done: `command` ("serve", "site", "test", "bench", "check" or "pin"), `port`, and what
    pytest or the bench is told.

    Prints the usage and leaves for --help; explains a mistake in one line and leaves with status 2.
    """
    if arguments[:1] == ["test"] and not {"-h", "--help"} & set(arguments[1:2]):
        return argparse.Namespace(command="test", port=None, pytest=list(arguments[1:]))
    if arguments[:1] == ["bench"]:
        from gradus.bench.options import parse_bench

        return argparse.Namespace(command="bench", port=None, bench=parse_bench(arguments[1:]))
    parser = argparse.ArgumentParser(prog="build.py", add_help=False, allow_abbrev=False)
    parser.add_argument(
        "command", nargs="?", default="serve", choices=("serve", "site", "test", "check", "pin")
    )
    parser.add_argument("--port", type=_port, default=8000)
    parser.add_argument("-h", "--help", action="store_true")
    parser.format_usage = lambda: ""  # type: ignore[method-assign]
    options = parser.parse_args(arguments)
    if options.help:
        print(USAGE)
        sys.exit(0)
    return options


def main(arguments: Sequence[str]) -> int:
    """Run a command; gives the exit status."""
    project = Project()
    options = parse_arguments(arguments)
    return run_reporting(lambda: _run(options, project), project.work / "error.log")


def _run(options: argparse.Namespace, project: Project) -> int:
    match options.command:
        case "serve":
            from gradus.sitegen.develop import develop

            return develop(project, options.port)
        case "site":
            from gradus.sitegen.site import build_site

            build_site(project)
            return 0
        case "test":
            return _test(project, options.pytest)
        case "bench":
            from gradus.bench.command import run_bench

            return run_bench(project, options.bench)
        case "check":
            from gradus.sitegen.checks import run_checks

            return run_checks(project)
        case _:
            from gradus.sitegen.pins import write_pins

            write_pins(project.root / "py" / "constraints.txt")
            return 0


def _test(project: Project, arguments: Sequence[str]) -> int:
    from gradus.sitegen.browsers import prepare_browsers
    from gradus.sitegen.webkit import prepare_webkit

    prepare_browsers(project)
    prepare_webkit(project)
    if not arguments:
        # The tests that need no site come first.
        Thread(target=_build_for_tests, args=[project], daemon=True).start()
    tests = project.root / "tests"
    named = any(Path(argument.partition("::")[0]).exists() for argument in arguments)
    where = [] if named else [str(tests)]
    command = [sys.executable, "-m", "pytest", "-c", str(tests / "pytest.ini"), *arguments, *where]
    return subprocess.call(command)


def _build_for_tests(project: Project) -> None:
    """Build the site while other tests run; those that need it wait, and try it again if this fails."""
    command = [sys.executable, "-m", "gradus.sitegen", "site"]
    with only_one(project.work / "tests.lock", "waiting for the site to be built"):
        subprocess.run(command, cwd=project.root, capture_output=True)


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is no port; take one from 1024 to 65535")
