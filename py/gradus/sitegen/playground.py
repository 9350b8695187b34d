"""Gathers what the playground offers: each cell and preset, with the cells that it needs to run alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gradus.kernel.names import FreshRun
from gradus.sitegen.markdown import plain_text
from gradus.sitegen.model import CodeCell
from gradus.sitegen.pages_drafts import CellDraft, ChapterDraft, LessonDraft


def write_catalog(chapters: Sequence[ChapterDraft]) -> bytes:
    """The catalog as JSON, for the playground's script: lessons, their sections, their cells and presets.

    Each cell and preset has a `heading` and a `source`, and names in `needs` the lesson's cells to put above
    it, in order. A program is the headings and sources of all of them, one below the other.
    """
    lessons = [_list_lesson(lesson) for chapter in chapters for lesson in chapter.lessons]
    return json.dumps({"lessons": lessons}, ensure_ascii=False, separators=(",", ":")).encode()


def list_packages(chapters: Sequence[ChapterDraft]) -> tuple[str, ...]:
    """What any lesson needs, for the playground runs the code of all."""
    lessons = (draft.lesson for chapter in chapters for draft in chapter.lessons)
    return tuple(sorted({package for lesson in lessons for package in lesson.packages}))


def _list_lesson(draft: LessonDraft) -> dict[str, Any]:
    lesson = draft.lesson
    sections: list[dict[str, Any]] = []
    title = lesson.title
    above: list[CodeCell] = []
    for part in draft.parts:
        if isinstance(part, CellDraft):
            if not sections or sections[-1]["title"] != title:
                sections.append({"title": title, "cells": []})
            sections[-1]["cells"].append(_list_cell(part.cell, above))
            above.append(part.cell)
            continue
        for index, token in enumerate(part.tokens):
            if token.type == "heading_open" and token.tag == "h2":
                title = plain_text(part.tokens[index + 1].children or [])
    return {"address": lesson.address, "title": lesson.title, "sections": sections}


def _list_cell(cell: CodeCell, above: Sequence[CodeCell]) -> dict[str, Any]:
    run = FreshRun([each.source for each in above])
    title = name_cell(cell.id)

    def describe(source: str, heading: str) -> dict[str, Any]:
        needed = run.extend(source).find_needed(len(above))
        return {
            # The sign for a cell in editors that know the percent format.
            "heading": f"# %% {heading}",
            "source": source,
            "needs": [above[position].id for position in sorted(needed)],
        }

    presets = [
        {
            "label": preset.label,
            "changes": preset.changes,
            **describe(preset.source, f"{title}: {preset.label}"),
        }
        for preset in cell.presets
    ]
    return {"id": cell.id, "title": title, **describe(cell.source, title), "presets": presets}


def name_cell(cell_id: str) -> str:
    """A cell's id in words, as the page says it: `learning-rate` is "Learning rate"."""
    words = " ".join(cell_id.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]
