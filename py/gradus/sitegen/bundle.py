"""Bundles scripts and stylesheets with esbuild."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from gradus.sitegen.assets import write_hashed
from gradus.sitegen.cache import cache_folder, whole_file
from gradus.sitegen.fonts import cut_font
from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.project import Project

# The oldest browsers that know `light-dark()`, module workers and adopted stylesheets.
BROWSERS = "--target=es2022,chrome123,firefox120,safari17.5"
SPLIT = ("--splitting", "--chunk-names=[name]-[hash]")
"""What isn't needed at once goes into files of its own."""
STYLES = ("page.css", "embed.css")
"""The stylesheets that pages link to; the others are imported by these, or by scripts as text."""
FIRST_FONT = "source-serif-4-latin-400-normal"
"""The text's own, which pages fetch before they have read their stylesheet."""


def bundle_web(project: Project, site: Path, formula_characters: str) -> dict[str, str]:
    """Bundle scripts and stylesheets into the site's `assets/`; gives their addresses from the site's root.

    They are `page.js`, `embed.js`, `worker.js`, the stylesheets by name, and `text-font`.
    KaTeX's fonts are cut down to the characters that formulas use. Raises BuildProblem with the source's
    file and line.
    """
    addresses = {
        "page.js": _bundle_script(project, site, "page.ts", *SPLIT),
        "embed.js": _bundle_script(project, site, "embed.ts", *SPLIT),
        # It is to be one file that can be fetched and started by itself.
        "worker.js": _bundle_script(project, site, "worker.ts"),
    }
    _bundle_for_hosts(project, site)
    for name in STYLES:
        addresses[name] = _bundle_style(project, site, project.web / "styles" / name, formula_characters)
    fonts = sorted((site / "assets" / "fonts").glob(f"{FIRST_FONT}-*.woff2"))
    if not fonts:
        raise BuildProblem(f"{FIRST_FONT}.woff2 isn't used, but pages fetch it first", "web/styles/fonts.css")
    return addresses | {"text-font": f"assets/fonts/{fonts[0].name}"}


def bundle_head_start(project: Project) -> str:
    """Bundle the script that stands in pages. Raises BuildProblem with the source's file and line."""
    with TemporaryDirectory() as drafts:
        script = Path(drafts) / "head-start.js"
        options = ("--format=iife", "--minify", BROWSERS, f"--outfile={script}")
        run_esbuild(project, [project.web / "src" / "head-start.ts"], *options)
        return script.read_text(encoding="utf-8").strip()


def bundle_node_script(project: Project, name: str) -> Path:
    """Bundle `web/src/node/NAME.ts` into one file that Node runs; gives its path."""
    script = project.work / "node" / f"{name}.mjs"
    source = project.web / "src" / "node" / f"{name}.ts"
    with whole_file(script) as draft:
        run_esbuild(
            project, [source], "--platform=node", "--format=esm", "--target=node20", f"--outfile={draft}"
        )
    return script


def run_esbuild(project: Project, entries: Iterable[Path], *options: str) -> None:
    """Run esbuild in the checkout. Raises BuildProblem with what it found first, and where."""
    command = project.node_modules / ".bin" / ("esbuild.cmd" if os.name == "nt" else "esbuild")
    sources = [entry.relative_to(project.root).as_posix() for entry in entries]
    finished = subprocess.run(
        [command, *sources, "--bundle", "--charset=utf8", "--log-level=warning", "--color=false", *options],
        cwd=project.root,
        capture_output=True,
        encoding="utf-8",
    )
    if finished.returncode or "[ERROR]" in finished.stderr or "[WARNING]" in finished.stderr:
        raise _problem(finished.stderr)


def drop_old_fonts(style: str) -> str:
    """A stylesheet without the `.woff` and `.ttf` that stand behind a `.woff2`, which every browser takes."""
    return re.sub(r',\s*url\([^)]*\.(?:woff|ttf)["\']?\)\s*format\([^)]*\)', "", style)


def _bundle_script(project: Project, site: Path, name: str, *options: str) -> str:
    """Bundle a script, and what it fetches later; gives its address."""
    with TemporaryDirectory() as drafts:
        meta = Path(drafts) / "meta.json"
        run_esbuild(
            project,
            [project.web / "src" / name],
            *("--format=esm", "--minify", BROWSERS, "--loader:.css=text", "--legal-comments=linked"),
            *(f"--outdir={site / 'assets'}", "--entry-names=[name]-[hash]", f"--metafile={meta}"),
            *options,
        )
        outputs = json.loads(meta.read_text(encoding="utf-8"))["outputs"]
    (entry,) = [path for path, output in outputs.items() if output.get("entryPoint") == f"web/src/{name}"]
    return f"assets/{Path(entry).name}"


def _bundle_for_hosts(project: Project, site: Path) -> None:
    """Bundle what other people's pages link to, under names that stay."""
    scripts = project.web / "src"
    options = ("--format=iife", "--minify", BROWSERS, f"--outfile={site / 'embed.js'}")
    run_esbuild(project, [scripts / "host-frame.ts"], *options)
    entry = _bundle_script(project, site, "gradus.ts", *SPLIT)
    (site / "gradus.js").write_text(f'export * from "./{entry}";\n', encoding="utf-8")
    # It holds types alone, so it describes the script as it stands.
    shutil.copyfile(scripts / "host-api.ts", site / "gradus.d.ts")


def _bundle_style(project: Project, site: Path, source: Path, formula_characters: str) -> str:
    with TemporaryDirectory() as drafts:
        draft = Path(drafts) / source.name
        run_esbuild(
            project,
            [source],
            *("--minify", BROWSERS, "--loader:.woff2=file", "--external:*.woff", "--external:*.ttf"),
            *(f"--outfile={draft}", "--asset-names=fonts/[name]"),
        )
        style = drop_old_fonts(draft.read_text(encoding="utf-8"))
        for font in sorted(set(re.findall(r"(?<=fonts/)[\w.-]+\.woff2", style))):
            data = (draft.parent / "fonts" / font).read_bytes()
            if font.startswith("KaTeX_"):
                data = cut_font(data, formula_characters, cache_folder() / "fonts")
            address = write_hashed(site, "assets/fonts", font, data)
            style = style.replace(f"fonts/{font}", address.removeprefix("assets/"))
    return write_hashed(site, "assets", source.name, style.encode())


def _problem(output: str) -> BuildProblem:
    found = re.search(
        r"\[(?:ERROR|WARNING)\] (?P<message>.+?)(?: \[[\w-]+\])?\n\s+(?P<path>\S+?):(?P<line>\d+):", output
    )
    if found:
        return BuildProblem(found["message"], found["path"], int(found["line"]))
    first = next(
        (line.strip() for line in output.splitlines() if line.strip()), "esbuild ended with an error"
    )
    return BuildProblem(first, "esbuild")
