"""What the build finds about cells arrives in the reader's Python as it was found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings

from gradus.kernel.names import History, find_names, known
from gradus.kernel.names.find import _find_names
from gradus.kernel.names.known import _READERS, find_known, learn, write_known
from gradus.kernel.names.model import Call, Change, Code, Names, Result, Value
from gradus.kernel.names.versions import follow_fresh_run
from kernel.names.programs import cells, name_cells

FULL = """
import numpy as np
from math import *
data = np.array([1, 2])
part = data[:1]
pairs = [data, part]
def total(values, more=data):
    global calls
    calls = 1
    values.append(more)
    return values
class Box:
    def put(self, thing):
        self.things = [thing, data]
result = total(pairs)
box = Box()
box.put(result)
exec("x = 1")
"""


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    forget()
    yield
    forget()


def forget() -> None:
    known._plain.clear()
    _find_names.cache_clear()
    follow_fresh_run.cache_clear()


def carry(source: str, modules: dict[str, str]) -> Names | None:
    """What is known of a text after it was found, written and learnt."""
    names = find_names(source, modules)
    learn(write_known([(source, modules, names)]))
    return find_known(source, modules)


def test_a_cell_that_does_everything_arrives_as_it_was_found() -> None:
    found = find_names(FULL, {"box": "boxes"})
    assert found.stars and found.opaque and found.keeps and found.calls and found.changes
    assert carry(FULL, {"box": "boxes"}) == found


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells)
def test_any_cell_arrives_as_it_was_found(sources: list[str]) -> None:
    for source in sources:
        assert carry(source, {}) == find_names(source)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells)
def test_the_plan_is_the_same(sources: list[str]) -> None:
    forget()
    page = name_cells(sources)
    plan = History().plan(page, page[-1][0])
    text = write_known([(source, {}, find_names(source)) for source in sources])
    forget()
    learn(text)
    assert History().plan(page, page[-1][0]) == plan


def test_what_is_known_is_not_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = write_known([("y = x", {}, find_names("y = x")), ("z = x", {}, find_names("z = x"))])
    forget()
    learn(text)
    monkeypatch.setattr("gradus.kernel.names.find.CellVisitor", None)
    assert set(find_names("y = x").needs) == {"x"}
    with pytest.raises(TypeError):
        find_names("y = x + 1")
    with pytest.raises(TypeError):
        # Below other imports it means something else.
        find_names("y = x", {"x": "numpy"})


def test_the_same_findings_give_the_same_text() -> None:
    one = write_known([(FULL, {}, find_names(FULL))])
    _find_names.cache_clear()
    assert write_known([(FULL, {}, find_names(FULL))]) == one


def test_what_is_not_json_is_refused_and_nothing_is_learnt() -> None:
    with pytest.raises(json.JSONDecodeError):
        learn("<!doctype html>")
    assert find_known("y = x", {}) is None


@pytest.mark.parametrize("kind", [Change, Call, Result, Value, Code, Names])
def test_every_field_that_json_does_not_give_has_a_reader(kind: type) -> None:
    plain = {"str", "bool", "Mapping[str, str]"}
    expected = {field.name for field in fields(kind) if field.type not in plain}
    assert set(_READERS[kind]) == expected
