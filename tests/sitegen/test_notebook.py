"""Notebooks: what a reader downloads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from gradus.kernel.explain.explanation import MIME_TYPE, Explanation, Place, Value
from gradus.kernel.outputs import make_display_data
from gradus.sitegen.lesson import parse_lesson
from gradus.sitegen.notebook import make_notebook
from sitegen.lesson_files import write_lesson

BODY = """
# %% [markdown]
# ## One
#
# Text with $x$.

# %%
#| id: first
print("a")
1

# %%
#| id: a-name-that-is-longer-than-nbformat-allows-which-is-sixty-four-letters-x
1
"""
OUTPUTS: dict[str, list[dict[str, Any]]] = {
    "first": [
        {"output_type": "stream", "name": "stdout", "text": "a"},
        {"output_type": "stream", "name": "stdout", "text": "\n"},
        {"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}, "execution_count": 9},
        {
            "output_type": "display_data",
            "data": {"image/png": "AA==", "text/plain": "x"},
            "metadata": {"image/png": {"width": 6, "height": 3, "alt": "a line"}},
        },
    ],
    "a-name-that-is-longer-than-nbformat-allows-which-is-sixty-four-letters-x": [
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]}
    ],
}


def test_makes_a_valid_notebook(tmp_path: Path) -> None:
    lesson = parse_lesson(write_lesson(tmp_path, BODY))
    text = make_notebook(lesson, OUTPUTS)
    assert text == make_notebook(lesson, OUTPUTS)
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.metadata.kernelspec.language) == (4, "python")
    kinds = [(cell.cell_type, cell.id) for cell in notebook.cells]
    assert kinds[:3] == [("markdown", "title"), ("markdown", "text-1"), ("code", "cell-first")]
    assert len(kinds[3][1]) == 64
    title, prose, first, second = notebook.cells
    assert title.source.startswith("# A lesson\n\nWhat it is about.\n\n*Introduction · 1 hour · Tests*")
    assert title.source.endswith("\n- something")
    assert prose.source == "## One\n\nText with $x$."
    assert first.source == 'print("a")\n1'
    assert [cell.execution_count for cell in (first, second)] == [1, 2]
    assert [output.output_type for output in first.outputs] == ["stream", "execute_result", "display_data"]
    assert first.outputs[0].text == "a\n"
    assert first.outputs[1].execution_count == 1
    assert first.outputs[2].metadata["image/png"] == {"width": 6, "height": 3, "alt": "a line"}
    assert second.outputs[0].ename == "E"


def test_keeps_an_explanation_and_its_plain_text(tmp_path: Path) -> None:
    found = Explanation("`n` is 0.", ("Try 1.",), (Value("n", "0"),), None, Place("first", 1))
    explained = OUTPUTS | {"first": [dict(make_display_data(found.make_bundle()))]}
    text = make_notebook(parse_lesson(write_lesson(tmp_path, BODY)), explained)
    data = nbformat.reads(text, as_version=4).cells[2].outputs[0].data
    assert data["text/plain"] == "`n` is 0.\n- Try 1.\n  n = 0"
    assert data[MIME_TYPE]["hints"] == ["Try 1."]


def test_refuses_outputs_that_no_notebook_may_have(tmp_path: Path) -> None:
    lesson = parse_lesson(write_lesson(tmp_path, BODY))
    wrong = OUTPUTS | {"first": [{"output_type": "stream", "name": "stdout", "text": "a", "colour": "red"}]}
    with pytest.raises(nbformat.ValidationError):
        make_notebook(lesson, wrong)


def test_leaves_letters_as_they_are(tmp_path: Path) -> None:
    lesson = parse_lesson(write_lesson(tmp_path, "\n# %%\n#| id: a\nx = 'π'\n"))
    text = make_notebook(lesson, {"a": []})
    assert "x = 'π'" in text
    assert list(json.loads(text)) == ["cells", "metadata", "nbformat", "nbformat_minor"]
