"""Pages that share a Python, as tests of the kernel drive them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

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
