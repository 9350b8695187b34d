"""Exports a lesson as a Jupyter notebook, outputs included."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import nbformat

from gradus.sitegen.model import CodeCell, Lesson
from gradus.sitegen.outputs import Output, merge_streams


def make_notebook(lesson: Lesson, outputs: Mapping[str, Sequence[Output]]) -> str:
    """Return the notebook as JSON, valid nbformat 4.5; `outputs` are those of each cell by its id."""
    cells = [_make_markdown("title", _introduce(lesson))]
    runs = 0
    for index, cell in enumerate(lesson.cells, start=1):
        if isinstance(cell, CodeCell):
            runs += 1
            cells.append(_make_code(cell, outputs[cell.id], runs))
        else:
            cells.append(_make_markdown(f"text-{index}", cell.source))
    notebook = {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    nbformat.validate(notebook)
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def _make_markdown(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def _make_code(cell: CodeCell, outputs: Sequence[Output], run: int) -> dict[str, Any]:
    numbered = [
        {**output, "execution_count": run} if output["output_type"] == "execute_result" else output
        for output in merge_streams(outputs)
    ]
    return {
        "cell_type": "code",
        # nbformat allows 64 characters; parse_slug has seen to which.
        "id": f"cell-{cell.id}"[:64],
        "metadata": {},
        "source": cell.source,
        "execution_count": run,
        "outputs": numbered,
    }


def _introduce(lesson: Lesson) -> str:
    """Write what the page says above the text."""
    learn = "\n".join(f"- {item.source}" for item in lesson.learn)
    unit = "hour" if lesson.hours == 1 else "hours"
    facts = f"{lesson.level} · {lesson.hours:g} {unit} · {lesson.track}"
    return f"# {lesson.title}\n\n{lesson.description}\n\n*{facts}*\n\n**What you will learn**\n\n{learn}"
