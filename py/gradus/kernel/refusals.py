"""What no program can do in a page: each is refused in a sentence, by the exception Python has for it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

from gradus.kernel.takeover import replace_attribute

THREADS = "this Python runs in a page and can't start threads; call the function itself, or use asyncio"
PROCESSES = "this Python runs in a page and can't start other programs"
NETWORK = "this Python runs in a page and can't open network connections; put the data into the cell"
WINDOWS = "this Python runs in a page and can't open windows; draw with matplotlib instead"
PACKAGES = "packages can't be installed here: the page brings its own, which only need to be imported"
DEBUGGER = "there is no debugger in this page; print() the values you want to see"
FILES = (
    "This Python runs in the page and can't see your computer's files: "
    'put the data into the cell, or write the file with open(name, "w") first.'
)

REFUSED: Sequence[tuple[str, str, type[Exception], str]] = (
    ("threading", "Thread.start", RuntimeError, THREADS),
    ("subprocess", "Popen.__init__", OSError, PROCESSES),
    ("os", "system", OSError, PROCESSES),
    ("os", "fork", OSError, PROCESSES),
    ("os", "posix_spawn", OSError, PROCESSES),
    ("os", "execv", OSError, PROCESSES),
    ("os", "execve", OSError, PROCESSES),
    ("socket", "socket.connect", OSError, NETWORK),
    ("socket", "socket.connect_ex", OSError, NETWORK),
    ("socket", "socket.bind", OSError, NETWORK),
    ("socket", "create_connection", OSError, NETWORK),
    ("socket", "getaddrinfo", OSError, NETWORK),
    ("socket", "gethostbyname", OSError, NETWORK),
    ("sys", "breakpointhook", RuntimeError, DEBUGGER),
)
"""Module, attribute in it, the exception that programs expect there, and its message."""

MODULES: dict[str, tuple[type[Exception], str]] = {
    "_multiprocessing": (OSError, PROCESSES),
    "pip": (ModuleNotFoundError, PACKAGES),
    "micropip": (ModuleNotFoundError, PACKAGES),
    "tkinter": (ModuleNotFoundError, WINDOWS),
    "_tkinter": (ModuleNotFoundError, WINDOWS),
}
"""Modules that aren't there, and what to raise for an import of them."""


@contextmanager
def refusals() -> Iterator[None]:
    """Refuse all of it meanwhile."""
    with ExitStack() as stack:
        for module, path, kind, message in REFUSED:
            for change in _refuse(importlib.import_module(module), path, kind, message):
                stack.enter_context(change)
        finder = RefusingFinder()
        sys.meta_path.insert(0, finder)
        stack.callback(sys.meta_path.remove, finder)
        yield


def add_note(error: BaseException) -> None:
    """Say beside a missing file why none of the reader's files is there."""
    # A path that leads nowhere among files that a cell has made is the reader's own business.
    if isinstance(error, FileNotFoundError) and FILES not in getattr(error, "__notes__", ()):
        error.add_note(FILES)


class RefusingFinder:
    """Finds no module, and says why for some."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise what `MODULES` says of the name; None leaves it to others."""
        if name not in MODULES:
            return None
        kind, message = MODULES[name]
        raise kind(message, name=name) if issubclass(kind, ImportError) else kind(message)


def _refuse(
    module: ModuleType, path: str, kind: type[Exception], message: str
) -> Iterator[AbstractContextManager[None]]:
    *parents, name = path.split(".")
    owner: Any = module
    for parent in parents:
        owner = getattr(owner, parent)
    # What a system hasn't got at all is missing already.
    if hasattr(owner, name):
        yield replace_attribute(owner, name, _make_refusal(kind, message))


def _make_refusal(kind: type[Exception], message: str) -> Callable[..., NoReturn]:
    def refuse(*arguments: object, **settings: object) -> NoReturn:
        raise kind(message)

    return refuse
