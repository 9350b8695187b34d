"""What pages fetch: addresses follow the content, and the same sources give the same bytes."""

from __future__ import annotations

import os
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from gradus.sitegen.assets import INTERPRETER, pack_kernel, write_hashed, write_images, write_runtime
from gradus.sitegen.wheels import LockFile

LOCK = LockFile(
    "314.0.4",
    {},
    {
        name: {"name": name, "file_name": f"{name}.whl", "sha256": "0", "depends": needs}
        for name, needs in {"numpy": [], "scipy": ["numpy"], "six": []}.items()
    },
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    package = tmp_path / "gradus"
    (package / "kernel" / "__pycache__").mkdir(parents=True)
    (package / "sitegen").mkdir()
    (package / "__init__.py").write_text("'package'")
    (package / "kernel" / "__init__.py").write_text("'kernel'")
    (package / "kernel" / "session.py").write_text("'session'")
    (package / "kernel" / "gradus.mplstyle").write_text("font.size: 10")
    (package / "kernel" / "__pycache__" / "session.cpython-311.pyc").write_bytes(b"compiled")
    (package / "sitegen" / "site.py").write_text("'for the build machine'")
    return package


def test_the_kernel_archive_holds_the_kernel_only(package: Path) -> None:
    names = zipfile.ZipFile(BytesIO(pack_kernel(package))).namelist()
    assert names == [
        "gradus/__init__.py",
        "gradus/kernel/__init__.py",
        "gradus/kernel/gradus.mplstyle",
        "gradus/kernel/session.py",
    ]


def test_the_kernel_archive_depends_on_the_sources_only(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "gradus"
    shutil.copytree(package, copy)
    for number, path in enumerate(copy.rglob("*")):
        os.utime(path, (number, number))
    (copy / "kernel" / "session.py").chmod(0o600)
    assert pack_kernel(copy) == pack_kernel(package)
    (copy / "kernel" / "session.py").write_text("'changed'")
    assert pack_kernel(copy) != pack_kernel(package)


def test_an_address_follows_the_content(tmp_path: Path) -> None:
    first = write_hashed(tmp_path, "assets", "page.css", b"a {}")
    assert write_hashed(tmp_path, "assets", "page.css", b"a {}") == first
    assert write_hashed(tmp_path, "assets", "page.css", b"b {}") != first
    assert first.startswith("assets/page-")
    assert (tmp_path / first).read_bytes() == b"a {}"


def test_the_pictures_that_templates_name_are_in_the_site(tmp_path: Path) -> None:
    images, templates = tmp_path / "images", tmp_path / "templates"
    images.mkdir()
    templates.mkdir()
    (images / "icon.svg").write_text("<svg/>")
    (images / "screenshot.png").write_bytes(b"for the README")
    (templates / "base.html").write_text("""<link rel="icon" href="{{ asset('icon.svg') }}">""")
    addresses = write_images(tmp_path / "dist", images, templates)
    assert set(addresses) == {"icon.svg"}
    assert (tmp_path / "dist" / addresses["icon.svg"]).read_text() == "<svg/>"
    assert len(list((tmp_path / "dist" / "assets").iterdir())) == 1


@pytest.fixture
def pyodide(tmp_path: Path) -> Path:
    folder = tmp_path / "pyodide"
    folder.mkdir()
    for name in INTERPRETER:
        (folder / name).write_bytes(name.encode() + b"\n//# sourceMappingURL=gone.map\n")
    return folder


def _wheels(folder: Path, *names: str) -> dict[str, Path]:
    for name in names:
        (folder / f"{name}.whl").write_bytes(name.encode() * 10)
    return {name: folder / f"{name}.whl" for name in names}


def test_the_runtime_is_one_folder_named_by_its_content(tmp_path: Path, pyodide: Path) -> None:
    both = write_runtime(tmp_path / "a", pyodide, LOCK, _wheels(tmp_path, "numpy", "scipy"))
    again = write_runtime(tmp_path / "b", pyodide, LOCK, _wheels(tmp_path, "scipy", "numpy"))
    fewer = write_runtime(tmp_path / "c", pyodide, LOCK, _wheels(tmp_path, "numpy"))
    assert both.address == again.address != fewer.address
    assert both.address.startswith("runtime/314.0.4-")
    assert {path.name for path in both.folder.iterdir()} == {
        *INTERPRETER,
        *("pyodide-lock.json", "numpy.whl", "scipy.whl"),
    }
    assert b"sourceMappingURL" not in (both.folder / "pyodide.mjs").read_bytes()
    assert (both.folder / "pyodide.asm.wasm").read_bytes() == (pyodide / "pyodide.asm.wasm").read_bytes()


def test_a_page_fetches_what_its_packages_need_and_no_more(tmp_path: Path, pyodide: Path) -> None:
    runtime = write_runtime(tmp_path / "site", pyodide, LOCK, _wheels(tmp_path, "numpy", "scipy", "six"))
    files = dict(runtime.files_for(["scipy"]))
    assert runtime.address + "six.whl" not in files
    assert {name.rpartition("/")[2] for name in files} == {
        *INTERPRETER,
        *("pyodide-lock.json", "numpy.whl", "scipy.whl"),
    }
    for address, size in files.items():
        assert (tmp_path / "site" / address).stat().st_size == size
