"""Reading lesson files: what is in them, and on which line it stands."""

from __future__ import annotations

import codecs
from pathlib import Path

import jupytext
import pytest

from gradus.sitegen.lesson import parse_lesson
from gradus.sitegen.lesson_imports import name_imports
from gradus.sitegen.lesson_text import read_lesson_text
from gradus.sitegen.model import CodeCell, MarkdownCell, MarkdownText
from sitegen.lesson_files import HEADER, marked_lines, write_lesson

CELL = "\n# %%\n#| id: a\nx = 1\n"


def test_parses_header_prose_and_code(tmp_path: Path) -> None:
    header = """\
#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# ---
# title: "Gradients: what they are"
# slug: gradients-2
# level: Advanced
# track: Foundation
# hours: 3.5
# description: >-
#   One sentence,
#   on two lines.
# learn:
#   - see $x$
#   - use *it*
# ---
"""
    body = """
# %% [markdown]
# ## A section
#
# Text.

# %% A title [code] tags=["x"]
#| id: first
#| fig-alt: one picture
#| fig-cap: A *caption*.

import numpy as np

x = 1


# %%
#| id: second-2
#| fig-alt:
#|   - one picture
#|   - another
def draw():
    import matplotlib.pyplot as plt
"""
    path = write_lesson(tmp_path, body, header)
    lesson = parse_lesson(path)
    assert lesson.path == path
    assert (lesson.chapter, lesson.slug, lesson.address) == ("ch01", "gradients-2", "ch01/gradients-2")
    assert (lesson.title, lesson.level, lesson.track) == (
        "Gradients: what they are",
        "Advanced",
        "Foundation",
    )
    assert (lesson.hours, lesson.number) == (3.5, 1)
    assert lesson.description == "One sentence, on two lines."
    assert lesson.learn == (MarkdownText("see $x$", 13), MarkdownText("use *it*", 14))
    assert lesson.packages == ("matplotlib", "numpy")
    assert lesson.cells == (
        MarkdownCell("## A section\n\nText.", 18),
        CodeCell(
            "first", "import numpy as np\n\nx = 1", 27, (), MarkdownText("A *caption*.", 25), ("one picture",)
        ),
        CodeCell(
            "second-2",
            "def draw():\n    import matplotlib.pyplot as plt",
            37,
            (),
            None,
            ("one picture", "another"),
        ),
    )
    assert lesson.code_cells == lesson.cells[1:]


# A mark where each cell's text begins.
TRICKY = {
    "markers in strings": (
        '# %%\n#| id: a\ntext = """§\n# %%\n#| id: no\n# %% [markdown]\n"""\n\n'
        "# %%\n#| id: b\n§s = '# %% x'\n"
    ),
    "titles and metadata": (
        '# %% [markdown] slideshow={"slide_type": "slide"}\n# One.§\n\n'
        '# %% Two tags=["x", "y"]\n#| id: two\n§x = 1\n# %%%% Three\n#| id: three\n§x = 3\n'
    ),
    "blank lines everywhere": (
        "\n\n\n# %% [markdown]\n#§\n# One.\n#\n\n\n\n# %%\n\n\n#| id: a\n\n\n§x = 1\n\n\n\n\n"
        "# %%\n#| id: b\n§x = 2"
    ),
    "prose in quotes": (
        '# %% [markdown]\n"""\nOne,§\n\ntwo.\n"""\n\n# %% [markdown]\nr"""Three $\\alpha$."""§\n\n'
        "# %%\n#| id: a\n§x = 1\n"
    ),
    "comments that look like magics or options": (
        "# %%\n#| id: a\n§# %matplotlib inline\n# !ls\nx = 1  #| not an option\n"
    ),
    "no blank lines": (
        "# %% [markdown]\n# ## One§\n# %%\n#| id: a\n§x = 1\n"
        "# %% [markdown]\n# Two.§\n# %%\n#| id: b\n§x = 2\n"
    ),
    "markers in a fence of the prose": (
        "# %% [markdown]\n# ```python§\n# # %% no cell\n# %% no cell\n# ```\n\n# %%\n#| id: a\n§x = 1\n"
    ),
    "options as Black writes them": "# %%\n# | id: a\n# | fig-cap: yes!\n§x = 1\n",
    "other signs than ASCII": (
        "# %% [markdown]\n# Größe — π ≈ 3,14§\n\n# %%\n#| id: a\n§π = 3.14; größe = '€'\n"
    ),
}


@pytest.mark.parametrize("body", TRICKY.values(), ids=TRICKY)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["plain", "BOM"])
def test_finds_lines_of_tricky_files(tmp_path: Path, body: str, ends: str, mark: bytes) -> None:
    path = write_lesson(tmp_path, body)
    text = path.read_text(encoding="utf-8")
    path.write_bytes(mark + text.replace("\n", ends).encode())
    lesson = parse_lesson(path)
    assert [cell.line for cell in lesson.cells] == marked_lines(HEADER + body)
    lines = text.split("\n")
    for cell in lesson.cells:
        stands = lines[cell.line - 1 :]
        if isinstance(cell, CodeCell):
            assert stands[: cell.source.count("\n") + 1] == cell.source.split("\n")
        else:
            assert cell.source.split("\n")[0] in stands[0]


@pytest.mark.parametrize("body", TRICKY.values(), ids=TRICKY)
def test_splits_files_as_jupytext_does(tmp_path: Path, body: str) -> None:
    path = write_lesson(tmp_path, body)
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), {"extension": ".py", "comment_magics": False})
    # The first of jupytext's cells is the header; it keeps blank lines before a first cell as one of code.
    theirs = [(cell.cell_type, cell.source) for cell in notebook.cells[1:] if cell.source.strip()]
    ours = [(cell.kind, "\n".join(cell.lines)) for cell in read_lesson_text(path).cells]
    assert ours == theirs


def test_reads_markdown_files(tmp_path: Path) -> None:
    text = """\
---
title: A lesson
slug: lesson
level: Introduction
track: Tests
hours: 1
description: What it is about.
learn: [something]
---

## One

```text
no cell
```

```python tags=["x"]
#| id: a
#| try:
#|   - {label: Two, set: {x: 2}, expect: x == 2}
§x = 1
```

Between.


```python
#| id: b
§y = '''
# %%
'''
```
"""
    lesson = parse_lesson(write_lesson(tmp_path, text, "", "02_lesson.md"))
    assert [cell.line for cell in lesson.code_cells] == marked_lines(text)
    assert [cell.source for cell in lesson.code_cells] == ["x = 1", "y = '''\n# %%\n'''"]
    assert lesson.code_cells[0].presets[0].source == "x = 2"
    prose = "\n".join(cell.source for cell in lesson.cells if isinstance(cell, MarkdownCell))
    assert "no cell" in prose and "Between." in prose


def test_takes_the_folder_for_the_chapter_only_if_it_can_be_an_address(tmp_path: Path) -> None:
    path = write_lesson(tmp_path, CELL)
    odd = tmp_path / "Chapter 1"
    path.parent.rename(odd)
    with pytest.raises(Exception, match=r"name it like \"ch03\""):
        parse_lesson(odd / path.name)


def test_packages_are_known_by_what_an_import_calls_them() -> None:
    assert name_imports(["matplotlib", "numpy", "pillow"]) == ["matplotlib", "numpy", "PIL"]
    assert name_imports([]) == []
