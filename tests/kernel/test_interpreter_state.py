"""What sessions change in their interpreter: each finds it as it left it, a later one as the first did."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kernel.embeds import Embed

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


BROUGHT_IN = """
import asyncio, json
from gradus.kernel.wire import share_interpreter

outputs = []
open_wire = share_interpreter()
one, two = open_wire(outputs.append), open_wire(lambda output: None)
def run(wire, source):
    asyncio.run(wire.run(json.dumps({"source": source, "cell": "a", "pixel_ratio": 1})))
run(two, "import matplotlib, random\\nmatplotlib.rcParams['lines.linewidth'] = 99")
run(one, "import matplotlib\\nprint(matplotlib.rcParams['lines.linewidth'], matplotlib.get_backend())")
one.close()
two.close()
print(*[json.loads(output)["text"] for output in outputs], sep="")
"""


def test_settings_of_a_library_that_another_session_brought_in(one: Embed) -> None:
    """It came after the first session had begun, and before that imports it."""
    found = subprocess.run([sys.executable, "-c", BROUGHT_IN], capture_output=True, text=True, check=True)
    find = "import matplotlib\nprint(matplotlib.rcParams['lines.linewidth'], matplotlib.get_backend())"
    assert found.stdout.strip() == one.run(find).strip()
