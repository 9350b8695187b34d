"""Reads objects and classes as they are, without waking a property, a `__getattr__` or a metaclass.

Even `isinstance` and `kind.__name__` can run a reader's code: the first asks the object for its `__class__`,
the second asks the metaclass. So questions about an object are asked of `type(value)`, through these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import (
    FunctionType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodDescriptorType,
    MethodType,
    ModuleType,
)
from typing import Any, Final

from gradus.kernel.explain.describe_values import is_array


class Unknown:
    """The type of UNKNOWN."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()
"""Stands for a value that can't be found by looking."""
_ARRAY_ATTRIBUTES = ("T", "shape", "size", "ndim", "dtype")
_mro: Any = type.__dict__["__mro__"]
_dict: Any = type.__dict__["__dict__"]


def find_member(kind: type, name: str) -> Any:
    """What a class or its bases hold under that name, as it stands there; UNKNOWN if nothing."""
    for base in _mro.__get__(kind):
        members = _dict.__get__(base)
        if name in members:
            return members[name]
    return UNKNOWN


def find_attribute(value: Any, name: str) -> Any:
    """An attribute that is simply there: of a module, an object's own, a method; else UNKNOWN."""
    kind = type(value)
    if kind is ModuleType:
        return vars(value).get(name, UNKNOWN)
    if is_array(value) and name in _ARRAY_ATTRIBUTES:
        return getattr(value, name)
    if issubclass(kind, type):
        member = find_member(value, name)
        return member if type(member) is FunctionType or not _binds(member) else UNKNOWN
    if find_member(kind, "__getattribute__") is not object.__getattribute__:
        return UNKNOWN
    member = find_member(kind, name)
    if type(member) is MemberDescriptorType:
        try:
            return member.__get__(value)
        except AttributeError:
            return UNKNOWN
    if find_member(type(member), "__set__") is not UNKNOWN:
        return UNKNOWN
    own = own_attributes(value)
    if name in own:
        return own[name]
    if type(member) is FunctionType:
        return MethodType(member, value)
    if type(member) is MethodDescriptorType:
        return member.__get__(value)
    return UNKNOWN if _binds(member) else member


def own_attributes(value: Any) -> Mapping[str, Any]:
    """The attributes that an object has for itself, as assigned."""
    descriptor = find_member(type(value), "__dict__")
    if type(descriptor) is not GetSetDescriptorType:
        return {}
    own = descriptor.__get__(value)
    return own if type(own) is dict else {}


def attribute_names(value: Any) -> Iterator[str]:
    """The names of all attributes that an object, its class and its bases hold."""
    if type(value) is ModuleType:
        yield from vars(value)
        return
    yield from own_attributes(value)
    for base in _mro.__get__(value if issubclass(type(value), type) else type(value)):
        yield from _dict.__get__(base)


def _binds(member: Any) -> bool:
    return find_member(type(member), "__get__") is not UNKNOWN
