"""What names mean in one cell: its own objects, those from above, or either; and what calls give there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gradus.kernel.names.model import GIVEN, Call, Change, Code, Names, Result, Value
from gradus.kernel.names.objects import Node, find_codes, walk_groups

Made = tuple[set[Node], set[Node]]
"""Nodes that an object may be one with, and nodes whose objects it may contain."""


class Meaning:
    """Finds the nodes behind names for one cell. `new` are the cell's own nodes."""

    def __init__(
        self, new: Mapping[str, Node], names: Names, above: Mapping[str, set[Node]], anything: set[Node]
    ) -> None:
        self._new = new
        self._names = names
        self._above = above
        self._anything = anything

    def find(self, name: str) -> set[Node]:
        """The nodes a name may stand for."""
        own = {self._new[name]} if name in self._new else set()
        if own and name in self._names.always_defines and name not in self._names.needs:
            return own
        return own | self._above.get(name, self._anything)

    def find_all(self, names: Iterable[str]) -> set[Node]:
        """The nodes any of the names may stand for."""
        found: set[Node] = set()
        for name in names:
            found |= self.find(name)
        return found

    def resolve(self, value: Value, given: frozenset[str] = frozenset(), depth: int = 0) -> Made:
        """The nodes a value is made of; `given` are the names that stand for GIVEN in it."""
        aliases = self.find_all(put_given(value.aliases, given))
        holds = self.find_all(put_given(value.holds, given))
        if value.parts:
            wholes = self.find_all(put_given(value.parts, given))
            inside = {node for whole in wholes for node in whole.group.contents}
            groups = walk_groups(node.group for node in inside)
            aliases |= {node for group in groups for node in group.members}
        for result in value.results:
            more = self._resolve_result(result, put_given(result.arguments, given), depth)
            aliases |= more[0]
            holds |= more[1]
        return aliases, holds

    def _resolve_result(self, result: Result, arguments: frozenset[str], depth: int) -> Made:
        owners = self.find(result.owner)
        if result.is_method:
            if all(node.is_foreign for node in owners):
                return owners, set()
            return owners | self.find_all(arguments), set()
        codes = {code for node in owners for code in find_codes([node])}
        known = owners and all(node.is_function for node in owners) and all(code.result for code in codes)
        if not known or depth > 8:
            return owners | self.find_all(arguments), set()
        aliases: set[Node] = set()
        holds: set[Node] = set()
        for code in codes:
            more = self.resolve(code.result or Value(), arguments, depth + 1)
            aliases |= more[0]
            # An object knows its class, and so its methods.
            holds |= more[1] | (owners if code.is_class else set())
        return aliases, holds

    def alters(self, codes: Iterable[Code]) -> bool:
        """Whether a function may change what it is given, itself or by passing it on."""
        seen: set[Code] = set()
        waiting = list(codes)
        while waiting:
            code = waiting.pop()
            if code.alters:
                return True
            if code not in seen:
                seen.add(code)
                passed_on = [call.function for call in code.calls if GIVEN in call.arguments]
                waiting += find_codes(self.find_all(passed_on))
        return False

    def find_altered(self, calls: Iterable[Call]) -> set[Change]:
        """What functions change when they are called: things they are given, and things of their own."""
        altered = set()
        for call in calls:
            if self.alters(find_codes(self.find(call.function))):
                altered |= {Change(name, deep=True) for name in call.arguments | {call.function}}
        return altered

    def find_kept(self, calls: Iterable[Call]) -> set[tuple[str, str]]:
        """What functions put into what when they are called: (container, content)."""
        kept = set()
        for call in calls:
            for code in find_codes(self.find(call.function)):
                for container, content in code.keeps:
                    owners = put_given({container}, call.arguments)
                    contents = put_given({content}, call.arguments)
                    kept |= {(owner, name) for owner in owners for name in contents}
        return kept


def put_given(names: Iterable[str], given: frozenset[str]) -> frozenset[str]:
    """The names, with those that were given in the place of GIVEN."""
    names = frozenset(names)
    return names - {GIVEN} | given if GIVEN in names else names
