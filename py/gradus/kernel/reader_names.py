"""The names that a reader has given to things, to be told when these are lost."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, TypedDict

from gradus.kernel.outputs import clean_text

MAX_NAMES = 40
MAX_LENGTH = 60
"""Characters of a name; a longer one counts as one of the others."""


class Names(TypedDict):
    """The first names in the order in which they were given, and how many more there are."""

    first: list[str]
    more: int


def list_names(namespace: Mapping[str, Any]) -> Names:
    """The reader's names, without imported modules and those that begin with an underscore."""
    # By identity: the browser's own `js` is a module of another type.
    modules = {id(module) for module in list(sys.modules.values())}
    names = [
        name
        for name, value in list(namespace.items())
        if isinstance(name, str) and not name.startswith("_") and id(value) not in modules
    ]
    first = [clean_text(name) for name in names if len(name) <= MAX_LENGTH][:MAX_NAMES]
    return {"first": first, "more": len(names) - len(first)}
