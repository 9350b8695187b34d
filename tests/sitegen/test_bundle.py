"""Scripts and styles are bundled under names that change with the content; a mistake has its line."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from gradus.sitegen.bundle import bundle_head_start, bundle_web, drop_old_fonts, run_esbuild
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import Project


@pytest.fixture
def project(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A checkout with the real styles, tiny scripts, and what npm has installed."""
    root = tmp_path / "checkout"
    here = Project()
    shutil.copytree(here.web / "styles", root / "web" / "styles")
    (root / "node_modules").symlink_to(here.node_modules)
    scripts = root / "web" / "src"
    scripts.mkdir()
    (scripts / "page.ts").write_text(
        'import css from "../styles/cell.css"; import("./later.ts"); console.log(css);'
    )
    (scripts / "head-start.ts").write_text('const end: string = "</script>"; console.log(end);')
    for name in ("embed.ts", "host-frame.ts", "gradus.ts", "host-api.ts"):
        (scripts / name).write_text("console.log(1);")
    (scripts / "later.ts").write_text('export const later: string = "later";')
    (scripts / "worker.ts").write_text("self.postMessage(1);")
    monkeypatch.setenv("GRADUS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    return replace(here, root=root)


def test_what_pages_link_to_is_there(project: Project, tmp_path: Path) -> None:
    site = tmp_path / "site"
    addresses = bundle_web(project, site, "x+y∇")
    scripts = {"page.js", "embed.js", "worker.js"}
    assert set(addresses) == scripts | {"page.css", "embed.css", "text-font"}
    for name, address in addresses.items():
        assert re.fullmatch(r"assets/(fonts/)?[\w-]+-[0-9A-Za-z]{8}\.(js|css|woff2)", address), name
        assert (site / address).is_file()


def test_scripts_carry_styles_as_text_and_fetch_the_rest_later(project: Project, tmp_path: Path) -> None:
    addresses = bundle_web(project, tmp_path, "x")
    page = (tmp_path / addresses["page.js"]).read_text(encoding="utf-8")
    assert "gradus-cell" in page
    assert '"later"' not in page
    (later,) = (tmp_path / "assets").glob("later-*.js")
    assert later.name in page


def test_the_head_start_can_stand_in_a_page(project: Project) -> None:
    text = bundle_head_start(project)
    assert "console.log" in text
    assert "</script" not in text and "import" not in text


def test_styles_name_only_fonts_that_are_there_and_only_woff2(project: Project, tmp_path: Path) -> None:
    addresses = bundle_web(project, tmp_path, "x")
    style = (tmp_path / addresses["page.css"]).read_text(encoding="utf-8")
    named = {name.removeprefix("./") for name in re.findall(r"url\(\"?([^)\"]+)\"?\)", style)}
    fonts = {f"fonts/{path.name}" for path in (tmp_path / "assets" / "fonts").iterdir()}
    assert named == fonts
    assert all(name.endswith(".woff2") for name in named)
    assert "@import" not in style


def test_formulas_fonts_follow_the_characters(project: Project, tmp_path: Path) -> None:
    bundle_web(project, tmp_path / "few", "x")
    bundle_web(project, tmp_path / "many", "xyz+-∇∂")
    (few,) = (tmp_path / "few" / "assets" / "fonts").glob("KaTeX_Math-Italic-*")
    (many,) = (tmp_path / "many" / "assets" / "fonts").glob("KaTeX_Math-Italic-*")
    assert few.stat().st_size < many.stat().st_size
    assert few.name != many.name


def test_a_mistake_in_a_script_has_its_line(project: Project, tmp_path: Path) -> None:
    (project.web / "src" / "page.ts").write_text('const fine = 1;\nimport "./missing.ts";')
    with pytest.raises(BuildProblem, match=r'^web/src/page\.ts:2: Could not resolve "\./missing\.ts"$'):
        bundle_web(project, tmp_path / "site", "x")


def test_a_warning_stops_the_build_too(project: Project, tmp_path: Path) -> None:
    script = project.web / "src" / "later.ts"
    script.write_text("export const list = [1];\nif (list === []) console.log(1);")
    with pytest.raises(BuildProblem, match=r"^web/src/later\.ts:2: .*always"):
        run_esbuild(project, [script], f"--outdir={tmp_path}")


def test_only_woff2_stays_in_a_font_face() -> None:
    old = 'url(b/a.woff) format("woff"),url("a.ttf") format("truetype")'
    style = '@font-face{src:url("a.woff2") format("woff2")'
    assert drop_old_fonts(f"{style},{old}}}") == '@font-face{src:url("a.woff2") format("woff2")}'
