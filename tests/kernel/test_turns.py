"""Sessions side by side in one interpreter: each finds what it left, and nothing of the other's."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gradus.kernel.wire import Wire, share_interpreter


class Embed:
    """One of the pages that share a Python, with the wire that it has to it."""

    def __init__(self, beside: Embed | None = None) -> None:
        self._open = beside._open if beside else share_interpreter()
        self._posted: list[str] = []
        self.wire: Wire = self._open(self._posted.append)
        self._cells = 0

    def run(self, source: str) -> str:
        """Run a cell, which must not fail; gives what it wrote."""
        return asyncio.run(self.run_in_loop(source))

    async def run_in_loop(self, source: str) -> str:
        self._cells += 1
        request = json.dumps({"source": source, "cell": f"cell {self._cells}", "pixel_ratio": 1})
        result = json.loads(await self.wire.run(request))
        text = self.take_text()
        assert result["status"] == "ok", text
        return text

    def take_text(self) -> str:
        """What has been written since this was last asked for."""
        outputs = [json.loads(output) for output in self._posted]
        self._posted.clear()
        return "".join(output.get("text") or json.dumps(output) for output in outputs)

    def evaluate(self, expression: str) -> Any:
        return json.loads(self.wire.evaluate(expression))


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Embed]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path.parent))
    embed = Embed()
    yield embed
    embed.wire.close()


@pytest.fixture
def two(one: Embed) -> Iterator[Embed]:
    embed = Embed(beside=one)
    yield embed
    embed.wire.close()


def test_names_are_apart(one: Embed, two: Embed) -> None:
    one.run("x = 1")
    assert two.evaluate("x")["ok"] is False
    two.run("x = 2")
    assert (one.evaluate("x")["value"], two.evaluate("x")["value"]) == ("1", "2")
    assert one.run("import __main__; print(__main__.x)") == "1\n"


def test_what_has_run_is_apart(one: Embed, two: Embed) -> None:
    cells = [["a", "x = 1"], ["b", "print(x)"]]
    asked = json.dumps({"cells": cells, "wanted": "b"})
    asyncio.run(one.wire.run(json.dumps({"source": "x = 1", "cell": "a", "pixel_ratio": 1})))
    assert json.loads(one.wire.plan(asked))["first"] == []
    assert json.loads(two.wire.plan(asked))["first"] == ["a"]


WRITE = "from pathlib import Path\ndef write(name, text): Path(name).write_text(text)\n"
KEPT = {
    "random": ("import random\nrandom.seed(1)", "print(random.random())", "random.seed(2)\nrandom.random()"),
    "numpy.random": (
        "import numpy as np\nnp.random.seed(1)",
        "print(np.random.normal(size=3))",
        "np.random.seed(2)\nnp.random.random()",
    ),
    "drawing": (
        "import matplotlib.pyplot as plt\nplt.rcParams['lines.linewidth'] = 7\nplt.ion()",
        "print(plt.rcParams['lines.linewidth'], plt.isinteractive(), plt.get_backend())",
        "plt.rcParams['lines.linewidth'] = 9\nplt.ioff()\nplt.switch_backend('svg')",
    ),
    "figures": (
        "import matplotlib.pyplot as plt\nfrom matplotlib._pylab_helpers import Gcf",
        "print(list(Gcf.figs), plt.figure().number)\nplt.close()",
        "import asyncio\nasync def draw():\n    plt.figure()\ntask = asyncio.create_task(draw())",
    ),
    "numbers of NumPy": (
        "import numpy as np\nnp.set_printoptions(precision=3)\nnp.seterr(all='raise')",
        "print(np.array([1 / 3]), np.geterr())",
        "np.set_printoptions(precision=1)\nnp.seterr(all='ignore')",
    ),
    "decimal": (
        "import decimal\ndecimal.getcontext().prec = 3",
        "print(decimal.Decimal(1) / 3)",
        "decimal.getcontext().prec = 50",
    ),
    "warnings": (
        "import warnings\nwarnings.simplefilter('error')",
        "print(warnings.filters[0][0])",
        "warnings.simplefilter('ignore')",
    ),
    "log": (
        "import logging\nlogging.basicConfig(format='%(message)s', force=True)",
        "logging.warning('mine')",
        "logging.basicConfig(format='other %(message)s', force=True)\nlogging.warning('mine')",
    ),
    "limits": (
        "import sys\nsys.setrecursionlimit(5000)",
        "print(sys.getrecursionlimit(), sys.get_int_max_str_digits())",
        "sys.setrecursionlimit(6000)\nsys.set_int_max_str_digits(0)",
    ),
    "files": (
        f"{WRITE}write('data.txt', 'mine')\nwrite('own.py', 'x = 1')\nimport own",
        f"import own\n{WRITE}print(Path('data.txt').read_text(), own.x)",
        f"{WRITE}write('data.txt', 'other')\nwrite('own.py', 'x = 2')\nimport own\nassert own.x == 2",
    ),
}
"""What one session sets, what then depends on it, and what another one does in between."""


@pytest.mark.parametrize("what", KEPT)
def test_settings_are_apart(one: Embed, two: Embed, what: str) -> None:
    setting, use, other = KEPT[what]
    one.run(f"{setting}\nimport sys\nsys.path.insert(0, '')")
    # With nobody else, what it gives.
    expected = one.run(use)
    one.run(setting)
    imports = [line for line in setting.splitlines() if line.startswith("import ") and "own" not in line]
    two.run("\n".join(["import sys\nsys.path.insert(0, '')", *imports, other]))
    assert one.run(use) == expected


FRESH = {
    "drawing": ("import matplotlib.pyplot as plt", "print(plt.rcParams['lines.linewidth'])"),
    "numbers": (
        "import numpy as np, decimal",
        "print(np.array([1 / 3]), np.geterr(), decimal.Decimal(1) / 3)",
    ),
    "warnings": ("import warnings", "print(len(warnings.filters))"),
    "limits": ("import sys", "print(sys.getrecursionlimit(), sys.get_int_max_str_digits())"),
    "log": ("import logging", "print(logging.root.level)"),
    "files": ("import os", "print(os.listdir())"),
}


@pytest.mark.parametrize("what", FRESH)
def test_a_later_session_begins_as_the_first_did(one: Embed, what: str) -> None:
    importing, use = FRESH[what]
    expected = one.run(f"{importing}\n{use}")
    one.run(
        "import numpy as np, decimal, warnings, sys, logging, matplotlib.pyplot as plt\n"
        "plt.rcParams['lines.linewidth'] = 7\nnp.set_printoptions(precision=3)\nnp.seterr(all='raise')\n"
        "decimal.getcontext().prec = 3\nwarnings.simplefilter('error')\nsys.setrecursionlimit(5000)\n"
        "logging.basicConfig(level='INFO', force=True)\nopen('data.txt', 'w').close()"
    )
    other = Embed(beside=one)
    assert other.run(f"{importing}\n{use}") == expected
    other.wire.close()


def test_randomness_of_a_later_session_is_its_own(one: Embed) -> None:
    draw = "print(random.random(), np.random.random())"
    one.run("import random, numpy as np\nrandom.seed(1)\nnp.random.seed(1)")
    other = Embed(beside=one)
    assert other.run(f"import random, numpy as np\n{draw}") != one.run(draw)
    other.wire.close()


def test_settings_of_a_library_that_another_session_brought_in(
    one: Embed, two: Embed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It came after the first session had begun, and before it imports it."""
    find = "import matplotlib\nprint(matplotlib.rcParams['lines.linewidth'], matplotlib.get_backend())"
    expected = one.run(find)
    for name in ("one", "two"):
        # As if it hadn't been there.
        monkeypatch.setattr({"one": one, "two": two}[name].wire._session._figures, "_prepared", False)
    two.run("import matplotlib\nmatplotlib.rcParams['lines.linewidth'] = 9")
    assert one.run(find) == expected


def test_sources_of_cells_with_the_same_name(one: Embed, two: Embed) -> None:
    show = "import inspect\nprint(inspect.getsource(f))"
    one.run("def f(): return 'one'")
    two.run("def f(): return 'two'")
    assert "'one'" in one.run(show)


CLOCK = """import asyncio, random
random.seed(1)
ticks = []
async def tick():
    while True:
        ticks.append(random.random())
        print("tick")
        await asyncio.sleep(0)
clock = asyncio.create_task(tick())
await asyncio.sleep(0)
"""


def test_what_a_cell_left_behind_goes_on_in_its_own_session(one: Embed, two: Embed) -> None:
    async def run() -> None:
        await one.run_in_loop(CLOCK)
        one.take_text()
        text = await two.run_in_loop(
            "import asyncio, random\nrandom.seed(2)\nfirst = random.random()\nawait asyncio.sleep(0.01)\n"
            "random.seed(2)\nassert random.random() == first\nprint('quiet')"
        )
        assert text == "quiet\n"
        assert one.take_text() == ""
        # Nobody runs a cell: the clock ticks on, into its own.
        await until(lambda: "tick" in one.take_text())
        assert two.take_text() == ""
        await one.run_in_loop("clock.cancel()")

    asyncio.run(run())


async def until(come_true: Callable[[], bool]) -> None:
    while not come_true():
        await asyncio.sleep(0)


def test_what_was_called_off_while_it_waited_stays_so(one: Embed, two: Embed) -> None:
    async def run() -> None:
        await one.run_in_loop(
            "import asyncio\nloop = asyncio.get_running_loop()\nhandle = loop.call_later(0, print, 'late')"
        )
        await two.run_in_loop("import asyncio\nawait asyncio.sleep(0.01)")
        one.evaluate("handle.cancel()")
        await two.run_in_loop("await asyncio.sleep(0.01)")
        assert one.take_text() == ""

    asyncio.run(run())


def test_a_closed_session_is_silent_and_the_other_goes_on(one: Embed) -> None:
    other = Embed(beside=one)

    async def run() -> None:
        await other.run_in_loop(
            "import asyncio\nloop = asyncio.get_running_loop()\nloop.call_later(0, print, 5)"
        )
        await one.run_in_loop("x = 1")
        other.wire.close()
        await one.run_in_loop("import asyncio\nawait asyncio.sleep(0.01)")

    asyncio.run(run())
    assert other.take_text() == ""
    assert one.run("print(x)") == "1\n"


def test_a_session_after_all_others_have_gone_begins_afresh(one: Embed) -> None:
    one.run("import decimal, warnings\nwarnings.simplefilter('error')\nopen('data.txt', 'w').close()")
    one.wire.close()
    other = Embed(beside=one)
    assert (
        other.run("import os, warnings\nprint(warnings.filters[0][0], os.listdir())")
        != "error ['data.txt']\n"
    )
    other.wire.close()


def test_nobody_takes_the_interpreter_from_a_cell_that_waits(one: Embed, two: Embed) -> None:
    two.run("x = 1")

    async def run() -> None:
        running = asyncio.ensure_future(
            one.run_in_loop("import asyncio\nawait asyncio.sleep(0.01)\nprint(5)")
        )
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert two.evaluate("x")["ok"] is False
        assert two.wire.ask(json.dumps({"about": "variables"})) == "null"
        assert await running == "5\n"

    asyncio.run(run())
    assert two.evaluate("x")["ok"] is True


def test_settings_hold_from_one_cell_to_the_next(one: Embed) -> None:
    one.run("import contextvars, decimal\nown = contextvars.ContextVar('own')\nown.set(1)")
    one.run("decimal.getcontext().prec = 3")
    assert one.run("print(own.get(), decimal.Decimal(1) / 3)") == "1 0.333\n"
    assert one.evaluate("own.get()")["value"] == "1"
