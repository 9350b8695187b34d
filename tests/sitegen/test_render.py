"""Formulas and code: what KaTeX and the highlighter make of them, and that nothing is made twice."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from gradus.sitegen import render
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import ROOT, Project
from gradus.sitegen.render import Formula, Renderings, render_all
from gradus.sitegen.render_styles import StyleSheet

PATH = Path("lesson.py")


class ScratchProject(Project):
    """The real project with a folder of its own for what is between."""

    @property
    def work(self) -> Path:
        return self.site


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    # Node looks for packages from the script's folder upwards; esbuild has put them into the script.
    return ScratchProject(ROOT, ROOT / "py" / "lessons", tmp_path_factory.mktemp("work"))


def render_one(project: Project, tex: str, display: bool = False, native: bool = False) -> str:
    renderings = render_all(project, [Formula(tex, display, PATH, 1, native)], [])
    return renderings.formula(tex, display, native)


def test_sets_formulas_for_eyes_and_ears(project: Project) -> None:
    html = render_one(project, r"\frac{a}{b} < c")
    assert html.startswith('<span class="katex"><span class="katex-mathml"><math')
    assert '<annotation encoding="application/x-tex">\\frac{a}{b} &lt; c</annotation>' in html
    assert '<span class="katex-html" aria-hidden="true">' in html
    assert render_one(project, "x", display=True).startswith('<span class="katex-display">')


def test_sets_formulas_as_mathml_alone(project: Project) -> None:
    html = render_one(project, "x^2", native=True)
    assert html.startswith("<math") and html.endswith("</math>")
    assert "class=" not in html


def test_a_subscript_has_the_two_children_that_mathml_allows(project: Project) -> None:
    html = render_one(project, r"\lambda_{\max}", native=True)
    assert "<msub><mi>λ</mi><mi>max</mi></msub>" in html


def test_highlights_python_with_the_editor_s_classes(project: Project) -> None:
    source = 'def f(x):\n    return x < 1 and "<b>"  # é\n'
    html = render_all(project, [], [source]).highlighted(source)
    assert (
        '<span class="tok-keyword">def</span> <span class="tok-variableName tok-definition">f</span>' in html
    )
    assert '<span class="tok-comment"># é</span>' in html
    assert re.sub("<[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">") == source


FORMULAS = [
    r"\sqrt[3]{x_1}",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
    r"\color{red}{x}",
    r"\underbrace{a}_b",
]


def test_moves_every_style_into_a_class(project: Project) -> None:
    renderings = render_all(project, [Formula(tex, True, PATH, 1) for tex in FORMULAS], [])
    rules = dict(re.findall(r"\.(k[0-9a-f]{6})\{(.*?)\}\n", renderings.style))
    used: set[str] = set()
    for tex in FORMULAS:
        html = renderings.formula(tex, True, False)
        assert " style=" not in html
        used.update(re.findall(r"\bk[0-9a-f]{6}\b", html))
    assert used == set(rules)
    assert all(re.fullmatch(r"(?:[a-z-]+:[^;{}]+!important;)+", rule) for rule in rules.values())
    assert "color:red!important;" in rules.values()


def test_moves_styles_beside_classes_and_without_them() -> None:
    styles = StyleSheet()
    html = (
        '<span class="a b" style="top:-2em;height:1em;"><i style="top:-2em;height:1em">x</i></span><b>=</b>'
    )
    moved = styles.move_styles(html)
    (name,) = re.findall(r"^\.(\w+)", styles.text())
    assert moved == f'<span class="a b {name}"><i class="{name}">x</i></span><b>=</b>'
    assert styles.text() == f".{name}{{top:-2em!important;height:1em!important;}}\n"


PROBLEMS = {
    "unknown command": (r"x + \foo", 7, r"Undefined control sequence: \foo; in x + \foo"),
    "on the second line": ("a\n+ \\sqrt{b", 8, r"Expected '}', got 'EOF'; in a + \sqrt{b"),
    "sign that TeX doesn't know": (
        "a_ü",
        7,
        'Accented Unicode text character "ü" used in math mode; in a_ü',
    ),
}


@pytest.mark.parametrize(("tex", "line", "reason"), PROBLEMS.values(), ids=PROBLEMS)
def test_points_at_bad_formulas(project: Project, tex: str, line: int, reason: str) -> None:
    formulas = [Formula("x", False, PATH, 1), Formula(tex, True, PATH, 7)]
    with pytest.raises(BuildProblem) as caught:
        render_all(project, formulas, [])
    assert str(caught.value) == f"lesson.py:{line}: bad formula: {reason}"


def test_starts_node_only_for_what_is_new(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[list[str], list[str]]] = []
    really = render._call_node

    def count(project: Project, formulas: list[Formula], code: list[str]) -> object:
        calls.append(([formula.tex for formula in formulas], list(code)))
        return really(project, formulas, code)

    monkeypatch.setattr(render, "_call_node", count)

    def build(formulas: list[str], code: list[str]) -> Renderings:
        return render_all(project, [Formula(tex, False, PATH, 1) for tex in formulas], code)

    first = build(["n_1", "n_2", "n_1"], ["a", "b"])
    assert calls == [(["n_1", "n_2"], ["a", "b"])]
    assert build(["n_2", "n_1"], ["b", "a"]) == first
    assert len(calls) == 1
    build(["n_2", "n_3"], ["c"])
    assert calls[1:] == [(["n_3"], ["c"])]
    (store,) = (project.work / "render").iterdir()
    store.write_text("{ cut off")
    again = build(["n_1", "n_2"], ["a", "b"])
    assert calls[2:] == [(["n_1", "n_2"], ["a", "b"])]
    assert again == first


def test_says_so_if_node_breaks(project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "render.mjs"
    broken.write_text("throw new Error('out of order')")
    monkeypatch.setattr(render, "bundle_node_script", lambda project, name: broken)
    with pytest.raises(
        BuildProblem, match=r"web/src/node/render\.ts: formulas and code couldn.t be rendered"
    ):
        render_one(project, "something_new")
    assert shutil.which("node")
