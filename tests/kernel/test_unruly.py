"""Whatever a cell does, its outputs can be sent, its end is a result, and the next run works."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.checks import Runner

METHODS = (
    "__repr__",
    "__str__",
    "_repr_html_",
    "_repr_mimebundle_",
    "__len__",
    "__eq__",
    "__hash__",
)
BODIES = (
    "raise ValueError('\\ud800')",
    "return self",
    "return 'x' * 3_000_000",
    "return '\\udfff\\x00\\x1b[2J'",
    "return {'text/html': b'\\xff', 5: None}",
    "return self.missing",
    "return self.__repr__()",
    "import missing_module",
    "print('said'); return 'said'",
    "del self; return 1 / 0",
)
USES = (
    "A()",
    "a = A()\ndel a",
    "print(A())",
    "display(A())",
    "[A(), {1: A()}]",
    "f'{A()}'",
    "raise RuntimeError(A())",
    "raise SystemExit(A())",
    "import sys\nsys.stdout = A()",
    "print = A()",
    "import sys\nsys.stdout.write('\\ud83d')\nsys.stderr.write('é' * 5)",
    "import sys\nsys.displayhook = A()\n5",
    "import sys\nsys.excepthook = A()\n1 / 0",
    "class B(Exception):\n    __str__ = A.__dict__.get('__str__')\nraise B",
    "def f(): yield A()\nfor x in f(): x",
    "import asyncio\nawait asyncio.sleep(0)\nA()",
    "import warnings\nwarnings.warn(str(type(A())))",
    "1 +",
    "x = '\\ud800'\nx",
    "exec('raise A()')",
    "globals().clear()",
    "del __builtins__",
    "__name__ = A()",
)
classes = st.dictionaries(st.sampled_from(METHODS), st.sampled_from(BODIES), max_size=3).map(
    lambda methods: (
        "class A:\n    pass\n"
        + "".join(
            f"    def {name}(self, *given, **named):\n        {body}\n" for name, body in methods.items()
        )
    )
)
programs = st.builds(
    "{}{}".format, classes, st.lists(st.sampled_from(USES), min_size=1, max_size=3).map("\n".join)
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programs)
def test_the_next_run_works(program: str) -> None:
    runner = Runner()
    run = runner.run(program)
    json.dumps(run.messages, allow_nan=False).encode("ascii")
    assert run.result.status in ("ok", "error", "stopped")
    after = runner.run("6 * 7", cell="next")
    # Objects of the first cell may still complain when they go.
    values = [output["data"]["text/plain"] for output in after.outputs if "execution_count" in output]
    assert values == ["42"]
    assert after.result.status == "ok"
