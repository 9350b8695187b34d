"""Reads YAML so that every value knows its line: lesson headers, cell options and chapter files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gradus.sitegen.lesson_names import suggest_name
from gradus.sitegen.model import MarkdownText
from gradus.sitegen.problem import BuildProblem


@dataclass(frozen=True)
class Field:
    """One YAML value, with what it is called in messages and where it stands."""

    name: str
    node: Node
    path: Path
    first_line: int
    """Line of the file on which the YAML text begins."""

    @property
    def line(self) -> int:
        """The line of the file on which the value begins."""
        return self.first_line + int(self.node.start_mark.line)

    def problem(self, message: str) -> BuildProblem:
        """Make a problem that points at this value; the caller raises it."""
        return BuildProblem(message, self.path, self.line)

    def text(self) -> str:
        """Return the value as text that isn't blank; numbers and booleans need quotes to count as text."""
        if not isinstance(self.node, ScalarNode) or self.node.tag != _TAG + "str":
            raise self.problem(
                f"{self.name} must be text, not {_describe(self.node)}{_quote_hint(self.node)}"
            )
        if not self.node.value.strip():
            raise self.problem(f"{self.name} is empty")
        return str(self.node.value).strip()

    def markdown(self) -> MarkdownText:
        """Return the value as a short piece of Markdown."""
        return MarkdownText(self.text(), self.line)

    def number(self) -> float:
        """Return the value as a number (an `int` where it is written as one)."""
        if not isinstance(self.node, ScalarNode) or self.node.tag not in (_TAG + "int", _TAG + "float"):
            raise self.problem(f"{self.name} must be a number, not {_describe(self.node)}")
        value = construct_scalar(self.node)
        assert isinstance(value, int | float)
        return value

    def integer(self) -> int:
        """Return the value as a whole number."""
        value = self.number()
        if not isinstance(value, int):
            raise self.problem(f"{self.name} must be a whole number, not {value}")
        return value

    def items(self) -> tuple[Field, ...]:
        """Return the values of a list; a list without any is a mistake."""
        if not isinstance(self.node, SequenceNode):
            raise self.problem(f"{self.name} must be a list, not {_describe(self.node)}")
        if not self.node.value:
            raise self.problem(f"{self.name} is an empty list")
        return tuple(self._inner(self.name, node) for node in self.node.value)

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        if isinstance(self.node, SequenceNode):
            return tuple(item.text() for item in self.items())
        return (self.text(),)

    def pairs(self) -> dict[str, tuple[Field, Field]]:
        """Return a mapping's keys and values in order, under the keys' text."""
        if not isinstance(self.node, MappingNode):
            raise self.problem(f"{self.name} must be a mapping of keys to values, not {_describe(self.node)}")
        found: dict[str, tuple[Field, Field]] = {}
        for key_node, value_node in self.node.value:
            key = self._inner(f"a key of {self.name}", key_node)
            if not isinstance(key_node, ScalarNode):
                raise key.problem(f"a key of {self.name} must be text, not {_describe(key_node)}")
            # Not key.text(): YAML 1.1 reads the names y, n, on, off, yes and no as booleans.
            name = key_node.value
            if name in found:
                raise key.problem(
                    f'"{name}" is given twice in {self.name}; first on line {found[name][0].line}'
                )
            found[name] = (key, self._inner(f'"{name}"', value_node))
        return found

    def entries(self, required: Collection[str], optional: Collection[str] = ()) -> Mapping[str, Field]:
        """Return a mapping's values: every `required` one is there, none but those and `optional` ones."""
        pairs = self.pairs()
        known = (*required, *optional)
        for name, (key, _) in pairs.items():
            if name not in known:
                raise key.problem(
                    f'unknown key "{name}" in {self.name}; {suggest_name(name, known, "known keys")}'
                )
        for name in required:
            if name not in pairs:
                raise self.problem(f'{self.name} lacks "{name}"')
        return {name: value for name, (_, value) in pairs.items()}

    def _inner(self, name: str, node: Node) -> Field:
        return Field(name, node, self.path, self.first_line)


def read_yaml(text: str, name: str, path: Path, first_line: int) -> Field:
    """Parse YAML that begins on `first_line` of the file; raise `BuildProblem` with the line of a mistake."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        detail = " ".join(part for part in (error.context, error.problem) if part)
        raise BuildProblem(f"bad YAML in {name}: {detail}", path, line) from None
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        raise BuildProblem(f"bad YAML in {name}: character #x{error.character:04x}", path, line) from None
    if node is None:
        raise BuildProblem(f"{name} is empty", path, first_line)
    return Field(name, node, path, first_line)


def construct_scalar(node: ScalarNode) -> object:
    """Turn a scalar node into the Python value that YAML means by it."""
    value: object = yaml.SafeLoader("").construct_object(node)  # type: ignore[no-untyped-call]
    return value


_TAG = "tag:yaml.org,2002:"
_KINDS = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "timestamp": "a date",
    "seq": "a list",
    "map": "a mapping",
}


class _Loader(yaml.SafeLoader):
    """Refuses aliases: they could make a value contain itself, and no lesson needs them."""

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.AliasEvent):  # type: ignore[no-untyped-call]
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(
                None, None, "aliases (*name) aren't supported", event.start_mark
            )
        return super().compose_node(parent, index)


def _describe(node: Node) -> str:
    return _KINDS.get(node.tag.removeprefix(_TAG), f"a value tagged {node.tag}")


def _quote_hint(node: Node) -> str:
    plain = isinstance(node, ScalarNode) and node.style is None and node.value
    return f'; write "{node.value}" in quotes' if plain else ""
