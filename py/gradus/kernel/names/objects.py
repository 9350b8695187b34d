"""The objects behind names, as far as they can be told apart without running anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradus.kernel.names.model import Code, Value


class Node:
    """What one cell may have given to one name."""

    def __init__(self, cell: int, values: Iterable[Value] = ()) -> None:
        self.cell = cell
        self.codes = frozenset(code for value in values for code in value.codes)
        self.changed_by: set[int] = set()
        """Cells that may have changed the object since."""
        self.group = Group(self)
        self.is_function = False
        """Whether it is surely a function or class without anything of its own that could change."""
        self.is_foreign = False
        """Whether it is surely an object of a library's."""
        self.is_unchanging = False
        """Whether it is surely a number, a text or the like."""

    def copy(self) -> Node:
        """One that is like it so far, and still of the same group."""
        other = Node.__new__(Node)
        other.__dict__.update(self.__dict__)
        other.changed_by = self.changed_by.copy()
        return other

    @property
    def can_change(self) -> bool:
        """Whether anything could be done to it in place."""
        return not (self.is_function or self.is_unchanging)


class Group:
    """Nodes whose objects may be one and the same."""

    def __init__(self, node: Node) -> None:
        self.members = {node}
        self.contents: set[Node] = set()
        """Nodes whose objects may be contained in theirs."""

    def take_over(self, other: Group) -> None:
        """Be one group with another."""
        self.members |= other.members
        self.contents |= other.contents
        for node in other.members:
            node.group = self


def walk_groups(groups: Iterable[Group]) -> Iterator[Group]:
    """The groups and all that is contained in theirs."""
    seen: set[Group] = set()
    waiting = list(groups)
    while waiting:
        group = waiting.pop()
        if group not in seen:
            seen.add(group)
            yield group
            waiting += (node.group for node in group.contents)


def copy_nodes(groups: Iterable[Group]) -> dict[Node, Node]:
    """Copies of all nodes in these groups and in what these contain, in copies of their groups."""
    found = list(walk_groups(groups))
    nodes = {node: node.copy() for group in found for node in group.members}
    for group in found:
        members = {nodes[node] for node in group.members}
        copied = Group(next(iter(members)))
        copied.members = members
        copied.contents = {nodes[node] for node in group.contents}
        for member in members:
            member.group = copied
    return nodes


def find_codes(nodes: Iterable[Node]) -> set[Code]:
    """The functions that objects are or contain."""
    found: set[Code] = set()
    for group in walk_groups({node.group for node in nodes}):
        for node in group.members:
            found |= node.codes
    return found
