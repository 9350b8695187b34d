"""`input()` and its kin: questions to the reader, whose answers stay in the output as in a terminal."""

from __future__ import annotations

import io
from collections.abc import Callable

from gradus.kernel.host import Host, Question


def asks(text: str) -> bool:
    """Whether a cell with this text may ask the reader something."""
    return any(word in text for word in ("input", "stdin", "getpass"))


class AnswerNeeded(BaseException):
    """Ends a cell that has to be run again with the answer. No `except Exception` may catch it."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.question = question


class Asking:
    """Asks what a cell wants to know; a cell that had to run again first gets the answers given before."""

    def __init__(self, host: Host, write: Callable[[str], object]) -> None:
        self._host = host
        self._write = write
        self._known: list[str | None] = []
        self._used = 0
        self._may_replay = False

    def begin(self, may_replay: bool) -> None:
        """A cell begins to run: nothing has been answered yet."""
        self._may_replay = may_replay
        self._known.clear()
        self._used = 0

    def begin_again(self, answer: str | None) -> None:
        """The same cell begins once more, with another answer; None stands for the end of input."""
        self._known.append(answer)
        self._used = 0

    def ask(self, question: Question) -> str:
        """Ask, and leave question and answer in the output. Raises as `Host.ask` does, and AnswerNeeded."""
        answer = self._find_answer(question)
        self._write(f"{question.prompt}{'' if question.secret or answer is None else answer}\n")
        if answer is None:
            raise EOFError("the reader ended the input")
        return answer

    def _find_answer(self, question: Question) -> str | None:
        if self._used < len(self._known):
            self._used += 1
            return self._known[self._used - 1]
        if self._host.must_replay:
            if not self._may_replay:
                raise RuntimeError("input() can't wait for an answer here; ask in the cell itself")
            raise AnswerNeeded(question)
        try:
            return self._host.ask(question)
        except EOFError:
            return None


class InputStream(io.TextIOBase):
    """What `sys.stdin` is: each line that is read is asked for. It can't be closed, like the other two."""

    encoding = "utf-8"
    errors = "strict"
    mode = "r"
    name = "<stdin>"

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._rest = ""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """A line with its newline, or its first characters; empty at the end of input."""
        if not self._rest:
            try:
                self._rest = self._asking.ask(Question("")) + "\n"
            except EOFError:
                return ""
        length = len(self._rest) if size is None or size < 0 else size
        line, self._rest = self._rest[:length], self._rest[length:]
        return line

    def read(self, size: int | None = -1, /) -> str:
        """All lines until the end of input, or as many characters as asked for."""
        parts: list[str] = []
        room = float("inf") if size is None or size < 0 else size
        while room > 0 and (line := self.readline(-1 if room == float("inf") else int(room))):
            parts.append(line)
            room -= len(line)
        return "".join(parts)

    def close(self) -> None:
        """Nothing: later cells may ask again."""
