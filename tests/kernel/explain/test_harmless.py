"""Explaining runs none of the reader's code, changes nothing and never fails, whatever the program."""

from __future__ import annotations

import contextlib
import re
import sys
import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradus.kernel.explain import explain, notice_divergence
from gradus.kernel.explain.scene import Surroundings
from kernel.explain.checks import Reader
from kernel.explain.spies import NAMES, SPY

WITH_SPY = {
    "attribute": "spy.colour",
    "operator": "spy - 1",
    "the other way": "[1] - spy",
    "index": "[1, 2][spy]",
    "as a key": "{'a': 1}[spy]",
    "of a dictionary": "d = {}\nd['a', spy]",
    "iterated": "for i in spy: pass",
    "unpacked": "q, r = spy",
    "called": "spy(1)",
    "argument": "def h(u): pass\nh(spy, 1)",
    "keyword": "def h(u): pass\nh(w=spy)",
    "on the line": "len(3, spy)",
    "formatted": "f'{spy:.2f}'",
    "in a list": "x = [spy]\nx * 1.5",
    "list index": "x = [spy]\nx.index(3)",
    "sum": "sum([1, spy])",
    "divided": "1 / spy",
    "class attribute": "Spy.colour",
    "class called": "Spy(1, 2)",
    "near name": "spyy",
    "matrix": "import numpy as np\nnp.ones(3) @ spy",
    "array": "import numpy as np\na = np.ones(3)\na[spy]",
    "max": "max(spy)",
    "sqrt": "import math\nmath.sqrt(spy)",
    "int": "int(spy)",
    "range": "range(spy)",
    "local": "def h():\n    here = spy\n    return missing\nh()",
    "recursion": "def h(o):\n    return h(o)\nh(spy)",
    "raised with it": "raise ValueError(spy)",
    "raised by a library": (
        "import contextlib\nwith contextlib.ExitStack() as stack:\n    stack.push(spy.nothing)"
    ),
    "key error": "{}[spy]",
    "join": "', '.join([spy])",
    "an attribute of it": "spy.a.b.c",
    "a subclass of float": "class F(float):\n    __repr__ = watch('repr')\n    __gt__ = watch('>')\n1 % F(0)",
    "a subclass of list": "class L(list):\n    __len__ = watch('len')\n    __iter__ = watch('iter')\nL()[3]",
    "a subclass of str": (
        "class S(str):\n    __eq__ = watch('==')\n    __hash__ = watch('hash')\nt = S('3')\nt * 1.5"
    ),
    "a subclass of an array": (
        "import numpy as np\nclass A(np.ndarray):\n    __matmul__ = watch('@')\nnp.ones(2).view(A)[7]"
    ),
}


@pytest.mark.parametrize("program", WITH_SPY.values(), ids=WITH_SPY.keys())
def test_no_code_of_the_reader_s_runs(program: str) -> None:
    reader = Reader()
    assert reader.run(SPY, "spy") is None
    error = reader.run(program, "cell")
    assert error is not None
    seen = reader.namespace["seen"]
    before = list(seen)
    reader.explain()
    assert seen == before


def test_the_spy_sees() -> None:
    reader = Reader()
    reader.run(SPY, "spy")
    spy, seen = reader.namespace["spy"], reader.namespace["seen"]
    for ask in (
        repr,
        len,
        bool,
        lambda o: isinstance(o, int),
        lambda o: o.__class__,
        lambda o: type(o).__name__,
    ):
        before = len(seen)
        with contextlib.suppress(RuntimeError):
            ask(spy)
        assert len(seen) > before


ATOMS = """
x  n  zero  t  d  a  X  none  p  s  box  f  g  losses  math  np  Box  1  2.5  -1  'a'  None  []
x[0]  box.content  X.T  unknown  losse  len  lenn
"""
TEMPLATES = """
({} + {})  ({} @ {})  ({} * {})  ({} / {})  ({} < {})  ({} ** {})  (not {})  ({} and {})  {}[{}]  {}({})
f({}, {})  f(u={}, w={})  g({})  {}.fit({})  (lambda q: q + {})({})  [{} for x in {}]  ({} if {} else n)
math.sqrt({})  len({})  int({})  float({})  range({})  sum({})  max({})  sorted({})  {{{}: {}}}
{}.content  {}.shape  {}.append({})  {}.apend({})  {}.index({})  box.open({})  f'{{{}:.2f}}'
np.dot({}, {})  np.zeros({})  np.concatenate([{}, {}])  {}.reshape({}, {})  np.array([{}, {}])
np.linalg.inv({})
"""


def split(table: str) -> list[str]:
    """The cells of a table, which stand two spaces or a line apart."""
    return re.split(r" {2,}|\n", table.strip())


def fill(parts: list[str], template: str) -> str:
    return template.format(*(parts * 3)[: template.count("{}")])


expressions = st.recursive(
    st.sampled_from(split(ATOMS)),
    lambda inner: st.builds(fill, st.lists(inner, min_size=3, max_size=3), st.sampled_from(split(TEMPLATES))),
    max_leaves=6,
)
STATEMENTS = [
    "{}",
    "y = {}",
    "y, z = {}",
    "for i in {}:\n    {}",
    "def h(q):\n    return {}\nh({})",
    "x[{}] = {}",
    "n += {}",
    "if {}:\n    {}",
    "try:\n    {}\nfinally:\n    n = 7",
    "import {}",
    "del {}",
    "with {}: pass",
    "return {}",
    "a[:] = {}",
    "class C:\n    def m(self):\n        return {}\nC().m()",
    "assert {}",
    "{} = 3",
    "while {}: break",
    "y = [{} for i in {}]",
    "w = 1.0\nlr = 3\nlosses = []\nfor i in range(9):\n    losses.append(w * w)\n    w = w - lr * w\n{}",
]
programs = st.lists(
    st.builds(fill, st.lists(expressions, min_size=2, max_size=2), st.sampled_from(STATEMENTS)),
    min_size=1,
    max_size=3,
).map("\n".join)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(program=programs)
def test_any_program(program: str) -> None:
    reader = Reader()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert reader.run(NAMES, "names") is None
        error = reader.run(program, "cell")
        before = take_picture(reader.namespace)
        if error is not None:
            # `Reader.explain` lets mistakes of an explainer through.
            reader.explain()
        else:
            notice_divergence(program, "cell", reader.namespace, reader.surroundings)
    assert take_picture(reader.namespace) == before


def take_picture(namespace: dict[str, Any]) -> list[tuple[str, int, str]]:
    """All names with their values' identities and contents; what modules hold isn't looked at."""
    names = [name for name in namespace if name not in ("__builtins__",)]
    return [(name, id(namespace[name]), picture(namespace[name])) for name in names]


def picture(value: Any) -> str:
    own = getattr(value, "__dict__", None)
    return (
        repr(value) if own is None or callable(value) or isinstance(value, type(sys)) else repr(vars(value))
    )


def test_an_error_without_a_traceback() -> None:
    assert explain(NameError("x"), "x", "cell", {}) is None


def test_a_text_that_isn_t_the_one_that_ran() -> None:
    reader = Reader()
    reader.run("x = [1]\n\n\nx[3]", "cell")
    assert reader.error is not None
    assert explain(reader.error, "other\ntext ((", "cell", reader.namespace, Surroundings()) is None


def test_what_is_no_error_is_not_explained() -> None:
    for program in (
        "raise KeyboardInterrupt",
        "raise SystemExit",
        "raise GeneratorExit",
        "raise StopIteration",
    ):
        reader = Reader()
        reader.run(program, "cell")
        assert reader.explain() is None
