"""What a cell needs and gives, by construct; and what functions read, against Python's own symbol tables."""

from __future__ import annotations

import importlib
import inspect
import symtable
import sys
from dataclasses import replace

import pytest

from gradus.kernel.names import find_names

CASES = {
    "assignment": ("x = y", "y", "x"),
    "used after it is set": ("x = 1\ny = x", "", "x y"),
    "used before it is set": ("y = x\nx = 1", "x", "x y"),
    "augmented": ("x += 1", "x", "x"),
    "annotated": ("x: int = y", "int y", "x"),
    "only annotated": ("x: int", "int", ""),
    "several targets": ("a, (b, *c) = d = e", "e", "a b c d"),
    "part of an object": ("x[i] = y", "i x y", ""),
    "attribute": ("x.a = y", "x y", ""),
    "walrus": ("(y := x)", "x", "y"),
    "walrus in a comprehension": ("[(y := i) for i in x]", "x", "y?"),
    "comprehension's own names": ("[i + k for i in x for k in i if i]", "x", ""),
    "comprehension's first iterable": ("[x for x in x]", "x", ""),
    "nested comprehensions": ("{i: [k for k in i] for i in x}", "x", ""),
    "generator": ("sum(i * w for i in x)", "sum w x", ""),
    "lambda alone": ("f = lambda x, y=z: x + w", "z", "f"),
    "lambda that is called": ("(lambda x: x + w)(1)", "w", ""),
    "lambda that is passed on": ("map(lambda x: x + w, y)", "map w y", ""),
    "function alone": ("def f(a, b=d): return a + g", "d", "f"),
    "function that is called": ("def f(a): return a + g\nf(1)", "g", "f"),
    "function that calls another": ("def f(): return g()\ndef g(): return x\nf()", "x", "f g"),
    "functions that call each other": ("def f(): return g()\ndef g(): return f() + x\ng()", "x", "f g"),
    "function's own names": ("def f():\n    x = 1\n    return x\nf()", "", "f"),
    "inner function": ("def f():\n    y = 1\n    def g(): return x + y\n    return g\nf()()", "x", "f"),
    "nonlocal": (
        "def f():\n    y = 1\n    def g():\n        nonlocal y\n        y = x\n    g()\nf()",
        "x",
        "f",
    ),
    "global": ("def f():\n    global x\n    x = y\nf()", "y", "f x?"),
    "function under another name": ("def f(): return x\ng = f\ng()", "x", "f g"),
    "function in a list": ("def f(): return x\nl = [f]\nl[0]()", "x", "f l"),
    "decorator": ("@d\ndef f(): return x", "d x", "f"),
    "default that is needed": ("def f(a=x): pass", "x", "f"),
    "annotations": ("def f(a: x) -> y: pass", "x y", "f"),
    "async function": ("async def f(): return x\nawait f()", "x", "f"),
    "class": ("class A(B):\n    c = d\n    def m(self): return e", "B d", "A"),
    "class that is used": ("class A:\n    def m(self): return e\nA().m()", "e", "A"),
    "class's names aren't the module's": ("class A:\n    x = 1", "", "A"),
    "methods don't see the class's names": (
        "class A:\n    x = 1\n    def m(self): return x\nA().m()",
        "x",
        "A",
    ),
    "import": ("import a, b.c, d as e, f.g as h", "", "a b e h"),
    "import from": ("from a import b, c as d", "", "b d"),
    "import what was imported": ("import a\na.b", "a.", "a"),
    "for": ("for i in x:\n    y = i", "x", "i? y?"),
    "for's name afterwards": ("for i in x: pass\ni", "i x", "i?"),
    "while": ("while x:\n    y = 1", "x", "y?"),
    "if": ("if a:\n    x = 1", "a", "x?"),
    "if and else": ("if a:\n    x = 1\nelse:\n    x = 2", "a", "x"),
    "conditional expression": ("x = (y := 1) if a else (y := 2)\ny", "a", "x y"),
    "and": ("a and (y := 1)", "a", "y?"),
    "comparison in a row": ("a < b < (y := 1)", "a b", "y?"),
    "try": ("try:\n    x = 1\nexcept E as e:\n    x = 2", "E", "x e?"),
    "try that may leave it": ("try:\n    x = 1\nexcept E:\n    pass", "E", "x?"),
    "finally": ("try:\n    pass\nfinally:\n    x = 1", "", "x"),
    "except*": ("try:\n    pass\nexcept* E as e:\n    x = e", "E", "e? x?"),
    "with": ("with a as b:\n    c = b", "a", "b c?"),
    "match": (
        "match a:\n    case [x, *y] if z: pass\n    case {'k': v, **r}: pass\n    case C(n=w) as k: pass",
        "C a z",
        "x? y? v? r? w? k?",
    ),
    "match with an end": ("match a:\n    case 1: x = 1\n    case _: x = 2", "a", "x"),
    "del": ("del x", "x", "x"),
    "del and use": ("x = 1\ndel x\nx", "", "x"),
    "f-string": ("f'{x:{y}}'", "x y", ""),
    "star": ("f(*x, **y)", "f x y", ""),
    "await": ("async for i in x:\n    await i", "x", "i?"),
    "yield": ("def f():\n    yield x\nlist(f())", "list x", "f"),
}


@pytest.mark.parametrize("source, needs, defines", CASES.values(), ids=CASES)
def test_names(source: str, needs: str, defines: str) -> None:
    """Names with a question mark are set only sometimes."""
    names = find_names(source)
    assert set(names.needs) == set(needs.split())
    assert set(names.defines) == {name.rstrip("?") for name in defines.split()}
    assert names.always_defines == {name for name in defines.split() if not name.endswith("?")}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="new in Python 3.12")
def test_type_aliases_and_parameters() -> None:
    names = find_names("type Pair = tuple[x, x]\ndef f[T](a: T) -> Pair: return a")
    assert names.always_defines == {"Pair", "f"} and "Pair" not in names.needs


def test_what_is_set_before_a_name_is_needed() -> None:
    assert dict(find_names("a = 1\nf(x)\nb = 2\ng(x)").needs) == {
        "f": {"a"},
        "x": {"a"},
        "g": {"a", "b"},
    }


@pytest.mark.parametrize("source", ["x = (", "if x:\npass", "return = 1"])
def test_what_is_not_python_has_no_names(source: str) -> None:
    with pytest.raises(SyntaxError):
        find_names(source)


def find_globals(table: symtable.SymbolTable) -> set[str]:
    """The module's names that a function reads, itself or through functions inside it."""
    own = {
        symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()
    }
    return own.union(*(find_globals(child) for child in table.get_children()))


@pytest.mark.parametrize(
    "module", ["statistics", "textwrap", "dataclasses", "functools", "random", "ast", "enum"]
)
def test_functions_read_the_globals_that_the_symbol_table_has(module: str) -> None:
    source = inspect.getsource(importlib.import_module(module))
    names = find_names(source)
    compared = 0
    for child in symtable.symtable(source, module, "exec").get_children():
        values = names.defines.get(child.get_name(), ())
        codes = [code for value in values for code in value.codes]
        if child.get_type() == "function" and len(codes) == 1:
            reads = {name for name in codes[0].reads if "." not in name}
            assert reads == find_globals(child), child.get_name()
            compared += 1
    assert compared > 1


@pytest.mark.parametrize(
    "source", ["np.random.seed(0)\nx = rng.random()", "import plt as np", "np = 1", "x = 1"]
)
def test_imported_names_that_a_cell_does_not_have_change_nothing_in_it(source: str) -> None:
    given = {"np": "numpy", "rng": "numpy.random"}
    alone = find_names(source, given)
    beside = find_names(source, {**given, "unseen": "os.path"})
    assert dict(beside.modules) == {**alone.modules, "unseen": "os.path"}
    assert replace(beside, modules={}) == replace(alone, modules={})
    assert beside.needs is alone.needs  # It is analysed once for both.


def test_imported_names_are_known_by_letters_that_look_alike() -> None:
    plain = find_names("rng.shuffle(x)", {"rng": "numpy.random"})
    alike = find_names("\N{MATHEMATICAL ITALIC SMALL R}ng.shuffle(x)", {"rng": "numpy.random"})
    assert alike.changes == plain.changes and alike.calls == plain.calls and alike.needs == plain.needs
