"""The session as a page's worker calls it: JSON in, JSON out, so that no Python object crosses the border."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict

from gradus.kernel.explaining import Page
from gradus.kernel.names import History, ShownCell, find_stale
from gradus.kernel.outputs import Output
from gradus.kernel.page_host import PageLink, make_page_host
from gradus.kernel.plain_text import shorten_middle
from gradus.kernel.reader_names import list_names
from gradus.kernel.refusals import refusals
from gradus.kernel.session import Session
from gradus.kernel.tracebacks import say_briefly

MAX_VALUE = 2_000
"""Characters of a value's repr that `evaluate` gives."""


def open_wire(post: Callable[[str], object], page: PageLink | None = None) -> Wire:
    """Start a session that has the interpreter from now on. `post` gets each output as JSON as it happens.

    `page` is for programs that wait or ask; without it, nobody answers.
    """
    return Wire(post, page)


class Wire:
    """A session behind JSON. All of it is ASCII: whatever a reader prints arrives, as escapes if need be."""

    def __init__(self, post: Callable[[str], object], page: PageLink | None = None) -> None:
        def emit(output: Output) -> None:
            post(json.dumps(output, allow_nan=False))

        self._session = Session(emit, make_page_host(page)) if page is not None else Session(emit)
        self._history = History()
        self._held = ExitStack()
        if page is not None:
            self._held.enter_context(refusals())
        self._held.enter_context(self._session.active())

    async def run(self, request: str) -> str:
        """Run a cell: `{"source", "cell", "pixel_ratio"}` → a `RunResult`'s fields, and `"names"`.

        These are the reader's now: `{"first": […], "more": how many there are beyond those}`.
        With `"page": {"cells": [[id, source], …], "packages": [name, …]}` what happened is explained.
        What only earlier runs of this cell have set is deleted first.
        """
        arguments = json.loads(request)
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
            value = self._session.evaluate(expression)
            text = shorten_middle(repr(value), MAX_VALUE)
        except Exception as error:
            return json.dumps({"ok": False, "error": say_briefly(error)})
        return json.dumps({"ok": True, "value": text, "truth": _find_truth(value)})

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

        Runs nothing of the reader's; to be asked between runs.
        """
        from gradus.kernel.questions import answer

        return json.dumps(answer(json.loads(question), self._session.namespace), allow_nan=False)

    def close(self) -> None:
        """Give the interpreter back."""
        self._held.close()


def _find_truth(value: object) -> bool | None:
    try:
        return bool(value)
    except Exception:
        return None
