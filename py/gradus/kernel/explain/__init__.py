"""Explains errors in plain words: what happened, what to try, the values and shapes at hand.

    explanation = explain(error, source, cell, namespace, surroundings)  # None if nothing is certain
    found = notice(source, cell, namespace, surroundings)  # after a run without error
    emit(make_display_data(explanation.make_bundle()))

`table.py` says which explainers are asked about which exception. Each looks at the reader's text and values
again and speaks only where these account for the error: no explanation is better than a wrong one.

Why this isn't built on friendly-traceback (0.7.61, the latest, of 2022, made for Python up to 3.10): of 35
programs with a beginner's mistakes it had nothing to say about 9 on Python 3.11 and about 11 on 3.14, among
them all with NumPy's shapes, a list times a float, `math.sqrt(-1)`, an unknown keyword argument and, on 3.14,
unpacking: it goes by the wording of messages, which changes. There it asks the reader to report the message
as missing. It answers in paragraphs for a terminal, where a page needs values, lines and drawings. With the
four packages it needs it is 264 kB compressed without translations, and takes 0.5 s to import in Pyodide,
more than a quarter of what NumPy takes; this package has 103 kB and takes 0.06 s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradus.kernel.explain.explanation import Explanation
    from gradus.kernel.explain.scene import Surroundings

__all__ = ["explain", "notice", "notice_divergence"]


def explain(
    error: BaseException,
    source: str,
    cell: str,
    namespace: Mapping[str, Any],
    surroundings: Surroundings | None = None,
) -> Explanation | None:
    """See `gradus.kernel.explain.table.explain`; the explainers are imported when first needed."""
    from gradus.kernel.explain.table import explain

    return explain(error, source, cell, namespace, surroundings)


def notice_divergence(
    source: str, cell: str, namespace: Mapping[str, Any], surroundings: Surroundings | None = None
) -> Explanation | None:
    """See `gradus.kernel.explain.divergence.notice_divergence`; imported when first needed."""
    from gradus.kernel.explain.divergence import notice_divergence

    return notice_divergence(source, cell, namespace, surroundings)


def notice(
    source: str, cell: str, namespace: Mapping[str, Any], surroundings: Surroundings | None = None
) -> Explanation | None:
    """What a run without error came to: losses that grow, a matrix without inverse."""
    from gradus.kernel.explain.singular import notice_singular

    found = notice_divergence(source, cell, namespace, surroundings)
    return notice_singular(source, cell, namespace) if found is None else found
