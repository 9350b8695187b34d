"""What `sys.stdout` and `sys.stderr` are while a cell runs."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from gradus.kernel.outbox import Outbox
from gradus.kernel.outputs import StreamName

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class OutputStream(io.TextIOBase):
    """A text file whose text goes to the outbox. It can't be closed: that would silence all later cells."""

    encoding = "utf-8"
    errors = "backslashreplace"
    mode = "w"

    def __init__(self, name: StreamName, outbox: Outbox) -> None:
        self._stream: StreamName = name
        self._outbox = outbox
        self.buffer = _Bytes(self.write, self.flush)

    @property
    def name(self) -> str:
        """As the real one has it: `<stdout>`."""
        return f"<{self._stream}>"

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, text: str) -> int:
        """Write text; gives its length. Raises TypeError for what isn't text, like every text file."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outbox.write(self._stream, text)
        return len(text)

    def flush(self) -> None:
        """Send what is held, from both streams, so that their order stays."""
        self._outbox.flush()

    def reconfigure(self, **settings: object) -> None:
        """Accepted and ignored: scripts ask for UTF-8 and line buffering, which is what they have."""

    def close(self) -> None:
        """Only flushes."""
        self.flush()


class _Bytes(io.BufferedIOBase):
    """`sys.stdout.buffer`: bytes are read as UTF-8, what isn't UTF-8 shows as U+FFFD."""

    def __init__(self, write_text: Callable[[str], int], flush_text: Callable[[], None]) -> None:
        self._write_text = write_text
        self._flush_text = flush_text
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        content = bytes(memoryview(data))
        self._write_text(self._decoder.decode(content))
        return len(content)

    def flush(self) -> None:
        self._flush_text()

    def close(self) -> None:
        self.flush()
