"""Makes each preset the cell's full source with a few values replaced, everything else left as it was."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from yaml.nodes import ScalarNode, SequenceNode

from gradus.sitegen.lesson_names import suggest_name
from gradus.sitegen.lesson_python import parse_expression
from gradus.sitegen.lesson_yaml import Field, construct_scalar
from gradus.sitegen.model import Preset
from gradus.sitegen.options import PresetOption
from gradus.sitegen.presets_spans import Bindings, Span, find_bindings


def make_presets(options: Sequence[PresetOption], source: str, first_line: int) -> tuple[Preset, ...]:
    """Apply each preset to a cell's source, which begins on `first_line` of the lesson and parses.

    Raise `BuildProblem` with the line of a name or value that doesn't fit.
    """
    cell = _Cell(source, first_line, find_bindings(source))
    return tuple(_make_preset(option, cell) for option in options)


@dataclass(frozen=True)
class _Cell:
    source: str
    first_line: int
    bindings: Bindings

    def line(self, line: int) -> int:
        """Turn a line of the source into one of the lesson file."""
        return self.first_line + line - 1


@dataclass(frozen=True)
class _Edit:
    span: Span
    text: str


def _make_preset(option: PresetOption, cell: _Cell) -> Preset:
    who = f'preset "{option.label}"'
    edits: list[_Edit] = []
    changes: list[tuple[str, str]] = []
    for name_field, value in option.changes:
        name = name_field.node.value
        expression = _write_expression(value, who)
        _check_expression(expression, value, f'{who}: the value of "{name}"')
        spans = _find_spans(name_field, cell, who)
        if any(span.start < edit.span.end and edit.span.start < span.end for span in spans for edit in edits):
            raise name_field.problem(f'{who} sets "{name}", which stands inside another value that it sets')
        text = _choose_spelling(cell.source, spans, expression)
        if text is None:
            raise value.problem(f'{who}: "{expression}" can\'t stand where "{name}" gets its value')
        edits.extend(_Edit(span, text) for span in spans)
        changes.append((name, expression))
    expect = option.expect.text()
    _check_expression(expect, option.expect, f"{who}: expect")
    source, lines = _replace(cell.source, edits)
    return Preset(option.label, tuple(changes), expect, source, lines, option.line)


def _write_expression(value: Field, who: str) -> str:
    """Return a YAML value as the Python expression that it stands for."""
    node = value.node
    if isinstance(node, SequenceNode):
        items = (Field(value.name, item, value.path, value.first_line) for item in node.value)
        return f"[{', '.join(_write_expression(item, who) for item in items)}]"
    if isinstance(node, ScalarNode):
        if node.tag.endswith(":str"):
            return value.text()
        constant = construct_scalar(node)
        if isinstance(constant, float) and constant - constant != 0:
            return f'float("{constant}")'
        if constant is None or isinstance(constant, bool | int | float):
            return str(node.value) if _reads_as(node.value, constant) else repr(constant)
    kinds = "a number, true, false, null, a list or a Python expression"
    raise value.problem(f"{who}: the value of {value.name} must be {kinds}")


def _reads_as(text: str, constant: object) -> bool:
    """Whether Python reads the author's spelling (`0.50`, `1_000`) as YAML does, so that it can be kept."""
    try:
        return repr(ast.literal_eval(text)) == repr(constant)
    except (ValueError, SyntaxError):
        return False


def _check_expression(text: str, field: Field, what: str) -> None:
    try:
        parse_expression(text)
    except SyntaxError as error:
        raise field.problem(f'{what} isn\'t a Python expression: "{text}" ({error.msg})') from None


def _find_spans(name_field: Field, cell: _Cell, who: str) -> tuple[Span, ...]:
    """Find what to replace for a name: its one assignment, else every keyword argument of that name."""
    name = name_field.node.value
    assigned = [binding for binding in cell.bindings.assigned if binding.name == name]
    if len(assigned) > 1:
        lines = " and ".join(str(cell.line(binding.line)) for binding in assigned)
        raise name_field.problem(f'{who} sets "{name}", which is ambiguous: it is assigned on lines {lines}')
    found = assigned or [binding for binding in cell.bindings.passed if binding.name == name]
    if not found:
        raise name_field.problem(f"{who} {_describe_unknown(name, cell)}")
    for binding in found:
        if binding.obstacle:
            where = f"{binding.obstacle} on line {cell.line(binding.line)}"
            raise name_field.problem(f'{who} can\'t set "{name}": it is {where}')
    spans = [binding.span for binding in found if binding.span]
    # f(h=g(h=1)): with the outer value replaced, the inner one is gone.
    return tuple(
        a for a in spans if not any(b.start <= a.start and a.end <= b.end for b in spans if b is not a)
    )


def _describe_unknown(name: str, cell: _Cell) -> str:
    for binding in cell.bindings.defaults:
        if binding.name == name:
            where = f"a parameter's default on line {cell.line(binding.line)}"
            return f'can\'t set "{name}": it is only {where}; pass it by keyword, or assign it first'
    advice = suggest_name(name, cell.bindings.settable_names(), "names that can be set")
    return f'sets unknown name "{name}"; {advice}'


def _choose_spelling(source: str, spans: Sequence[Span], expression: str) -> str | None:
    """Choose brackets or none: the program must parse to its old tree with just these values exchanged."""
    mark = "value"
    while mark in source:
        mark += "_"
    old = _dump(_replace(source, [_Edit(span, mark) for span in spans])[0])
    new = ast.dump(parse_expression(expression))
    wanted = old and old.replace(ast.dump(parse_expression(mark)), new)
    for text in (expression, f"({expression})"):
        found = _dump(_replace(source, [_Edit(span, text) for span in spans])[0])
        if found is not None and found == wanted:
            return text
    return None


def _dump(source: str) -> str | None:
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return None


def _replace(source: str, edits: Sequence[_Edit]) -> tuple[str, tuple[int, ...]]:
    """Return the source with the edits made, and the 1-based lines of it that are new."""
    result = ""
    done = 0
    lines: set[int] = set()
    for edit in sorted(edits, key=lambda each: each.span.start):
        result += source[done : edit.span.start]
        if edit.text != source[edit.span.start : edit.span.end]:
            line = result.count("\n") + 1
            lines.update(range(line, line + edit.text.count("\n") + 1))
        result += edit.text
        done = edit.span.end
    return result + source[done:], tuple(sorted(lines))
