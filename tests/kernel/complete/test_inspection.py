"""Signatures with the caret's parameter, values, and documentation."""

from __future__ import annotations

import numpy as np
import pytest

from gradus.kernel.complete.documentation import find_parameter_text
from kernel.checks import Runner
from kernel.complete.checks import inspect_name, say_call

RUN = '''
import functools
import numpy as np
def descend(f, /, start, *steps, rate=0.1, **options):
    """Go down.

    Step by step.
    """
class Model:
    """Holds weights."""
    def __init__(self, size, bias=True): ...
    def fit(self, x, y): """Learn from examples."""
    @staticmethod
    def load(path): ...
@functools.wraps(descend)
def wrapped(*arguments): ...
model = Model(3)
x = np.zeros((3, 2))
'''


@pytest.fixture(scope="module")
def namespace() -> dict[str, object]:
    runner = Runner()
    assert runner.run(RUN).result.status == "ok"
    return runner.session.namespace


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("descend(|", "descend(>f<, /, start, *steps, rate=0.1, **options)"),
        ("descend(g, |)", "descend(f, /, >start<, *steps, rate=0.1, **options)"),
        ("descend(g, 1, 2, 3|", "descend(f, /, start, >*steps<, rate=0.1, **options)"),
        ("descend(g, rate=|", "descend(f, /, start, *steps, >rate=0.1<, **options)"),
        ("descend(g, momentum=1|", "descend(f, /, start, *steps, rate=0.1, >**options<)"),
        ("descend([1, 2, |", "descend(>f<, /, start, *steps, rate=0.1, **options)"),
        ("descend(g(1, 2), (3, |", "descend(f, /, >start<, *steps, rate=0.1, **options)"),
        ("wrapped(|", "wrapped(>f<, /, start, *steps, rate=0.1, **options)"),
        ("Model(|", "Model(>size<, bias=True)"),
        ("model.fit(x, |", "model.fit(x, >y<)"),
        ("Model.load(|", "Model.load(>path<)"),
        ("np.mean(x, |", None),
        ("range(1, |", "range(start, >stop<, step)"),
        ("len(|", "len(>obj<, /)"),
        ("'-'.join(|", "'-'.join(>iterable<, /)"),
        ("def later(a, b=(1, 2)): ...\nlater(0, |", "later(a, >b=(1, 2)<)"),
        ("x(|", None),
        ("(1, |", None),
        ("def f(|", None),
        ("nobody(|", None),
        ("descend(g)|", None),
    ],
)
def test_calls(text: str, said: str | None, namespace: dict[str, object]) -> None:
    if text.startswith("np.mean"):
        found = say_call(text, namespace)
        assert found is not None
        assert found.startswith("np.mean(a, >axis=None<, dtype=None")
    else:
        assert say_call(text, namespace) == said


def test_numpy_s_c_functions_say_what_they_take(namespace: dict[str, object]) -> None:
    assert str(say_call("np.zeros(|", namespace)).startswith("np.zeros(>shape<, dtype=")
    assert str(say_call("np.exp(|", namespace)).startswith("np.exp(>x<, /, out=None")


def test_a_function(namespace: dict[str, object]) -> None:
    found = inspect_name("desc|end(1)", namespace)
    assert (found["name"], found["summary"]) == ("descend", "Go down.")
    assert found["documentation"] == "Go down.\n\nStep by step."
    assert (found["type"], found["value"], found["current"]) == ("", "", None)


def test_a_variable(namespace: dict[str, object]) -> None:
    found = inspect_name("print(x|)", namespace)
    assert (found["name"], found["type"]) == ("x", "ndarray of float64 (3, 2)")
    assert (found["value"], found["parameters"]) == ("[0, 0, 0, 0, 0, 0]", None)


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("model|", "Holds weights."),
        ("model.fit|", "Learn from examples."),
        ("np.linalg.norm|", "Matrix or vector norm."),
        ("np.zeros|", "Return a new array of given shape and type, filled with zeros."),
        ("descend(|", "Go down."),
        ("def own():\n    'Mine.'\nown|", "Mine."),
        ("class Own:\n    'Mine.'\nOwn().x\nOwn|()", "Mine."),
        ("from numpy import zeros|", "Return a new array of given shape and type, filled with zeros."),
    ],
)
def test_documentation(text: str, summary: str, namespace: dict[str, object]) -> None:
    assert inspect_name(text, namespace)["summary"] == summary


def test_a_parameter(namespace: dict[str, object]) -> None:
    for text in ("np.mean(x, axis=|", "np.mean(x, axis|=0)"):
        found = inspect_name(text, namespace)
        assert found["name"] == "axis, a parameter of np.mean"
        assert found["documentation"].startswith(
            "axis : None or int or tuple of ints, optional\n    Axis or axes"
        )


def test_parameters_that_share_a_line() -> None:
    text = "Parameters\n----------\nx, y : array\n    Both.\n*args : any\n    Rest."
    assert find_parameter_text(text, "y") == "x, y : array\n    Both."
    assert find_parameter_text(text, "args") == "*args : any\n    Rest."
    assert find_parameter_text(text, "z") == ""


def test_unknown_names_are_unknown(namespace: dict[str, object]) -> None:
    assert inspect_name("nobody|", namespace) is None
    assert inspect_name("|", namespace) is None
    assert inspect_name("model.nothing|", namespace) is None


@pytest.mark.parametrize("source", ["help(len)", "import numpy as np\nhelp(np.mean)", "help('keywords')"])
def test_help_prints_plainly_and_does_not_page(source: str) -> None:
    run = Runner().run(source)
    assert run.result.status == "ok"
    assert run.only["name"] == "stdout"
    assert "\b" not in run.only["text"] and "\x1b" not in run.only["text"]
    assert np.mean.__doc__ and ("mean" not in source or "Compute the arithmetic mean" in run.only["text"])
