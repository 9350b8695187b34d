"""Completes and explains what a reader types, from live names and the text: looked at, never run."""

from gradus.kernel.complete.completions import complete
from gradus.kernel.complete.inspection import inspect_at

__all__ = ["complete", "inspect_at"]
