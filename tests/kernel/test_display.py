"""What objects look like: the `_repr_*_` methods, however well or badly they are written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradus.kernel.display import make_bundle
from gradus.kernel.plain_text import MAX_LENGTH
from kernel.checks import check_run, error, run_cells, shown, stderr, stdout, value


def make_class(*methods: str) -> str:
    """A class `A` whose repr is `A!` and which has these methods, given as `name(arguments): body`."""
    return "class A:\n    def __repr__(self): return 'A!'\n" + "".join(
        f"    def {text}\n" for text in methods
    )


METHODS = {
    "html": (["_repr_html_(self): return '<b>a</b>'"], value("A!", html="<b>a</b>")),
    "markdown": (["_repr_markdown_(self): return '*a*'"], value("A!", markdown="*a*")),
    "svg": (["_repr_svg_(self): return '<svg/>'"], value("A!", svg="<svg/>")),
    "latex": (["_repr_latex_(self): return '$a$'"], value("A!", latex="$a$")),
    "png bytes become base64": (["_repr_png_(self): return b'\\x89PNG'"], value("A!", png="iVBORw==")),
    "png text is base64 already": (["_repr_png_(self): return 'iVBORw=='"], value("A!", png="iVBORw==")),
    "jpeg": (["_repr_jpeg_(self): return bytearray(b'jj')"], value("A!", jpeg="amo=")),
    "json": (["_repr_json_(self): return {'a': [1, None, 'b']}"], value("A!", json={"a": [1, None, "b"]})),
    "several": (
        ["_repr_html_(self): return 'h'", "_repr_latex_(self): return 'l'"],
        value("A!", html="h", latex="l"),
    ),
    "bytes for text": (["_repr_html_(self): return 'é'.encode()"], value("A!", html="é")),
    "None means not this one": (["_repr_html_(self): return None"], value("A!")),
    "not implemented": (["_repr_html_(self): raise NotImplementedError"], value("A!")),
    "half a character": (["_repr_html_(self): return 'a\\ud800'"], value("A!", html="a\\ud800")),
    "half a character in json": (
        ["_repr_json_(self): return {'\\ud800': ['\\udfff']}"],
        value("A!", json={"\\ud800": ["\\udfff"]}),
    ),
    "a bundle": (
        ["_repr_mimebundle_(self, include, exclude): return {'text/html': 'h', 'text/plain': 'p'}"],
        value("p", html="h"),
    ),
    "a bundle wins over methods, which fill in": (
        [
            "_repr_mimebundle_(self, **_): return {'text/html': 'from the bundle', 'image/png': None}",
            "_repr_html_(self): return 'from the method'",
            "_repr_latex_(self): return 'l'",
        ],
        value("A!", html="from the bundle", latex="l"),
    ),
    "a bundle with bytes": (
        [
            "_repr_mimebundle_(self, **_):\n"
            "        return {'image/png': b'\\x89PNG', 'application/vnd.x+json': {'a': 1}}"
        ],
        value("A!", png="iVBORw==", **{"vnd.x": {"a": 1}}),
    ),
}


@pytest.mark.parametrize("methods, expected", METHODS.values(), ids=METHODS)
def test_method(methods: list[str], expected: Any) -> None:
    check_run(make_class(*methods) + "A()", [expected])


BROKEN = {
    "raises": "_repr_html_(self): 1/0",
    "returns a number": "_repr_html_(self): return 5",
    "returns a set as json": "_repr_json_(self): return {1, 2}",
    "returns NaN as json": "_repr_json_(self): return [float('nan')]",
    "returns a tuple of one": "_repr_png_(self): return ('iVBORw==',)",
    "returns metadata that isn't": "_repr_png_(self): return (b'x', 5)",
    "returns metadata that JSON doesn't know": "_repr_png_(self): return (b'x', {'width': 1j})",
    "returns a bundle that isn't": "_repr_mimebundle_(self, **_): return 5",
    "returns a bundle with odd keys": "_repr_mimebundle_(self, **_): return {5: 'a'}",
    "returns a bundle with odd values": "_repr_mimebundle_(self, **_): return {'text/html': object()}",
    "takes too many arguments": "_repr_html_(self, more): return 'a'",
}


@pytest.mark.parametrize("method", BROKEN.values(), ids=BROKEN)
def test_a_broken_method_is_reported_and_passed_over(method: str) -> None:
    name = method.partition("(")[0]
    check_run(make_class(method) + "A()", [stderr(f"A.{name} failed:\n", "Error: "), value("A!")])


def test_a_broken_method_is_reported_with_its_line() -> None:
    check_run(
        make_class("_repr_html_(self):\n        1/0") + "display(A())\nprint(1)",
        [
            stderr("A._repr_html_ failed:\n", "line 4, in A._repr_html_\n    1/0", "ZeroDivisionError"),
            shown("A!"),
            stdout("1\n"),
        ],
    )


REPRS = {
    "raises": ("1/0", "ZeroDivisionError"),
    "returns a number": ("return 5", "TypeError"),
    "recurses": ("return repr(self)", "RecursionError"),
    "exits": ("raise SystemExit", "SystemExit"),
    "is stopped": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
}


@pytest.mark.parametrize("body, name", REPRS.values(), ids=REPRS)
@pytest.mark.parametrize("use", ["A()", "display(A())", "print(A())", "x = [A()]\nx"])
def test_a_broken_repr_is_an_error_of_the_cell(body: str, name: str, use: str) -> None:
    run = run_cells(f"class A:\n    def __repr__(self):\n        {body}\n{use}")
    assert run.only["ename"] == name
    first, last = run.result.locations[0], run.result.locations[-1]
    assert (first.line, last.line) in ((use.count("\n") + 4, 3), (use.count("\n") + 4, use.count("\n") + 4))


def test_a_broken_repr_beside_another_format_is_reported() -> None:
    check_run(
        "class A:\n    def __repr__(self): 1/0\n    def _repr_html_(self): return 'a'\nA()",
        [stderr("A.__repr__ failed:\n", "line 2, in A.__repr__"), value("<A>", html="a")],
    )


CASES = {
    "display of several": ("display(1, 'a')", [shown("1"), shown("'a'")]),
    "display of nothing": ("display()", []),
    "display of None": ("display(None)", [shown("None")]),
    "a class isn't its instance": (
        make_class("_repr_html_(self): return 'a'") + "A",
        [value("<class '__main__.A'>")],
    ),
    "an object with every name": (
        make_class("__getattr__(self, name): return lambda *a, **k: 'x'") + "A()",
        [value("A!")],
    ),
    "an object that raises for every name": (
        make_class("__getattr__(self, name): 1/0") + "A()",
        [value("A!")],
    ),
    "a mock": ("from unittest.mock import MagicMock\ntype(display(MagicMock(name='m')))", None),
    "an object that shows itself": (
        make_class("_ipython_display_(self): print('by myself')") + "display(A())\nA()",
        [stdout("by myself\nby myself\n")],
    ),
    "a method that isn't one": (
        "class A:\n    _repr_html_ = 5\n    def __repr__(self): return 'A!'\nA()",
        [value("A!")],
    ),
    "a method that prints": (
        make_class("_repr_html_(self): print('p'); return 'h'") + "A()",
        [stdout("p\n"), value("A!", html="h")],
    ),
    "a list of its own": ("x = []\nx.append(x)\nx", [value("[[...]]")]),
    "an exception in a long list": (
        "class A:\n    def __repr__(self): 1/0\n[A()] * 1000",
        [error("ZeroDivisionError", line=2)],
    ),
    "a subclass of str as repr": (
        "class S(str): pass\nclass A:\n    def __repr__(self): return S('s')\nA()",
        [value("s")],
    ),
    "half a character in a repr": (
        "class A:\n    def __repr__(self): return '\\ud800'\nA()",
        [value("\\ud800")],
    ),
    "a dictionary keeps its order": ("{'b': 1, 'a': 2}", [value("{'b': 1, 'a': 2}")]),
}


@pytest.mark.parametrize("source, expected", CASES.values(), ids=CASES)
def test_display(source: str, expected: list | None) -> None:
    if expected is None:
        run = run_cells(source)
        assert run.result.status == "ok" and run.outputs[0]["data"].keys() == {"text/plain"}
    else:
        check_run(source, expected)


def test_metadata_goes_with_its_type() -> None:
    picture = "_repr_png_(self): return b'x', {'width': 10}"
    bundle = "_repr_mimebundle_(self, **_): return {'text/html': 'h'}, {'text/html': {'isolated': True}}"
    run = check_run(make_class(picture, bundle) + "A()", [value("A!", html="h", png="eA==")])
    assert run.only["metadata"] == {"image/png": {"width": 10}, "text/html": {"isolated": True}}


def test_a_huge_repr_is_cut_in_the_middle() -> None:
    run = run_cells("'a' * 3_000_000 + 'z'")
    text = run.only["data"]["text/plain"]
    assert len(text) < MAX_LENGTH + 100
    assert text.startswith("'aaa") and text.endswith("aaz'") and "characters left out" in text


@pytest.mark.parametrize("source", ["list(range(10**6))", "{i: i for i in range(10**6)}", "'x' * 10**8"])
def test_a_huge_value_is_shown(source: str) -> None:
    assert "left out" in run_cells(source).only["data"]["text/plain"]


contents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.just({1, 2}),
    lambda inner: (
        st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner)
    ),
    max_leaves=8,
)


@given(html=contents, png=contents, data=contents, bundle=contents)
def test_whatever_methods_return_a_bundle_is_strict_json(html: Any, png: Any, data: Any, bundle: Any) -> None:
    class Odd:
        def _repr_html_(self) -> Any:
            return html

        def _repr_png_(self) -> Any:
            return png

        def _repr_json_(self) -> Any:
            return data

        def _repr_mimebundle_(self, **_: Any) -> Any:
            return bundle

    reports: list[str] = []
    made = make_bundle(Odd(), lambda what, error: reports.append(what))
    both = {"data": dict(made.data), "metadata": dict(made.metadata)}
    text = json.dumps(both, allow_nan=False, ensure_ascii=False)
    assert json.loads(text.encode()) == both
    assert isinstance(made.data["text/plain"], str)
