"""What stops a site before any cell has run, each told with its line; and templates that are wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gradus.sitegen.chapter import read_course
from gradus.sitegen.pages import draft_site
from gradus.sitegen.pages_templates import Templates
from gradus.sitegen.pages_views import PageView, write_json
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import ROOT, Project
from sitegen.conftest import ADDRESSES, HEAD_START
from sitegen.lesson_files import HEADER, HERE, check_problem, marked_lines

CHAPTER = (ROOT / "tests" / "tinysite" / "ch01" / "chapter.yml").read_text(encoding="utf-8")
CHAPTER = CHAPTER.replace("[here](01_counting.py)", "[here](01_lesson.py)")
BODY = """
# %% [markdown]
# ## One
#
# Two $x$.

# %%
#| id: a
x = 1
"""
LESSON_PROBLEMS = {
    "formula": (
        HEADER + BODY.replace("Two $x$.", "Two\n# $\\alpha\n# = \\beto{x}$§."),
        "bad formula: Undefined control sequence: \\beto; in \\alpha = \\beto{x}",
    ),
    "formula in a caption": (
        HEADER + BODY.replace("id: a", "id: a\n#| fig-cap: A $\\alfa$§"),
        "bad formula: Undefined control sequence: \\alfa; in \\alfa",
    ),
    "formula in what one learns": (
        HEADER.replace("- something", "- something\n#   - read $x$ and $y_$§") + BODY,
        "bad formula: Expected group after '_'; in y_",
    ),
    "link": (
        HEADER + BODY.replace("Two", "Two [a](#one), [b](#cell-a)\n# and [c](#won)§"),
        'the link "#won" has no target; did you mean "one"?',
    ),
    "link of what one learns": (
        HEADER.replace("- something", "- follow [a](02_b.py)§") + BODY,
        'the link "02_b.py" leads nowhere; pages: 01_lesson.py, chapter.yml',
    ),
}


def write_course(folder: Path, lesson: str = HEADER + BODY, chapter: str = CHAPTER) -> Path:
    (folder / "ch01").mkdir()
    (folder / "ch01" / "chapter.yml").write_text(chapter.replace(HERE, ""), encoding="utf-8")
    path = folder / "ch01" / "01_lesson.py"
    path.write_text(lesson.replace(HERE, ""), encoding="utf-8")
    return path


def draft(folder: Path) -> None:
    project = Project(ROOT, folder, folder / "site")
    draft_site(project, read_course(project.lessons))


@pytest.mark.parametrize(("lesson", "message"), LESSON_PROBLEMS.values(), ids=LESSON_PROBLEMS)
def test_points_at_mistakes_in_a_lesson(tmp_path: Path, lesson: str, message: str) -> None:
    path = write_course(tmp_path, lesson)
    check_problem(lambda: draft(tmp_path), path, lesson, message)


def test_points_at_mistakes_in_a_chapter(tmp_path: Path) -> None:
    chapter = CHAPTER.replace("credit: Written", "credit: '[Written](01_counting.py)'§ #")
    path = write_course(tmp_path, chapter=chapter).parent / "chapter.yml"
    message = 'the link "01_counting.py" leads nowhere; did you mean "01_lesson.py"?'
    check_problem(lambda: draft(tmp_path), path, chapter, message)


PICTURES = {
    "missing.png": "there is no picture {folder}/missing.png",
    "picture.gif": "the picture picture.gif is of no known kind (.jpeg, .jpg, .png, .svg)",
    "broken.png": "the picture {folder}/broken.png can't be read",
}


@pytest.mark.parametrize(("name", "message"), PICTURES.items(), ids=PICTURES)
def test_points_at_pictures_that_can_not_be_shown(tmp_path: Path, name: str, message: str) -> None:
    lesson = HEADER + BODY.replace("Two", f"![a]({name})§ Two")
    path = write_course(tmp_path, lesson)
    (path.parent / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    check_problem(lambda: draft(tmp_path), path, lesson, message.format(folder=path.parent))


def test_points_at_a_template_that_asks_for_what_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(ROOT / "web" / "templates", folder)
    page = folder / "404.html"
    written = page.read_text(encoding="utf-8")
    for wrong, message in [
        ("{{ rot }}§", "'rot' is undefined"),
        ("{{ asset('page.cs') }}§", "there is no asset 'page.cs'"),
        ("{% iff x %}§", "Encountered unknown tag 'iff'."),
    ]:
        text = written.replace("<h1>", f"\n{wrong}\n<h1>")
        page.write_text(text.replace(HERE, ""), encoding="utf-8")
        with pytest.raises(BuildProblem) as caught:
            templates = Templates(folder, ADDRESSES | {"formulas.css": "f"}, HEAD_START)
            templates.render("404.html", "", PageView("a", "b"))
        assert str(caught.value).startswith(f"{page}:{marked_lines(text)[0]}: {message}")


def test_json_in_a_page_can_not_end_its_script() -> None:
    written = write_json({"a": "</script><!--\u2028 é &amp; 'x'"})
    assert written == '{"a":"\\u003c/script>\\u003c!--\\u2028 é &amp; \'x\'"}'
