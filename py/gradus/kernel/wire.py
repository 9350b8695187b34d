"""The session as a page's worker calls it: JSON in, JSON out, so that no Python object crosses the border."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from gradus.kernel.explaining import Page
from gradus.kernel.names import History, ShownCell, find_stale
from gradus.kernel.names.known import learn
from gradus.kernel.outputs import Output
from gradus.kernel.page_host import PageLink, make_page_host
from gradus.kernel.plain_text import shorten_middle
from gradus.kernel.reader_names import list_names
from gradus.kernel.refusals import refusals
from gradus.kernel.session import Session
from gradus.kernel.tracebacks import say_briefly
from gradus.kernel.turns import Turns

MAX_VALUE = 2_000
"""Characters of a value's repr that `evaluate` gives."""


Post = Callable[[str], object]
"""Gets each output as JSON as it happens."""


def open_wire(post: Post, page: PageLink | None = None) -> Wire:
    """Start a session that has the interpreter from now on.

    `page` is for programs that wait or ask; without it, nobody answers.
    """
    return share_interpreter(page)(post)


def share_interpreter(page: PageLink | None = None, known: str = "") -> Callable[[Post], Wire]:
    """What starts sessions side by side, of which none finds what the others have done.

    `known` is what was found about the page's cells when it was built; what can't be read is found again.
    """
    with suppress(ValueError):
        learn(known)
    turns = Turns(refusals if page is not None else None)
    return lambda post: Wire(post, page, turns)


class Wire:
    """A session behind JSON. All of it is ASCII: whatever a reader prints arrives, as escapes if need be."""

    def __init__(self, post: Post, page: PageLink | None, turns: Turns) -> None:
        def emit(output: Output) -> None:
            post(json.dumps(output, allow_nan=False))

        def make_session() -> Session:
            return Session(emit, make_page_host(page)) if page is not None else Session(emit)

        self._place = turns.open(make_session)
        self._session = self._place.session
        self._history = History()

    async def run(self, request: str) -> str:
        """Run a cell: `{"source", "cell", "pixel_ratio"}` → a `RunResult`'s fields, and `"names"`.

        These are the reader's now: `{"first": […], "more": how many there are beyond those}`.
        With `"page": {"cells": [[id, source], …], "packages": [name, …]}` what happened is explained.
        What only earlier runs of this cell have set is deleted first.
        """
        with self._place.running():
            running = self._run(json.loads(request))
            return await asyncio.get_running_loop().create_task(running, context=self._place.context)

    async def _run(self, arguments: dict[str, Any]) -> str:
        source, cell, page = arguments["source"], arguments["cell"], arguments.pop("page", None)
        if page is not None:
            page = Page(dict(page["cells"]), tuple(page["packages"]))
        self._session.forget(self._history.find_leftovers(cell))
        status = ""
        try:
            result = await self._session.run(**arguments, page=page)
            status = result.status
        finally:
            self._history.record(cell, source, completed=status == "ok")
        return json.dumps({**asdict(result), "names": list_names(self._session.namespace)})

    def stop(self) -> bool:
        """End the wait of a cell that awaits something; False when none does."""
        return self._session.stop()

    def evaluate(self, expression: str) -> str:
        """`{"ok": true, "value": the repr, "truth": bool or null}` or `{"ok": false, "error": what}`.

        `truth` is null for a value that is neither true nor false, such as an array.
        """
        try:
            text, truth = self._place.call(lambda: self._evaluate(expression))
        except Exception as error:
            return json.dumps({"ok": False, "error": say_briefly(error)})
        return json.dumps({"ok": True, "value": text, "truth": truth})

    def plan(self, request: str) -> str:
        """`{"cells": [[id, source], …], "wanted": id}` → `{"first": [id, …], "versions": {id: version}}`.

        See `History.plan`.
        """
        first, versions = self._history.plan(**json.loads(request))
        return json.dumps({"first": first, "versions": versions})

    def find_stale(self, request: str) -> str:
        """`[{"id", "shown", "lesson", "version"}, …]`, from top to bottom → ids of what is out of date.

        See `ShownCell`.
        """
        return json.dumps(find_stale([ShownCell(**cell) for cell in json.loads(request)]))

    def ask(self, question: str) -> str:
        """`{"about": "variables" or another of `gradus.kernel.questions`, …}` → the answer, or null.

        Runs nothing of the reader's; to be asked between runs: during one the answer is null.
        """
        from gradus.kernel.questions import answer

        asked = json.loads(question)
        try:
            found = self._place.call(lambda: answer(asked, self._session.namespace))
        except RuntimeError:
            return "null"
        return json.dumps(found, allow_nan=False)

    def close(self) -> None:
        """Give the interpreter back, or to those that share it."""
        self._place.close()

    def _evaluate(self, expression: str) -> tuple[str, bool | None]:
        value = self._session.evaluate(expression)
        return shorten_middle(repr(value), MAX_VALUE), _find_truth(value)


def _find_truth(value: object) -> bool | None:
    try:
        return bool(value)
    except Exception:
        return None
