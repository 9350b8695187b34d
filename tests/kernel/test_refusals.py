"""What can't be done in a page is refused by the exception that programs expect, in words of ours."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gradus.kernel.refusals import DEBUGGER, FILES, NETWORK, PACKAGES, PROCESSES, THREADS, WINDOWS
from kernel.checks import check_run, error
from kernel.pages import opened

CASES = {
    "a thread": ("import threading\nthreading.Thread(target=print).start()", "RuntimeError", THREADS),
    "a pool of threads": (
        "from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor().submit(print)",
        "RuntimeError",
        THREADS,
    ),
    "a program": ("import subprocess\nsubprocess.run(['ls'])", "OSError", PROCESSES),
    "a shell": ("import os\nos.system('ls')", "OSError", PROCESSES),
    "a shell's output": ("import os\nos.popen('ls').read()", "OSError", PROCESSES),
    "a process": (
        "import sys\nsys.modules.pop('_multiprocessing', None)\nimport _multiprocessing",
        "OSError",
        PROCESSES,
    ),
    "a socket": ("import socket\nsocket.socket().connect(('localhost', 9))", "OSError", NETWORK),
    "a connection": ("import socket\nsocket.create_connection(('localhost', 9))", "OSError", NETWORK),
    "a page of the web": (
        "import urllib.request\nurllib.request.urlopen('http://localhost:9/')",
        "URLError",
        NETWORK,
    ),
    "pip": ("import sys\nsys.modules.pop('pip', None)\nimport pip", "ModuleNotFoundError", PACKAGES),
    "a window": (
        "import sys\nsys.modules.pop('tkinter', None)\nimport tkinter",
        "ModuleNotFoundError",
        WINDOWS,
    ),
    "the debugger": ("breakpoint()", "RuntimeError", DEBUGGER),
    "a missing file": ("open('data.csv')", "FileNotFoundError", FILES),
}


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("case", CASES)
def test_refused_in_a_page(case: str) -> None:
    source, name, sentence = CASES[case]
    with opened("memory") as page:
        page.run(source)
        assert page.error["ename"] == name
        assert "\n".join(page.error["traceback"]).count(sentence) >= 1
        page.run("print('next')")
        assert page.text == "next\n"


def test_everything_is_given_back() -> None:
    with opened("memory"):
        pass
    assert subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True).stdout.split() == [b"1"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("!pip install seaborn", PACKAGES),
        ("%pip install seaborn", PACKAGES),
        ("pip install seaborn", PACKAGES),
        ("python -m pip install seaborn", PACKAGES),
        ("%matplotlib inline", "figures appear by themselves"),
        ("%timeit 1 + 1", "command of notebooks"),
        ("!ls", "command for a terminal"),
    ],
)
def test_lines_for_notebooks_and_terminals(line: str, says: str) -> None:
    check_run(f"x = 1\n{line}", [error("SyntaxError", line=2, says=[says])])


@pytest.mark.parametrize("text", ["x = 5\nx\n% 2 2", "pip = 1\npip 2", "if True\n    pass"])
def test_python_gone_wrong_keeps_its_own_message(text: str) -> None:
    check_run(text, [error("SyntaxError", never=["notebook", "terminal", "installed"])])


def test_python_that_only_looks_like_it_runs() -> None:
    check_run("x, timeit = 7, 4\n(x\n%timeit)\npip = 3", [])
