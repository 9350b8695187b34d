"""Where mistakes of the kernel's own go: to whoever develops it, never to the reader."""

from __future__ import annotations

import sys
import traceback


def log_failure() -> None:
    """Write the exception that is being handled to the interpreter's own stderr: a browser's console."""
    # Not `sys.stderr`, which is the reader's.
    if sys.__stderr__ is not None:
        sys.__stderr__.write(traceback.format_exc())
