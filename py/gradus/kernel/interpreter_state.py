"""What programs change in the interpreter as a whole, kept for a session while another one has its turn.

NumPy's print options and error handling, the decimal context and a reader's own context variables aren't
here: they belong to a `contextvars.Context`, of which each session has one.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any

State = Mapping[str, Any]
"""By the names of modules, what is kept of them."""


def keep_state() -> State:
    """The interpreter as it is now."""
    state: dict[str, Any] = {}
    for part in PARTS:
        module = sys.modules.get(part.module)
        # A program may have put anything in a module's place, or in a function's.
        with suppress(Exception):
            if module is not None:
                state[part.module] = part.get(module)
    return state


def put_state(state: State, first: State) -> None:
    """Make the interpreter what it was when `state` was kept.

    What `state` doesn't know, because it is empty or the module came later, becomes as in a Python that has
    just started: as it was in `first`, or anew where it is random.
    """
    for part in PARTS:
        module = sys.modules.get(part.module)
        with suppress(Exception):
            if module is None:
                continue
            if part.module in state:
                part.put(module, state[part.module])
            elif part.begin is not None:
                part.begin(module)
            elif part.module in first:
                part.put(module, first[part.module])


@dataclass(frozen=True)
class Part:
    """What is kept of one module, once somebody has imported it."""

    module: str
    get: Callable[[Any], Any]
    put: Callable[[Any, Any], object]
    begin: Callable[[Any], object] | None = None
    """For what isn't the same in every Python."""


def _put_settings(matplotlib: Any, kept: dict[str, Any]) -> None:
    settings = matplotlib.rcParams
    changed = dict.get(settings, "backend") != kept["backend"]
    # Past its checks, of things that were checked before: there are hundreds.
    dict.update(settings, kept)
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if changed and pyplot is not None and isinstance(kept["backend"], str):
        pyplot.switch_backend(kept["backend"])


def _put_figures(helpers: Any, kept: dict[Any, Any]) -> None:
    helpers.Gcf.figs.clear()
    helpers.Gcf.figs.update(kept)


def _put_filters(warnings: Any, kept: list[Any]) -> None:
    warnings.filters[:] = kept
    # Its end tells everybody who remembers what was warned of that the filters have changed.
    with warnings.catch_warnings():
        pass


def _put_log(logging: Any, kept: tuple[list[Any], int]) -> None:
    handlers, level = kept
    # They write to the standard error of the session that made them.
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def _put_limits(system: Any, kept: tuple[int, int]) -> None:
    depth, digits = kept
    system.setrecursionlimit(depth)
    system.set_int_max_str_digits(digits)


def _get_folder(system: Any) -> tuple[str | None, dict[str, ModuleType]]:
    folder: str | None = None
    with suppress(OSError):
        folder = system.getcwd()
    return folder, _find_own_modules(folder)


def _put_folder(system: Any, kept: tuple[str | None, dict[str, ModuleType]]) -> None:
    for name in _get_folder(system)[1]:
        del sys.modules[name]
    folder, modules = kept
    if folder is not None:
        with suppress(OSError):
            system.chdir(folder)
    sys.modules.update(modules)


def _begin_folder(system: Any) -> None:
    """Files that one session writes aren't those that another one reads."""
    # Not by way of `tempfile`: a page would have to fetch the whole standard library for it.
    parent = system.environ.get("TMPDIR", "/tmp")
    folders = (f"{parent}/cells-{number}" for number in itertools.count(2))
    folder = next(folder for folder in folders if not system.path.exists(folder))
    system.mkdir(folder, 0o700)
    _put_folder(system, (folder, {}))


def _find_own_modules(folder: str | None) -> dict[str, ModuleType]:
    """What has been imported from files that a program wrote into its folder."""
    if folder is None:
        return {}
    return {name: module for name, module in sys.modules.copy().items() if _lies_in(module, folder)}


def _lies_in(module: ModuleType, folder: str) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and file.rpartition("/")[0] == folder


PARTS = (
    Part("random", lambda m: m.getstate(), lambda m, kept: m.setstate(kept), lambda m: m.seed()),
    Part("numpy.random", lambda m: m.get_state(), lambda m, kept: m.set_state(kept), lambda m: m.seed()),
    # Whoever finds it imported by another session has been given settings by `Figures.active`.
    Part("matplotlib", lambda m: dict.copy(m.rcParams), _put_settings, lambda m: None),
    Part("matplotlib._pylab_helpers", lambda m: dict(m.Gcf.figs), _put_figures, lambda m: m.Gcf.figs.clear()),
    Part("warnings", lambda m: list(m.filters), _put_filters),
    Part("logging", lambda m: (list(m.root.handlers), m.root.level), _put_log),
    Part("sys", lambda m: (m.getrecursionlimit(), m.get_int_max_str_digits()), _put_limits),
    Part("os", _get_folder, _put_folder, _begin_folder),
)
