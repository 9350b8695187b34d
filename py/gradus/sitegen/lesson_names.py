"""Finds the right name nearest to a wrong one, for messages that end in "did you mean …?"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def suggest_name(wrong: str, names: Iterable[str], kind: str = "known names") -> str:
    """Say which of `names` was probably meant, or, where none is near, what there is to choose from."""
    choices = sorted(set(names))
    by_folded = {name.casefold(): name for name in choices}
    nearest = get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.6)
    if nearest:
        return f'did you mean "{by_folded[nearest[0]]}"?'
    if not choices:
        return f"there are no {kind}"
    more = ", …" if len(choices) > _MOST else ""
    return f"{kind}: {', '.join(choices[:_MOST])}{more}"


_MOST = 12
