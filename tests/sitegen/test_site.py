"""From lessons to a folder that any static host can serve; a build that fails leaves the last one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from gradus.sitegen import site as site_module
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import ROOT, Project
from gradus.sitegen.site import build_site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The miniature course, really built."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "tests" / "tinysite", folder / "lessons")
    project = Project(ROOT, folder / "lessons", folder / "dist", fast_starts=False)
    build_site(project)
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """The same, for a test that changes something."""
    shutil.copytree(built.site, tmp_path / "dist")
    shutil.copytree(built.lessons, tmp_path / "lessons")
    return replace(built, lessons=tmp_path / "lessons", site=tmp_path / "dist")


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_everything_is_there(built: Project) -> None:
    files = set(_content(built.site))
    assert {"index.html", "404.html", ".nojekyll", "ch01/index.html", "ch01/counting/index.html"} <= files
    assert "ch01/counting/counting.ipynb" in files
    folders = {name.partition("/")[0] for name in files if "/" in name}
    assert folders == {"assets", "runtime", "figures", "playground", "ch01"}
    # What other people's pages link to, under names that stay.
    stable = {"gradus.js", "gradus.json", "gradus.d.ts", "embed.js", "ch01/counting/embed/index.html"}
    assert stable <= files
    unwanted = (".ts", ".map", ".part")
    assert not [name for name in files - stable if "__pycache__" in name or name.endswith(unwanted)]


def test_figures_are_there_for_both_screens(built: Project) -> None:
    page = (built.site / "ch01" / "counting" / "index.html").read_text(encoding="utf-8")
    assert 'src="../../figures/' in page


def test_what_has_not_changed_is_not_built_again(built: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = built.site.stat()
    build_site(built)
    assert built.site.stat() == before
    assert f"{built.site} is up to date" in capsys.readouterr().err


def test_a_site_that_was_taken_away_is_built_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(project.site)
    build_site(project)
    assert (project.site / "index.html").is_file()


def test_a_mistake_in_a_lesson_leaves_the_last_site(project: Project) -> None:
    before = _content(project.site)
    lesson = project.lessons / "ch01" / "01_counting.py"
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\n# %%\n#| idd: wrong\n1\n", encoding="utf-8")
    with pytest.raises(BuildProblem, match=r'01_counting\.py:\d+: .*"idd"'):
        build_site(project)
    assert _content(project.site) == before


@pytest.mark.parametrize("ending", [KeyboardInterrupt, OSError])
def test_an_interrupted_build_leaves_the_last_site(
    project: Project, monkeypatch: pytest.MonkeyPatch, ending: type[BaseException]
) -> None:
    before = _content(project.site)

    def interrupt(*_: object) -> None:
        raise ending

    monkeypatch.setattr(site_module, "render_site", interrupt)
    with pytest.raises(ending):
        build_site(project)
    assert _content(project.site) == before
    assert sorted(path.name for path in project.site.parent.iterdir()) == [".dist.lock", "dist", "lessons"]
