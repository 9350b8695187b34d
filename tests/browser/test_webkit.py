"""The lesson in WebKit, the engine of Safari and of every browser on an iPhone."""

from __future__ import annotations

from typing import Any

import pytest

from browser.webkit import Open, in_webkit
from gradus.sitegen.webkit import find_obstacle

OBSTACLE = find_obstacle()
pytestmark = pytest.mark.skipif(OBSTACLE is not None, reason=OBSTACLE or "")

NO_SNAPSHOT = {"pyodide.asm.mjs": ('Module["growMemory"]=growMemory;', "")}

# What an interpreter with functions in wrong places, or with another memory, would hardly do alike.
PROGRAMS = {
    "figure": """
import hashlib
import matplotlib.pyplot as plt
import numpy as np
fig, (left, right) = plt.subplots(1, 2)
left.contourf(np.outer(range(9), range(9)))
left.set(title=r"$\\sqrt{x^2}$", xlabel="Ünïcode")
right.imshow(np.arange(12).reshape(3, 4))
fig.canvas.draw()
print(hashlib.sha256(fig.canvas.buffer_rgba()).hexdigest())
plt.close(fig)
""",
    "later imports": """
import decimal, sqlite3, zoneinfo
import mpl_toolkits.mplot3d
print(decimal.Decimal(1) / 7, sqlite3.connect(":memory:").execute("select 6 * 7").fetchall())
""",
    "arrays": """
import numpy as np
rng = np.random.default_rng(7)
matrix = rng.normal(size=(5, 5))
print(np.linalg.inv(matrix) @ matrix.T, np.linalg.eigvals(matrix), np.fft.rfft(matrix[0]))
print(sorted(rng.permutation(9), key=lambda number: -number))
""",
    "errors": """
def deeper(level):
    return deeper(level + 1)
for attempt in (lambda: deeper(0), lambda: {}["key"], lambda: [][1], lambda: int("x"), lambda: 1 / 0):
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, str(error)[:40])
""",
    "await": """
import asyncio
async def wait(): return await asyncio.sleep(0.01, "waited")
print(await wait())
""",
}


def join_texts(result: dict[str, Any]) -> str:
    """All that a run has printed."""
    return "".join(output["text"] for output in result["outputs"])


@in_webkit
def test_all_runs_from_the_snapshot_and_gives_what_the_page_showed(open_lesson: Open) -> None:
    lesson = open_lesson()
    shown = lesson.read_texts()
    results = lesson.run_all()
    assert {cell: result["status"] for cell, result in results.items()} == dict.fromkeys(shown, "ok")
    assert lesson.read_texts() == shown
    assert any(shown.values())
    assert lesson.served.fetched("snapshot-")
    assert not lesson.served.fetched("modules-")
    assert not lesson.served.fetched("standard-")


@in_webkit
def test_a_question_is_answered(open_lesson: Open) -> None:
    lesson = open_lesson()
    lesson.act(
        """const cell = document.getElementById("cell-secant");
        window.result = null;
        addEventListener("gradus-result", ({ detail }) => (window.result = detail), { once: true });
        cell.source = "print('Hello', input('Name? '))";
        cell.run();"""
    )
    lesson.wait("document.getElementById('cell-secant').shadowRoot.querySelector('.question input')")
    lesson.act(
        """const field = document.getElementById("cell-secant").shadowRoot.querySelector(".question input");
        field.value = "Zoë";
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));"""
    )
    result = lesson.wait("window.result")
    assert result["status"] == "ok"
    assert "Hello Zoë\n" in join_texts(result)


@in_webkit
def test_an_endless_loop_ends_and_the_next_python_works(open_lesson: Open) -> None:
    lesson = open_lesson()
    lesson.act(
        """const cell = document.getElementById("cell-derivative");
        addEventListener("gradus-result", ({ detail }) => (window.ended = detail), { once: true });
        cell.source = "print('on and on')\\nwhile True: pass";
        cell.run();"""
    )
    stream = "document.getElementById('cell-derivative').shadowRoot.querySelector('.output-stream')"
    lesson.wait(f"{stream}?.textContent.startsWith('on and on')")
    lesson.act(
        """const { shadowRoot } = document.getElementById("cell-derivative");
        [...shadowRoot.querySelectorAll("button")].find((each) => each.textContent === "Stop").click();"""
    )
    assert lesson.wait("window.ended")["status"] == "lost"
    result = lesson.run("secant", "import numpy as np\nprint(np.arange(3).sum())")
    assert (result["status"], join_texts(result)) == ("ok", "3\n")
    assert not lesson.served.fetched("modules-")


@in_webkit
def test_without_the_snapshot_it_gives_the_same(open_lesson: Open) -> None:
    lesson = open_lesson()
    expected = {name: lesson.run("secant", source) for name, source in PROGRAMS.items()}
    assert {name: result["status"] for name, result in expected.items()} == dict.fromkeys(PROGRAMS, "ok")
    slower = open_lesson(NO_SNAPSHOT)
    results = {name: slower.run("secant", source) for name, source in PROGRAMS.items()}
    assert slower.served.fetched("modules-")
    assert {name: join_texts(result) for name, result in results.items()} == {
        name: join_texts(result) for name, result in expected.items()
    }
