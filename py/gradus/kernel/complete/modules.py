"""The names of modules that could be imported, found without importing any."""

from __future__ import annotations

import functools
import pkgutil
import sys
from collections.abc import Iterable
from importlib.machinery import PathFinder
from types import ModuleType


def list_modules(package: str = "") -> list[str]:
    """The modules within a package, or without one those at the top, Python's own included."""
    if package:
        return sorted(set(_list_folder(tuple(_find_folders(package)))))
    # The standard library's archive is known by heart: to look into it, a page would have to fetch it.
    folders = tuple(path for path in sys.path if not path.endswith(".zip"))
    # Ours lies on the path too, but is no reader's business.
    return sorted({*_list_folder(folders), *sys.stdlib_module_names} - {"gradus"})


@functools.lru_cache(maxsize=32)
def _list_folder(folders: tuple[str, ...]) -> tuple[str, ...]:
    names = (module.name for module in pkgutil.iter_modules(folders))
    return tuple(name for name in names if name.isidentifier())


def _find_folders(package: str) -> Iterable[str]:
    loaded = sys.modules.get(package)
    if type(loaded) is ModuleType:
        return _texts(vars(loaded).get("__path__"))
    folders: Iterable[str] | None = None
    path = ""
    for part in package.split("."):
        path = f"{path}.{part}" if path else part
        try:
            spec = PathFinder.find_spec(path, None if folders is None else list(folders))
        except (ImportError, ValueError, OSError):
            return ()
        if spec is None or spec.submodule_search_locations is None:
            return ()
        folders = _texts(list(spec.submodule_search_locations))
    return folders or ()


def _texts(paths: object) -> list[str]:
    return [path for path in paths if type(path) is str] if type(paths) is list else []
