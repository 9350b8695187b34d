"""A kit for lessons without packages, really recorded under Node; a snapshot that isn't right is refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradus.sitegen.assets import pack_kernel, write_runtime
from gradus.sitegen.bundle import bundle_node_script
from gradus.sitegen.lesson import parse_lesson
from gradus.sitegen.project import Project
from gradus.sitegen.start.files import sum_words
from gradus.sitegen.start.kit import StartKit, copy_kit, make_kit, read_kit
from gradus.sitegen.start.make import SCRIPTS
from gradus.sitegen.start.recorder import Recorder
from gradus.sitegen.start.weights import format_weights, sum_cold, weigh
from gradus.sitegen.wheels import read_lock_file
from sitegen.lesson_files import write_lesson
from sitegen.start.test_files import decode


class Altered(Recorder):
    """One whose restored Python gives something else than the plain one, in the last program only."""

    def run_restored(self, archive: Path, snapshot: Path) -> list[list[dict[str, Any]]] | str:
        """As it is, but for one output."""
        ran = super().run_restored(archive, snapshot)
        assert not isinstance(ran, str)
        ran[-1][-1]["outputs"] = []
        return ran


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Recorder:
    project, folder = Project(), tmp_path_factory.mktemp("recorder")
    lesson = parse_lesson(
        write_lesson(folder, "\n# %%\n#| id: only\nimport fractions\nprint(fractions.Fraction(1, 3))\n")
    )
    kernel = folder / "kernel.zip"
    kernel.write_bytes(pack_kernel(project.package))
    runtime = write_runtime(folder, project.pyodide, read_lock_file(project.pyodide), {})
    scripts = {name: bundle_node_script(project, name) for name in SCRIPTS}
    return Recorder(runtime, kernel, scripts, (), (lesson,))


@pytest.fixture(scope="module")
def kit(recorder: Recorder, tmp_path_factory: pytest.TempPathFactory) -> StartKit:
    return make_kit(recorder, tmp_path_factory.mktemp("kit"))


def test_a_verified_snapshot_is_taken(kit: StartKit) -> None:
    assert kit.refusal is None
    assert kit.snapshot is not None and kit.snapshot.bytes > 1_000_000
    pieces = decode((kit.folder / kit.snapshot.name).read_bytes())
    assert [(len(piece), sum_words(piece)) for piece in pieces] == list(kit.pieces)


def test_recorded_again_it_is_the_same(recorder: Recorder, tmp_path: Path) -> None:
    """So that what readers have stored stays good when the site is published again."""
    archive, *recordings = [tmp_path / name for name in ("archive", "first", "second")]
    archive.mkdir()
    recorder.find_files(archive)
    recorded = []
    for folder in recordings:
        folder.mkdir()
        # Where the site is built must not be seen either.
        scripts = {
            name: Path(shutil.copy(recorder.scripts[name], folder.with_suffix(f".{name}.mjs")))
            for name in ("record", "part")
        }
        elsewhere = replace(recorder, scripts=scripts)
        assert elsewhere.record(archive, folder, ["fractions", "random", "uuid"]) is None
        assert elsewhere.part(archive, folder) is None
        recorded.append({path.name: path.read_bytes() for path in folder.iterdir()})
    snapshot = {"snapshot.json", "libraries.bin", "pages.bin", "functions.json"}
    interpreter = {"interpreter.wasm", "interpreter-rest.wasm"}
    left_out = {"code-gradus.bin", "code-libraries.bin", "code-python.bin"}
    assert set(recorded[0]) == snapshot | interpreter | left_out
    assert recorded[0] == recorded[1]


def test_without_packages_nothing_of_them_is_there(kit: StartKit) -> None:
    assert kit.libraries == ()
    assert [chunk for chunk, _ in kit.data] == ["small"]


def test_it_is_read_back_and_copied_whole(kit: StartKit, tmp_path: Path) -> None:
    assert read_kit(kit.folder) == kit
    assert read_kit(tmp_path) is None
    copy_kit(kit, tmp_path / "site")
    sizes = {path.name: path.stat().st_size for path in (tmp_path / "site").iterdir()}
    assert sizes == {file.name: file.bytes for file in kit.files}


def test_what_a_first_visit_weighs_is_told(kit: StartKit, recorder: Recorder) -> None:
    weights = weigh(kit, recorder.runtime)
    assert kit.snapshot is not None
    cold = {weight.name: weight.transferred for weight in weights if weight.cold}
    assert cold[kit.snapshot.name] == kit.snapshot.bytes
    assert kit.interpreter is not None
    first, rest = kit.interpreter
    assert cold[first.name] < first.bytes < recorder.runtime.sizes["pyodide.asm.wasm"]
    assert not {"pyodide.asm.wasm", rest.name} & set(cold)
    assert kit.modules.name not in cold
    assert sum_cold(weights) == sum(cold.values())
    assert len(format_weights(weights).splitlines()) == len(weights) == len(kit.files) + 3


def test_what_a_page_is_told_leads_to_the_files(kit: StartKit) -> None:
    view = kit.view("../start/")
    assert view["snapshot"]["url"] == f"../start/{kit.snapshot.name}" if kit.snapshot else False
    assert set(view) == {"index", "standard", "modules", "libraries", "data", "snapshot", "interpreter"}


def test_a_snapshot_in_which_anything_differs_is_left_out(recorder: Recorder, tmp_path: Path) -> None:
    altered = Altered(**{name: getattr(recorder, name) for name in recorder.__dataclass_fields__})
    kit = make_kit(altered, tmp_path)
    assert kit.snapshot is None
    assert kit.refusal is not None and kit.refusal.startswith("functions 1: ")
    assert kit.view("")["snapshot"] is None
    assert kit.view("")["interpreter"] is None


def test_the_key_follows_imports_but_not_every_edit(recorder: Recorder, tmp_path: Path) -> None:
    def key(code: str) -> str:
        lesson = parse_lesson(write_lesson(tmp_path, f"\n# %%\n#| id: only\n{code}\n"))
        return replace(recorder, lessons=(lesson,)).key

    first = key("import fractions\nprint(1)")
    assert key("import fractions\nprint(2)") == first
    assert key("import decimal\nprint(1)") != first
