"""Shows text as a terminal would: a carriage return starts the line over, a backspace steps back."""

from __future__ import annotations

import re


def show_terminal(text: str) -> str:
    """Return what a terminal shows at the end of a stream of text."""
    return "\n".join(_show_line(line) for line in strip_escapes(text).split("\n"))


def strip_escapes(text: str) -> str:
    """Return text without the commands that a terminal reads in it."""
    return _ESCAPES.sub("", text)


# Colours and movements of the cursor (CSI), titles and links (OSC), and the rest of two characters.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")


def _show_line(line: str) -> str:
    if "\r" not in line and "\b" not in line:
        return line
    shown: list[str] = []
    column = 0
    for character in line:
        if character == "\r":
            column = 0
        elif character == "\b":
            column = max(0, column - 1)
        else:
            shown[column : column + 1] = [character]
            column += 1
    return "".join(shown)
