"""What tests see of the Pythons that a page has started, and what they do to the spare one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Frame, Locator, Page, expect

from browser.cells import PATIENCE, open_lesson, start_run
from browser.variants import LOSSES, serving_variant
from browser.watch import Watch

# Devices by what browsers say of them, as scripts; `undefined` is what they say that don't tell.
MEMORY = 'Object.defineProperty(navigator, "deviceMemory", {{ value: {}, configurable: true }});'
MUCH, LITTLE, UNKNOWN = (MEMORY.format(value) for value in ("8", "2", "undefined"))
POINTER = """
const { matchMedia: ask } = window;
window.matchMedia = (query) => query === "(pointer: coarse)" ? { matches: %s } : ask.call(window, query);
"""
TOUCH, MOUSE = (UNKNOWN + POINTER % matches for matches in ("true", "false"))

# All Pythons that the page has started are in `window.pythons`, first to last, with what happened to them.
# A spare gets what `window.change` makes of the message that starts it, as soon as that is made.
WATCH_PYTHONS = """
window.pythons = [];
window.change = (message) => message;
{
    const Plain = window.Worker;
    window.Worker = class extends Plain {
        constructor(url, options) {
            super(url, options);
            if (options?.name !== "Python") return;
            this.python = { spare: false, ready: false, results: 0, ended: false };
            pythons.push(this.python);
            this.addEventListener("message", ({ data }) => {
                if (data.type === "ready") this.python.ready = true;
                if (data.type === "result") this.python.results += 1;
            });
        }
        async postMessage(message, handed) {
            if (this.python && message.type === "start" && message.spare) {
                this.python.spare = true;
                super.postMessage(await change(message), handed);
            } else {
                super.postMessage(message, handed);
            }
        }
        terminate() {
            if (this.python) this.python.ended = true;
            super.terminate();
        }
    };
}
"""
# The spare waits for `window.release()` to start.
HOLD = "() => { window.change = (message) => new Promise((go) => (window.release = () => go(message))); }"
# Pyodide isn't where the spare looks for it.
SPOIL = """() => {
    const { change } = window;
    window.change = async (message) => {
        const { runtime, ...others } = await change(message);
        return { ...others, runtime: { ...runtime, runtime: `${runtime.runtime}nowhere/` } };
    };
}"""
SPOILT = (
    r"^status 404: .*/nowhere/",
    r"^console: Failed to load resource",
    r"^console: Loading failed for the module",
)


@contextmanager
def watched_page(
    browser: Browser, options: dict[str, Any], site: Path, device: str = MUCH, *, isolated: bool = False
) -> Iterator[Page]:
    """Lesson 3 on such a device."""
    watch = Watch(expected=[*LOSSES, *SPOILT])
    with serving_variant(site, isolated=isolated) as url, browser.new_context(**options) as context:
        context.add_init_script(device + WATCH_PYTHONS)
        watch.attach(context)
        page = context.new_page()
        open_lesson(page, f"{url}ch03/gradients/")
        yield page
        watch.check()


def tell_pythons(page: Page | Frame, what: str) -> list[Any]:
    """What happened to each Python: "spare", "ready", "results" or "ended"."""
    told: list[Any] = page.evaluate("what => pythons.map((python) => python[what])", what)
    return told


def await_spare(page: Page | Frame, state: str = "ready") -> None:
    """Wait until the last Python is a spare and in this state."""
    page.wait_for_function(
        "state => pythons.at(-1)?.spare && pythons.at(-1)[state]", arg=state, timeout=PATIENCE
    )


def start_endless(cell: Locator, program: str = "while True: pass") -> None:
    """Run a program that never ends, and wait until it is at work."""
    start_run(cell, f"print('at work')\n{program}", "at work")
    expect(cell.locator(".output-stream")).to_have_text("at work\n")


def note_states(page: Page) -> None:
    """Note each state that any cell comes to from now on, in `window.states`."""
    page.evaluate(
        """() => {
            window.states = [];
            const state = ({ target }) => target.getAttribute("state");
            const note = (changes) => states.push(...changes.map(state));
            const options = { attributes: true, attributeFilter: ["state"] };
            const observer = new MutationObserver(note);
            document.querySelectorAll("gradus-cell").forEach((cell) => observer.observe(cell, options));
        }"""
    )
