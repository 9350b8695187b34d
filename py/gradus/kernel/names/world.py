"""Follows names from cell to cell: which cells gave them their values, and which changed those since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from gradus.kernel.names.meaning import Meaning, put_given
from gradus.kernel.names.model import GIVEN, Call, Change, Code, Names, Value
from gradus.kernel.names.objects import Group, Node, copy_nodes, find_codes, walk_groups

Source = tuple[str, int]
"""A name that a cell needs, and a cell that gave or changed its value."""


class World:
    """The state of all names below the cells added so far."""

    def __init__(self) -> None:
        self.modules: Mapping[str, str] = {}
        """Names that mean something imported."""
        self._names: dict[str, set[Node]] = {}
        self._anything: set[Node] = set()
        """Nodes of cells that may have set any name."""
        self._groups: set[Group] = set()

    def copy(self) -> World:
        """Another one in the same state, to try out what would be."""
        named = {node.group for nodes in self._names.values() for node in nodes}
        nodes = copy_nodes(self._groups | named | {node.group for node in self._anything})
        other = World()
        other.modules = self.modules
        other._names = {name: {nodes[node] for node in of_name} for name, of_name in self._names.items()}
        other._anything = {nodes[node] for node in self._anything}
        other._groups = {nodes[next(iter(group.members))].group for group in self._groups}
        return other

    def add_cell(self, position: int, names: Names) -> frozenset[Source]:
        """Add the next cell; gives what it directly depends on."""
        required, code = self._follow_needs(names)
        if names.opaque or code.opaque:
            required |= {("", cell) for cell in self.find_cells()}
        written = {**names.defines, **{name: (Value(),) for name in code.writes - names.defines.keys()}}
        new = {name: Node(position, values) for name, values in written.items()}
        self._groups |= {node.group for node in new.values()}
        meaning = Meaning(new, names, self._names, self._anything)
        for name, values in written.items():
            self._connect(new[name], values, meaning)
        given = frozenset(name for call in names.calls for name in call.arguments)
        calls = {Call(call.function, put_given(call.arguments, given)) for call in names.calls | code.calls}
        for container, content in names.keeps | code.keeps | meaning.find_kept(calls):
            self._put(container, content, meaning, is_same=container in code.writes)
        for name, values in written.items():
            # Once more: what was put into others may be taken out of them.
            self._connect(new[name], values, meaning)
        for change in names.changes | code.changes | meaning.find_altered(calls):
            self._apply_change(change, position, meaning)
        for name, node in new.items():
            kept = set() if name in names.always_defines else self._look_up(name)
            self._names[name] = kept | {node}
        if names.stars or names.opaque or code.opaque:
            self._set_anything(position)
        self.modules = names.modules
        return frozenset(required)

    def find_required(
        self, names: Names, forgotten: Collection[str] = (), ignored: Collection[int] = ()
    ) -> frozenset[Source]:
        """What a cell would directly depend on if it were added now.

        `forgotten` are names that would be deleted before. Of the `ignored` cells it doesn't count that
        they may have set any name, as `from module import *` does.
        """
        required, code = self._follow_needs(names, forgotten, ignored)
        if names.opaque or code.opaque:
            required |= {("", cell) for cell in self.find_cells()}
        return frozenset(required)

    def find_names_set_within(self, cells: set[int]) -> frozenset[str]:
        """Names to which only these cells gave their values."""
        return frozenset(
            name
            for name, nodes in self._names.items()
            if "." not in name and nodes and all(node.cell in cells for node in nodes)
        )

    def find_cells(self) -> set[int]:
        """The cells whose doings can still be seen in some name."""
        named = {node for nodes in self._names.values() for node in nodes} | self._anything
        groups = list(walk_groups({node.group for node in named}))
        nodes = {node for group in groups for node in group.members}
        return {cell for node in nodes for cell in (node.cell, *node.changed_by)}

    def forget(self, name: str) -> None:
        """A name is deleted before the next cell."""
        self._names.pop(name, None)

    def _look_up(self, name: str) -> set[Node]:
        return self._names.get(name, self._anything)

    def _follow_needs(
        self, names: Names, forgotten: Collection[str] = (), ignored: Collection[int] = ()
    ) -> tuple[set[Source], Code]:
        """Cells that gave or changed what is needed, and what functions from above do when they are used."""
        anything = {node for node in self._anything if node.cell not in ignored}
        required: set[Source] = set()
        found: set[Code] = set()
        seen: set[tuple[str, frozenset[str]]] = set()
        waiting = list(names.needs.items())
        while waiting:
            need = waiting.pop()
            if need in seen:
                continue
            seen.add(need)
            name, present = need
            known = None if name in forgotten else self._names.get(name)
            nodes = set() if name in present else anything if known is None else known
            for node in nodes:
                required |= {(name, cell) for cell in (node.cell, *node.changed_by)}
            for code in find_codes(nodes) | names.find_codes({name}):
                found.add(code)
                waiting += ((read, present) for read in code.reads)
        return required, Code(
            writes=frozenset(name for code in found for name in code.writes),
            changes=frozenset(change for code in found for change in code.changes),
            calls=frozenset(call for code in found for call in code.calls),
            keeps=frozenset(pair for code in found for pair in code.keeps if GIVEN not in pair),
            opaque=any(code.opaque for code in found),
        )

    def _connect(self, node: Node, values: Iterable[Value], meaning: Meaning) -> None:
        """Tell what a new node is one with, what it contains, and what can be done to it."""
        made = [(value, *meaning.resolve(value)) for value in values]
        node.is_function = all(_is_function(*parts) for parts in made)
        node.is_foreign = all(_is_foreign(*parts) for parts in made)
        node.is_unchanging = all(_is_unchanging(*parts) for parts in made)
        for _, aliases, holds in made:
            for other in aliases:
                if not other.is_unchanging:
                    self._unite(node, other)
            node.group.contents |= {other for other in holds if not other.is_unchanging}

    def _unite(self, node: Node, other: Node) -> None:
        if other.group is not node.group:
            self._groups.discard(other.group)
            node.group.take_over(other.group)

    def _put(self, container: str, content: str, meaning: Meaning, is_same: bool) -> None:
        for node in meaning.find(container):
            if not node.is_foreign:
                contents = {other for other in meaning.find(content) if not other.is_unchanging}
                node.group.contents |= contents
                for other in contents if is_same else ():
                    self._unite(node, other)

    def _apply_change(self, change: Change, position: int, meaning: Meaning) -> None:
        """Whatever is the object, contains it, or (in a deep change) is contained in it, has changed."""
        touched = {node.group for node in meaning.find(change.name) if node.can_change}
        if change.deep:
            touched = set(walk_groups(touched))
        growing = bool(touched)
        while growing:
            holders = {
                group
                for group in self._groups - touched
                if any(node.group in touched for node in group.contents)
            }
            touched |= holders
            growing = bool(holders)
        for group in touched:
            for node in group.members:
                if node.can_change:
                    node.changed_by.add(position)

    def _set_anything(self, position: int) -> None:
        node = Node(position)
        for nodes in self._names.values():
            nodes.add(node)
        self._anything = self._anything | {node}


def _is_function(value: Value, aliases: set[Node], holds: set[Node]) -> bool:
    plain = not (holds or value.results) and bool(value.codes or aliases)
    return plain and all(node.is_function for node in aliases)


def _is_foreign(value: Value, aliases: set[Node], holds: set[Node]) -> bool:
    return (value.is_foreign or bool(aliases)) and all(node.is_foreign for node in aliases | holds)


def _is_unchanging(value: Value, aliases: set[Node], holds: set[Node]) -> bool:
    if value.is_unchanging:
        return True
    plain = not (holds or value.results or value.codes) and bool(aliases)
    return plain and all(node.is_unchanging for node in aliases)
