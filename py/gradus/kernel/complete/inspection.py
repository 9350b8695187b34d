"""What stands at the caret: its signature, its value, its documentation."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

from gradus.kernel.complete.documentation import find_documentation, find_parameter_text, summarize
from gradus.kernel.complete.known import Known, Names, kind_in
from gradus.kernel.complete.parameters import find_parameters, find_position
from gradus.kernel.complete.place import Call, Place, find_place
from gradus.kernel.explain.classes import UNKNOWN
from gradus.kernel.explain.describe_values import is_array, kind_of
from gradus.kernel.variables import describe_contents, describe_shape, describe_type, is_definition

_PLAIN = (int, float, complex, bool, str, bytes, list, tuple, dict, set, type(None))


def inspect_at(question: Mapping[str, Any], namespace: dict[str, Any]) -> dict[str, Any] | None:
    """`{"before", "after", "above", "subject"}` → what is known of the subject, None if nothing.

    `subject` is "call", the call in whose brackets the caret stands, or "name", what the caret stands in or
    right after, or else that call. The answer: `name`; `parameters`, texts, or null for what can't be called;
    `current`, the index of the caret's parameter or null; `type` and `value` of a variable; `summary` and
    `documentation`.
    """
    before, after = question["before"], question["after"]
    line = before.count("\n") + 1
    names = Names(namespace, before + after, line, tuple(question.get("above", ())))
    if question["subject"] == "call":
        call = find_place(before).call
        return None if call is None else _inspect_call(call, names)
    rest = re.match(r"\w*", after)
    place = find_place(before + (rest[0] if rest else ""))
    return _inspect_place(place, names) or (_inspect_call(place.call, names) if place.call else None)


def _inspect_place(place: Place, names: Names) -> dict[str, Any] | None:
    if not place.prefix:
        # `axis=`, as it stands in the list of completions.
        return _inspect_parameter(place.call, names) if place.call and place.call.keyword else None
    if place.role == "name":
        known = names.read(place.prefix)
        return _describe(place.prefix, known) or _inspect_keyword(place, names)
    if place.role == "attribute":
        owner = names.read(place.owner)
        path = re.sub(r"\s+", "", place.owner)
        title = f"{path}.{place.prefix}" if len(path) <= 40 else place.prefix
        return _describe(title, names.find_member(owner, place.prefix))
    if place.role in ("module", "member"):
        path = ".".join(filter(None, (place.owner, place.prefix)))
        module = sys.modules.get(path)
        if module is not None:
            return _describe(path, Known(value=module))
        owner = Known(value=sys.modules.get(place.owner, UNKNOWN))
        return _describe(path, names.find_member(owner, place.prefix))
    return None


def _inspect_keyword(place: Place, names: Names) -> dict[str, Any] | None:
    """A name that is a parameter's: the caret stands in `axis` of `mean(x, axis=0)`."""
    if place.call is None or not place.call.begins_argument:
        return None
    call = place.call
    known = names.read(call.callee)
    if not any(parameter.name == place.prefix for parameter in find_parameters(known) or ()):
        return None
    return _inspect_parameter(Call(call.callee, call.index, place.prefix, call.given, True, False), names)


def _inspect_parameter(call: Call, names: Names) -> dict[str, Any] | None:
    answer = _inspect_call(call, names)
    text = find_parameter_text(answer["documentation"], call.keyword or "") if answer else ""
    if answer and text:
        heading, _, rest = text.partition("\n")
        answer |= {"summary": " ".join([heading + ".", *rest.split()]), "documentation": text}
        answer["name"] = f"{call.keyword}, a parameter of {answer['name']}"
    return answer


def _inspect_call(call: Call, names: Names) -> dict[str, Any] | None:
    known = names.read(call.callee)
    answer = _describe(re.sub(r"\s+", "", call.callee), known)
    if answer is None or answer["parameters"] is None:
        return None
    position = find_position(find_parameters(known) or [], call.index, call.keyword)
    return answer | {"current": position}


def _describe(name: str, known: Known) -> dict[str, Any] | None:
    if known.is_nothing:
        return None
    answer: dict[str, Any] = {"name": name, "current": None, "type": "", "value": ""}
    parameters = find_parameters(known)
    answer["parameters"] = None if parameters is None else [parameter.text for parameter in parameters]
    value = known.value
    is_definite = value is not UNKNOWN and is_definition(value)
    is_variable = known.node is None and parameters is None and not is_definite
    if is_variable and value is not UNKNOWN:
        answer["type"] = " ".join(filter(None, (describe_type(value), describe_shape(value))))
        answer["value"] = describe_contents(value)
    elif is_variable and known.instance_of is not None:
        answer["type"] = known.instance_of.name
    elif is_variable and (kind := kind_in(known)) is not None:
        answer["type"] = type.__dict__["__name__"].__get__(kind)
    # That of a number's or an array's class says nothing about this one.
    documentation = (
        "" if is_variable and (is_array(value) or kind_of(value) in _PLAIN) else find_documentation(known)
    )
    last = name.rpartition(".")[2]
    return answer | {"documentation": documentation, "summary": summarize(documentation, last)}
