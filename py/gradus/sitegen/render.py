"""Sets all formulas and highlights all code of a build: one call of Node, or none if nothing is new."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradus.sitegen.bundle import bundle_node_script
from gradus.sitegen.cache import write_whole
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import Project
from gradus.sitegen.render_styles import StyleSheet


@dataclass(frozen=True)
class Formula:
    """A formula and where it stands."""

    tex: str
    display: bool
    path: Path
    line: int
    """Line of the file on which `tex` begins."""
    native: bool = False
    """Set as MathML alone, which needs no stylesheet, for text that leaves the page's style."""


@dataclass(frozen=True)
class Renderings:
    """HTML for formulas and code; the formulas' needs `style` as well."""

    formulas: Mapping[tuple[str, bool, bool], str]
    code: Mapping[str, str]
    style: str
    """CSS for what KaTeX would put into style attributes, which a strict Content-Security-Policy forbids."""

    def formula(self, tex: str, display: bool, native: bool) -> str:
        """Return a formula as HTML, MathML for screen readers included, or as MathML alone."""
        return self.formulas[tex, display, native]

    def highlighted(self, source: str) -> str:
        """Return Python as the inside of a `<code>` element."""
        return self.code[source]


def render_all(project: Project, formulas: Iterable[Formula], code: Iterable[str]) -> Renderings:
    """Render formulas and Python sources; raise `BuildProblem` with the line of a formula that is wrong."""
    wanted = {_key("formula", formula.tex, formula.display, formula.native): formula for formula in formulas}
    sources = {_key("code", source): source for source in code}
    # A store for each course, for what a build didn't need is dropped from it.
    store = project.work / "render" / f"{hashlib.sha256(bytes(project.lessons)).hexdigest()[:8]}.json"
    known = _load(store, _fingerprint(project))
    new_formulas = {key: formula for key, formula in wanted.items() if key not in known}
    new_sources = {key: source for key, source in sources.items() if key not in known}
    if new_formulas or new_sources:
        answer = _call_node(project, new_formulas.values(), new_sources.values())
        for formula, result in zip(new_formulas.values(), answer["formulas"], strict=True):
            if "error" in result:
                raise _describe_error(formula, result)
        for keys, results in ((new_formulas, answer["formulas"]), (new_sources, answer["code"])):
            known |= {key: result["html"] for key, result in zip(keys, results, strict=True)}
        kept = {key: known[key] for key in (*wanted, *sources)}
        write_whole(store, json.dumps({"by": _fingerprint(project), "html": kept}).encode())
    styles = StyleSheet()
    # In the order of the keys, so that the same formulas give the same bytes wherever they stand.
    moved = {key: styles.move_styles(known[key]) for key in sorted(wanted)}
    return Renderings(
        formulas={(each.tex, each.display, each.native): moved[key] for key, each in wanted.items()},
        code={source: known[key] for key, source in sources.items()},
        style=styles.text(),
    )


def _key(kind: str, source: str, *options: bool) -> str:
    return hashlib.sha256(f"{kind} {options}\n{source}".encode()).hexdigest()


def _fingerprint(project: Project) -> str:
    """Name what renders: our script and the versions of all that npm installed."""
    digest = hashlib.sha256()
    for path in (project.web / "src" / "node" / "render.ts", project.root / "package-lock.json"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _load(store: Path, fingerprint: str) -> dict[str, str]:
    try:
        kept = json.loads(store.read_text(encoding="utf-8"))
        return dict(kept["html"]) if kept["by"] == fingerprint else {}
    except (OSError, ValueError, KeyError, TypeError):
        # It is only a cache: whatever is wrong with it, Node can make it again.
        return {}


def _call_node(project: Project, formulas: Iterable[Formula], code: Iterable[str]) -> Any:
    request = {
        "formulas": [{"tex": each.tex, "display": each.display, "native": each.native} for each in formulas],
        "code": list(code),
    }
    finished = subprocess.run(
        [shutil.which("node") or "node", bundle_node_script(project, "render")],
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
    )
    if finished.returncode:
        last = (finished.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise BuildProblem(f"formulas and code couldn't be rendered: {last}", "web/src/node/render.ts")
    return json.loads(finished.stdout)


def _describe_error(formula: Formula, result: Mapping[str, Any]) -> BuildProblem:
    position = result["position"] or 0
    line = formula.line + formula.tex.count("\n", 0, position)
    # KaTeX says that it is strict, and the name of the rule; the author needs what is between.
    reason = re.sub(r"^LaTeX-incompatible input and strict mode is .*?: | \[\w+\]$", "", str(result["error"]))
    shown = " ".join(formula.tex.split())
    return BuildProblem(f"bad formula: {reason}; in {shown}", formula.path, line)
