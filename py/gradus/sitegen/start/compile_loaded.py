"""Runs in Pyodide at build time: compiles every module that is loaded, so that no reader has to."""

import io
import marshal
import sys
import zipfile
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
UNCHECKED_HASH = 1
"""The flag of a .pyc that is taken as it is: its source needn't be read, nor be there yet."""


def compile_source(source: bytes, file_name: str) -> bytes:
    """The content of a .pyc for this source."""
    code = compile(source, file_name, "exec", dont_inherit=True)
    return MAGIC_NUMBER + UNCHECKED_HASH.to_bytes(4, "little") + source_hash(source) + marshal.dumps(code)


def compile_files(folders: list[str]) -> None:
    """Write a .pyc beside each loaded module's source in these folders, also where there is one."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None) or ""
        if file.endswith(".py") and file.startswith(tuple(folders)):
            compiled = Path(cache_from_source(file))
            compiled.parent.mkdir(exist_ok=True)
            compiled.write_bytes(compile_source(Path(file).read_bytes(), file))


def compile_standard_library(archive: str) -> bytes:
    """The standard library's archive with compiled modules beside the sources of those that are loaded."""
    names = {getattr(module, "__file__", None) or "" for module in sys.modules.values()}
    content = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            source = old.read(name)
            if f"{archive}/{name}" in names:
                compiled = compile_source(source, f"{archive}/{name}")
                new.writestr(zipfile.ZipInfo(name + "c", FIXED_DATE), compiled, zipfile.ZIP_DEFLATED)
            new.writestr(zipfile.ZipInfo(name, FIXED_DATE), source, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def list_modules() -> list[str]:
    """Names of the modules that an import can bring, in the order in which they came."""
    return [name for name, module in sys.modules.items() if getattr(module, "__spec__", None) is not None]


def list_libraries() -> list[str]:
    """Paths of the shared libraries that are loaded."""
    files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
    return [file for file in files if file.endswith(".so")]
