"""A running Python for one reader: cells go in, outputs come out as they happen, names stay."""

from __future__ import annotations

import asyncio
import builtins
import inspect
import sys
import types
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from gradus.kernel.asking import AnswerNeeded, Asking, asks
from gradus.kernel.display import display_by_itself, make_bundle
from gradus.kernel.errors import explain_failure, is_stop
from gradus.kernel.explaining import Page, explain_run
from gradus.kernel.figures import Figures
from gradus.kernel.host import Host
from gradus.kernel.interrupts import Interrupts, is_being_cancelled
from gradus.kernel.outbox import Outbox
from gradus.kernel.outputs import Emit, MimeBundle, make_display_data, make_execute_result
from gradus.kernel.program import compile_cell
from gradus.kernel.reader_warnings import make_show_warning
from gradus.kernel.replay import Replay
from gradus.kernel.result import RunResult
from gradus.kernel.sources import Sources
from gradus.kernel.stand_ins import stand_ins
from gradus.kernel.streams import OutputStream
from gradus.kernel.takeover import ABSENT, replace_attribute, replace_item
from gradus.kernel.tracebacks import describe_exception, say_briefly
from gradus.kernel.waiting import await_with_pauses


class Session:
    """One namespace, the module `__main__`, and what cells do in it.

    `emit` is called with every output the moment it happens. `make_host` gives who answers `input()` and lets
    time pass. Only one session has the interpreter at a time.
    """

    def __init__(
        self, emit: Emit, make_host: Callable[[Interrupts], Host] = lambda interrupts: Host()
    ) -> None:
        self._module = types.ModuleType("__main__")
        self._module.__dict__["__builtins__"] = builtins
        self._outbox = Outbox(emit)
        self._stdout = OutputStream("stdout", self._outbox)
        self._stderr = OutputStream("stderr", self._outbox)
        self._sources = Sources()
        self._figures = Figures(self._show_bundle)
        self._interrupts = Interrupts()
        self._host = make_host(self._interrupts)
        self._asking = Asking(self._host, self._stdout.write)
        self._features = 0
        self._execution_count = 0
        self._last_value: object = ABSENT
        self._active = False
        self._turn = asyncio.Lock()

    @property
    def namespace(self) -> dict[str, Any]:
        """The reader's names."""
        return self._module.__dict__

    async def run(
        self, source: str, cell: str = "cell", pixel_ratio: float = 1.0, page: Page | None = None
    ) -> RunResult:
        """Run a cell's text to its end. Whatever it does, the answer is a result, and the next run works.

        A cell given while another one runs waits for its turn. `pixel_ratio` is the number of screen pixels
        per CSS pixel, for figures. Cancelling the task ends the cell where it awaits, and is passed on. Given
        the `page` around the cell, what happened is explained in a last output if there is something to say.
        """
        async with self._turn:
            with self.active():
                return await self._run(source, cell, pixel_ratio, page)

    def stop(self) -> bool:
        """End the wait of a cell that awaits something, with KeyboardInterrupt; False when none does."""
        return self._interrupts.stop()

    def evaluate(self, expression: str) -> object:
        """The value of an expression over the reader's names. Raises what the expression raises."""
        with self.active():
            return eval(compile(expression, "<expression>", "eval", dont_inherit=True), self.namespace)

    def forget(self, names: Iterable[str]) -> None:
        """Delete names from the reader's namespace, those of them that are there."""
        for name in names:
            self.namespace.pop(name, None)

    @contextmanager
    def active(self) -> Iterator[None]:
        """Have the interpreter: `__main__`, the standard streams and `display` are this session's meanwhile.

        Every run and evaluation does this by itself. Holding it all the time as well, as a page does, lets
        tasks and callbacks that a cell left behind print too; their outputs are emitted when they happen.
        """
        if self._active:
            yield
            return
        with ExitStack() as stack:
            for change in (
                replace_item(sys.modules, "__main__", self._module),
                replace_attribute(sys, "stdout", self._stdout),
                replace_attribute(sys, "stderr", self._stderr),
                replace_attribute(sys, "displayhook", self._show_last_value),
                replace_attribute(sys, "unraisablehook", self._report_unraisable),
                replace_attribute(warnings, "showwarning", make_show_warning(self._sources)),
                replace_attribute(builtins, "display", self._display),
                replace_attribute(builtins, "_", self._last_value),
                *stand_ins(self._host, self._asking, self._outbox.flush),
                self._figures.active(),
                self._interrupts.listening(),
                replace_attribute(self, "_active", True),
            ):
                stack.enter_context(change)
            # Another session's cells may have the same names.
            self._sources.fill_linecache()
            yield

    async def _run(self, text: str, cell: str, pixel_ratio: float, page: Page | None) -> RunResult:
        self._execution_count += 1
        error: BaseException | None = None
        replay = self._prepare_replay(text)
        self._asking.begin(may_replay=replay is not None)
        try:
            with self._interrupts.stopping(asyncio.current_task()):
                self._interrupts.accept()
                error = await self._run_parts(text, cell, pixel_ratio)
                while isinstance(error, AnswerNeeded) and replay is not None:
                    self._outbox.flush()
                    self._figures.close_open()
                    error = await replay.prepare(error.question)
                    error = error or await self._run_parts(text, cell, pixel_ratio)
                self._interrupts.refuse()
        except BaseException as caught:
            # A stop that came between two things.
            error = caught
        self._interrupts.refuse()
        self._host.end()
        self._outbox.may_hold = False
        self._outbox.flush()
        if error is None:
            self._explain(None, text, cell, page)
            return RunResult("ok", self._execution_count)
        try:
            self._host.comment(error)
            failure = explain_failure(error, self._sources)
            self._outbox.put(failure.output)
            self._explain(error, text, cell, page)
            if is_being_cancelled(error):
                raise error
            return RunResult(failure.status, self._execution_count, failure.locations)
        finally:
            # Its traceback holds this frame: without this, what the cell's functions held would live on.
            del error

    async def _run_parts(self, text: str, cell: str, pixel_ratio: float) -> BaseException | None:
        """Run the text from top to bottom, and give what it raises."""
        error: BaseException | None = None
        try:
            self._begin(pixel_ratio)
            source = self._sources.add(cell, text, self._execution_count)
            program = compile_cell(source, self._features)
            self._features = program.features
            for code in program.parts:
                # Not in a coroutine of its own: that would turn a StopIteration of the reader's into another.
                outcome = eval(code, self.namespace)
                if code.co_flags & inspect.CO_COROUTINE:
                    await await_with_pauses(outcome, self._outbox.flush, self._interrupts.translate)
        except BaseException as caught:
            error = caught
        try:
            return error if isinstance(error, AnswerNeeded) else self._finish_figures(error)
        finally:
            # Its traceback holds this frame: without this, what the cell's functions held would live on.
            del error

    def _explain(self, error: BaseException | None, text: str, cell: str, page: Page | None) -> None:
        if page is None:
            return
        found = explain_run(error, text, cell, self.namespace, self._sources, page)
        if found is not None:
            self._outbox.put(found)

    def _prepare_replay(self, text: str) -> Replay | None:
        """For a text that may have to run more than once, because nobody can wait for what it asks."""
        may_ask = self._host.must_replay and (asks(text) or self._sources.any(asks))
        return Replay(self._host, self._asking, self.namespace) if may_ask else None

    def _begin(self, pixel_ratio: float) -> None:
        self._outbox.may_hold = True
        self._figures.pixel_ratio = pixel_ratio
        # A cell that put something else in their place must not make all later ones silent.
        sys.stdout, sys.stderr = self._stdout, self._stderr
        # What is warned of once is warned of once in every run: forget what was said, here and in libraries.
        self.namespace.pop("__warningregistry__", None)
        with warnings.catch_warnings():
            pass

    def _finish_figures(self, error: BaseException | None) -> BaseException | None:
        """Show the figures left open, and give the error to report: the cell's own or else one of drawing."""
        if error is not None and is_stop(error):
            # They may be what took so long.
            self._figures.close_open()
            return error
        try:
            self._figures.show_open()
        except BaseException as failure:
            if error is None:
                failure.add_note("This happened when the figure was drawn, at the end of the cell.")
                return failure
            self._stderr.write(f"A figure could not be drawn: {say_briefly(failure)}\n")
        return error

    def _show_bundle(self, bundle: MimeBundle) -> None:
        self._outbox.put(make_display_data(bundle))

    def _make_bundle(self, value: Any) -> MimeBundle:
        if self._figures.is_figure(value):
            return self._figures.make_bundle(value)
        return make_bundle(value, self._report)

    def _display(self, *values: object) -> None:
        """Show each value in the richest form it has: `display(figure)`, `display(table, text)`."""
        for value in values:
            if not display_by_itself(value):
                self._show_bundle(self._make_bundle(value))

    def _show_last_value(self, value: object) -> None:
        if value is None:
            return
        if not display_by_itself(value):
            bundle = self._make_bundle(value)
            self._outbox.put(make_execute_result(bundle, self._execution_count))
        self._last_value = value
        vars(builtins)["_"] = value

    def _report(self, what: str, error: BaseException) -> None:
        """Say on standard error what went wrong beside the cell's own course."""
        self._stderr.write("\n".join([f"{what}:", *describe_exception(error, self._sources), ""]))

    def _report_unraisable(self, unraisable: Any) -> None:
        """Stands in for `sys.unraisablehook`: exceptions in `__del__` and other places without a caller."""
        what = unraisable.err_msg or "Exception ignored in"
        if unraisable.object is not None:
            what += " " + getattr(unraisable.object, "__qualname__", type(unraisable.object).__name__)
        self._report(what, unraisable.exc_value or unraisable.exc_type())
