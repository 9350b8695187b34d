"""Says in words what a matplotlib figure shows, for readers who hear the page."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gradus.kernel.describe_marks import describe_marks
from gradus.kernel.describe_words import join_words, quote_text, say_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MAX_LENGTH = 600
"""Characters of a description: more than that nobody listens to."""
MIN_ROOM = 80
"""Characters that a panel's description needs; with too many panels for that, only titles are said."""


def describe_figure(figure: Figure) -> str:
    """A description of at most `MAX_LENGTH` characters of a figure that has been drawn. Never raises."""
    try:
        # What is infinite or not a number was warned of when it was drawn.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _describe(figure)
    except Exception:
        # Any part of a figure may be of the reader's own making. No description is better than no figure.
        return "Figure"


def _describe(figure: Figure) -> str:
    shown = [axes for axes in _find_axes(figure) if axes.get_visible()]
    panels = [axes for axes in shown if not _is_color_scale(axes)]
    notes = [_try(_describe_color_scale, axes) for axes in shown if _is_color_scale(axes)]
    notes.append(_try(_describe_texts, figure))
    end = "".join(f" {note}." for note in notes if note)
    title = _quoted_title(figure.get_suptitle())
    if len(panels) == 1:
        head = f"Figure{title}. " if title else ""
        text = head + _describe_panel(panels[0], "Chart", MAX_LENGTH - len(head) - len(end))
    elif MIN_ROOM * len(panels) > MAX_LENGTH - len(end):
        titles = [title for title in (_quoted_title(_find_title(axes)).strip() for axes in panels) if title]
        text = f"Figure{title} with {len(panels)} panels" + (f": {join_words(titles, 8)}." if titles else ".")
    elif panels:
        text = f"Figure{title} with {len(panels)} panels."
        room = (MAX_LENGTH - len(text) - len(end)) // len(panels) - 1
        for number, axes in enumerate(panels, 1):
            text += " " + _describe_panel(axes, f"Panel {number}", room)
    else:
        text = f"Figure{title}."
    return _cut(text + end, MAX_LENGTH)


def _find_axes(figure: Figure) -> list[Any]:
    """All panels, with those inside others; a second scale along an axis isn't one."""
    found: list[Any] = []
    for axes in figure.axes:
        insets = [child for child in axes.child_axes if hasattr(child, "get_lines")]
        found += [axes, *(inset for inset in insets if inset not in figure.axes)]
    return found


def _is_color_scale(axes: Axes) -> bool:
    return hasattr(axes, "_colorbar") or axes.get_label() == "<colorbar>"


def _describe_panel(axes: Axes, name: str, room: int) -> str:
    """Title and axes, then what is drawn as far as there is room."""
    frame = join_words([phrase for phrase in _describe_frame(axes) if phrase], 4)
    text = name + _quoted_title(_find_title(axes)) + (f": {frame}" if frame else "") + "."
    marks = describe_marks(axes)
    for number, mark in enumerate(marks):
        left = len(marks) - number
        more = f" And {left} more." if left else ""
        sentence = f" {mark[:1].upper()}{mark[1:]}."
        if len(text) + len(sentence) + (len(more) if left > 1 else 0) > room:
            return _cut(text, room - len(more)) + more
        text += sentence
    return text if marks else text[:-1] + (", empty." if frame else ": empty.")


def _find_title(axes: Axes) -> str:
    return next((text for text in (axes.get_title(loc=at) for at in ("center", "left", "right")) if text), "")


def _describe_texts(figure: Figure) -> str:
    texts = [quote_text(text.get_text()) for text in figure.texts if text.get_text() != figure.get_suptitle()]
    return "Text: " + join_words([text for text in texts if text], 4) if any(texts) else ""


def _describe_frame(axes: Axes) -> list[str]:
    """Each axis with its label, its range and its scale, for every projection."""
    if not getattr(axes, "_axis3don", axes.axison):
        return []
    if axes.name == "polar":
        low, high = axes.get_ylim()
        return [f"polar, radius from {say_number(low)} to {say_number(high)}"]
    phrases = [_try(_describe_axis, axes, "x"), _try(_describe_axis, axes, "y")]
    if axes.name == "3d":
        phrases.append(_try(_describe_axis, axes, "z"))
    return phrases


def _describe_axis(axes: Any, letter: str) -> str:
    axis = getattr(axes, f"{letter}axis")
    label = _quoted_title(axis.get_label_text())
    if not axis.get_visible() or not (label or len(axis.get_ticklocs())):
        return ""
    named = _find_named_ticks(axis)
    if named:
        return f"{letter} axis{label} with {join_words(named, 6)}"
    low, high = getattr(axes, f"get_{letter}lim")()
    scale = (
        "" if axis.get_scale() == "linear" else f" ({_SCALES.get(axis.get_scale(), axis.get_scale())} scale)"
    )
    return f"{letter} axis{label} from {say_number(low)} to {say_number(high)}{scale}"


_SCALES = {"log": "logarithmic", "symlog": "symmetric logarithmic", "logit": "logit"}


def _find_named_ticks(axis: Any) -> list[str]:
    """The ticks' names where they are categories or dates and a range of numbers would say nothing."""
    import matplotlib.ticker

    formatter = axis.get_major_formatter()
    by_hand = isinstance(formatter, matplotlib.ticker.FixedFormatter) and formatter.seq
    if not by_hand and axis.get_converter() is None:
        return []
    return [quote_text(text) for text in (label.get_text() for label in axis.get_ticklabels()) if text]


def _describe_color_scale(axes: Any) -> str:
    bar = getattr(axes, "_colorbar", None)
    low, high = (bar.vmin, bar.vmax) if bar is not None else axes.get_ylim()
    label = axes.get_ylabel() or axes.get_xlabel()
    return f"Colours{_quoted_title(label)} from {say_number(low)} to {say_number(high)}"


def _quoted_title(title: str) -> str:
    return f" {quote_text(title)}" if title.strip() else ""


def _try(describe: Callable[..., str], *arguments: Any) -> str:
    try:
        return describe(*arguments)
    except Exception:
        return ""


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: max(0, length - 1)].rstrip() + "…"
