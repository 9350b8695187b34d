"""matplotlib's figures: when they are shown, in which order, how often, and that nothing is left of them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from kernel.checks import Runner, check_run, error, figure, png_size, run_cells, stderr, stdout, value

PLT = "import matplotlib.pyplot as plt\n"

CASES = {
    "left open": (PLT + "plt.plot([1, 2]);", [figure()]),
    "shown": (PLT + "plt.plot([1, 2])\nplt.show()", [figure()]),
    "between text": (
        PLT + "print('a')\nplt.plot([1, 2])\nplt.show()\nprint('b')\nplt.plot([2, 1])\nprint('c')",
        [stdout("a\n"), figure(), stdout("b\nc\n"), figure()],
    ),
    "two left open": (
        PLT + "plt.figure(); plt.plot([1])\nplt.figure(); plt.plot([2]);",
        [figure(), figure()],
    ),
    "show shows all": (
        PLT + "for i in range(3):\n    plt.figure(); plt.plot([i])\nplt.show()",
        [figure()] * 3,
    ),
    "show twice": (PLT + "plt.plot([1])\nplt.show()\nplt.show()", [figure()]),
    "show(block=False)": (PLT + "plt.plot([1])\nplt.show(block=False)", [figure()]),
    "last expression": (PLT + "fig, ax = plt.subplots()\nax.plot([1])\nfig", [figure("execute_result")]),
    "last expression, silenced": (PLT + "fig, ax = plt.subplots()\nax.plot([1])\nfig;", [figure()]),
    "display": (
        PLT + "fig, ax = plt.subplots()\nax.plot([1])\ndisplay(fig)\nprint('a')",
        [figure(), stdout("a\n")],
    ),
    "display and last expression": (
        PLT + "fig, ax = plt.subplots()\nax.plot([1])\ndisplay(fig)\nfig",
        [figure(), figure("execute_result")],
    ),
    "display and show": (
        PLT + "fig, ax = plt.subplots()\nax.plot([1])\ndisplay(fig)\nplt.show()",
        [figure()],
    ),
    "display, change, end": (
        PLT + "fig, ax = plt.subplots()\nax.plot([1])\ndisplay(fig)\nax.set_title('more');",
        [figure(), figure()],
    ),
    "fig.show": (
        PLT + "fig, ax = plt.subplots()\nax.plot([1])\nfig.show()\nprint('a')",
        [figure(), stdout("a\n")],
    ),
    "closed by the reader": (PLT + "plt.plot([1])\nplt.close()", []),
    "without pyplot": (
        "from matplotlib.figure import Figure\nfig = Figure()\nfig.subplots().plot([1])\nfig",
        [figure("execute_result")],
    ),
    "without pyplot, not asked for": (
        "from matplotlib.figure import Figure\nFigure().subplots().plot([1]);",
        [],
    ),
    "empty": (PLT + "plt.figure();", None),
    "open when the cell fails": (PLT + "plt.plot([1])\n1/0", [figure(), error("ZeroDivisionError", line=3)]),
    "open when the cell exits": (
        PLT + "import sys\nplt.plot([1])\nsys.exit()",
        [figure(), error("SystemExit")],
    ),
    "open when the cell is stopped": (
        PLT + "plt.plot([1])\nraise KeyboardInterrupt",
        [error("KeyboardInterrupt", line=3)],
    ),
    "that can't be drawn, at the end": (
        PLT + "plt.plot([1])\nplt.title('$\\\\frac$');",
        [
            error(
                "ValueError",
                says=["raised in matplotlib/", "when the figure was drawn, at the end of the cell"],
            )
        ],
    ),
    "that can't be drawn, shown": (
        PLT + "plt.title('$\\\\frac$')\nplt.show()",
        [error("ValueError", line=3, lines=[3])],
    ),
    "that can't be drawn, displayed": (
        PLT + "fig = plt.figure()\nfig.suptitle('$\\\\frac$')\nfig",
        [error("ValueError", line=4)],
    ),
    "that can't be drawn, after an error": (
        PLT + "plt.title('$\\\\frac$')\n1/0",
        [stderr("A figure could not be drawn: ValueError"), error("ZeroDivisionError", line=3)],
    ),
    "one of three can't be drawn": (
        PLT + "plt.plot([1])\nplt.figure(); plt.title('$\\\\frac$')\nplt.figure(); plt.plot([3]);",
        [figure(), error("ValueError")],
    ),
    "interactive mode": (PLT + "plt.ion()\nplt.plot([1])\nplt.plot([2])\nplt.draw();", [figure()]),
    "pause": (PLT + "plt.plot([1])\nplt.pause(0.001)\nprint('a')", [figure(), stdout("a\n")]),
    "Agg by name": ("import matplotlib\nmatplotlib.use('agg')\n" + PLT + "plt.plot([1]);", [figure()]),
    "three dimensions": (
        PLT + "ax = plt.figure().add_subplot(projection='3d')\nax.plot([1], [2], [3]);",
        [figure()],
    ),
    "an animation's frame": (
        PLT + "from matplotlib.animation import FuncAnimation\nfig, ax = plt.subplots()\n"
        "line, = ax.plot([0, 1])\na = FuncAnimation(fig, lambda i: [line], frames=2)\n"
        "fig.savefig('/dev/null', format='png')",
        [figure()],
    ),
}


@pytest.mark.parametrize("source, expected", CASES.values(), ids=CASES)
def test_shown(source: str, expected: list | None) -> None:
    if expected is None:
        assert run_cells(source).only["data"].keys() == {"text/plain"}
    else:
        check_run(source, expected)


SEQUENCES = {
    "nothing is left of a figure": (["plt.plot([1]);", "import os; plt.get_fignums()"], [value("[]")]),
    "nothing is left after an error": (["plt.plot([1])\n1/0", "plt.get_fignums()"], [value("[]")]),
    "nothing is left when drawing fails": (
        ["plt.figure(); plt.plot([1])\nplt.title('$\\\\frac$')", "plt.get_fignums()"],
        [value("[]")],
    ),
    "a new cell begins a new figure": (
        ["plt.plot([1]);", "plt.plot([2]);\nlen(plt.gca().lines)"],
        [value("1"), figure()],
    ),
    "a figure can be changed and shown again": (
        ["fig, ax = plt.subplots()\nax.plot([1]);", "ax.set_title('again')\nfig"],
        [figure("execute_result")],
    ),
    "settings stay": (
        ["plt.rcParams['lines.linewidth'] = 7", "plt.rcParams['lines.linewidth']"],
        [value("7.0")],
    ),
    "a style stays": (["plt.style.use('ggplot')", "plt.rcParams['axes.facecolor']"], [value("'#E5E5E5'")]),
    "the default style keeps our backend": (
        ["plt.style.use('default'); plt.rcdefaults()", "plt.plot([1])\nplt.show()"],
        [figure()],
    ),
    "our style is there": (["1", "plt.rcParams['figure.constrained_layout.use']"], [value("True")]),
    "the backend is ours": (["1", "plt.get_backend()"], [value("'module://gradus.kernel.figure_backend'")]),
}


@pytest.mark.parametrize("sources, expected", SEQUENCES.values(), ids=SEQUENCES)
def test_cells_in_a_row(sources: list[str], expected: list) -> None:
    check_run([PLT, *sources], expected)


def test_matplotlib_comes_up_with_our_backend_and_style_when_a_cell_first_imports_it() -> None:
    code = (
        "import asyncio, sys\n"
        "from gradus.kernel import Session\n"
        "outputs = []\n"
        "session = Session(outputs.append)\n"
        "asyncio.run(session.run('x = 1'))\n"
        "assert 'matplotlib' not in sys.modules and 'numpy' not in sys.modules\n"
        "asyncio.run(session.run('import matplotlib.pyplot as plt\\nplt.plot([1]); plt.show()'))\n"
        "import matplotlib\n"
        "print(matplotlib.get_backend(), matplotlib.rcParams['axes.spines.top'], outputs[0]['data'].keys())\n"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output == "module://gradus.kernel.figure_backend False dict_keys(['image/png', 'text/plain'])\n"


def test_a_session_without_our_style_file_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr("gradus.kernel.figures.STYLE", tmp_path / "missing.mplstyle")
    check_run(PLT + "plt.plot([1]);", [figure()])


def test_savefig_writes_what_was_asked_for(tmp_path: Any) -> None:
    path = tmp_path / "figure.png"
    run = run_cells(PLT + f"plt.plot([1]);\nplt.savefig({str(path)!r}, dpi=50)\nplt.gcf().dpi")
    assert path.read_bytes().startswith(b"\x89PNG")
    figure()(run.outputs[-1], run.result)
    assert png_size(run.outputs[-1])[0] == int(6.6 * float(run.outputs[0]["data"]["text/plain"]))


def test_savefig_settings_do_not_change_what_is_shown() -> None:
    plain = run_cells(PLT + "plt.plot([1]);").only
    settings = (
        "plt.rcParams.update({'savefig.bbox': 'tight', 'savefig.dpi': 300, 'savefig.transparent': True})\n"
    )
    assert run_cells(PLT + settings + "plt.plot([1]);").only == plain


def test_the_same_cell_gives_the_same_picture() -> None:
    runner = Runner()
    source = PLT + "plt.plot([1, 3, 2], label='a')\nplt.legend();"
    assert runner.run(source).outputs == runner.run(source).outputs
